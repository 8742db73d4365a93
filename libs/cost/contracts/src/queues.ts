import { UsageEvent } from '@weighbridge/cost-domain';
import { defineQueues } from '@weighbridge/shared-contracts';
import { z } from 'zod';

export const costQueues = defineQueues({
  usage: {
    payload: z.object({ v: z.literal(1), events: z.array(UsageEvent).min(1).max(500) }),
    attempts: 2_000, // days, however long the ledger's database is away: spend may not go unrecorded (P3)
    backoffMs: 1_000,
    timeoutMs: 30_000, // 500 rows take far less; longer means stuck
  },
});

/** Work of the cost service that comes back on a clock: `housekeeping.cost`. */
export const costHousekeepingQueues = defineQueues({
  housekeeping: {
    payload: z.object({ v: z.literal(1), task: z.enum(['sweep-holds', 'seed-accounts', 'make-partitions']) }),
    attempts: 3,
    backoffMs: 1_000,
    timeoutMs: 60_000,
    suffixed: true,
  },
});
