import type { costHousekeepingQueues } from '@weighbridge/cost-contracts';
import { ensureUsagePartitions } from '@weighbridge/cost-data';
import type { Consumer } from '@weighbridge/shared-adapters/queue';
import type { PayloadOf } from '@weighbridge/shared-contracts';
import type { CostDeps } from '../cost-deps.ts';
import { alignAccounts } from '../operations/align-accounts.ts';
import { sweepHolds } from '../operations/sweep-holds.ts';

type Task = PayloadOf<typeof costHousekeepingQueues.housekeeping>['task'];

/** Months that have their partition before they begin. */
export const monthsAhead = 2;

const tasks = {
  'sweep-holds': sweepHolds,
  'seed-accounts': (deps) => alignAccounts(deps),
  'make-partitions': async ({ pool, now }) => ({ made: await ensureUsagePartitions(pool, now(), monthsAhead) }),
} as const satisfies Record<Task, (deps: HousekeepingDeps) => Promise<object>>;

export type HousekeepingDeps = Pick<CostDeps, 'pool' | 'prices' | 'holds' | 'now' | 'logger'>;

/** What comes back on a clock. Each task may run twice, and in two processes at once. */
export const housekeepingConsumer =
  (deps: HousekeepingDeps): Consumer<typeof costHousekeepingQueues.housekeeping> =>
  async ({ task }) => {
    const outcome = await tasks[task](deps);
    if (Object.values(outcome).some((count) => typeof count === 'number' && count > 0)) deps.logger.debug({ event: 'housekeeping', task, ...outcome });
  };
