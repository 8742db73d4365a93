import { z } from 'zod';

/** The states of a batch, as OpenAI names them. */
export const BatchStatus = z.enum(['validating', 'failed', 'in_progress', 'finalizing', 'completed', 'expired', 'cancelling', 'cancelled']);
export type BatchStatus = z.infer<typeof BatchStatus>;

const transitions: Readonly<Record<BatchStatus, readonly BatchStatus[]>> = {
  validating: ['in_progress', 'failed', 'cancelling', 'expired'],
  // `expired` comes after `finalizing` too: what was finished is written out before.
  in_progress: ['finalizing', 'cancelling'],
  finalizing: ['completed', 'expired'],
  cancelling: ['cancelled'],
  failed: [],
  completed: [],
  expired: [],
  cancelled: [],
};

export const canBatchTransition = (from: BatchStatus, to: BatchStatus): boolean => transitions[from].includes(to);

/** The states that never change again. */
export const isTerminalBatchStatus = (status: BatchStatus): boolean => transitions[status].length === 0;
