import { defineQueues } from '@weighbridge/shared-contracts';
import { RunId } from '@weighbridge/shared-domain';
import { z } from 'zod';

export const evaluationQueues = defineQueues({
  /** Drives one run: sends what is not yet sent, takes in what has finished, ends it. May run again at any point. */
  evaluation: { payload: z.object({ v: z.literal(1), runId: RunId }), attempts: 20, backoffMs: 1_000, timeoutMs: 3_600_000 },
});

/** `housekeeping.evaluation`. `resume-runs` gives runs that no consumer has touched for a while to the queue again, and cancels at the gateway what ended runs left open. */
export const evaluationHousekeepingQueues = defineQueues({
  housekeeping: { payload: z.object({ v: z.literal(1), task: z.enum(['resume-runs']) }), attempts: 3, backoffMs: 1_000, timeoutMs: 60_000, suffixed: true },
});
