import { inferenceHousekeepingQueues, resultQueues } from '@weighbridge/inference-contracts';
import { createProducer, defineWorker } from '@weighbridge/shared-adapters/queue';
import type { QueueHome, QueueWorker } from '@weighbridge/shared-adapters/queue';
import type { Logger } from '@weighbridge/shared-adapters/logging';
import type { BatchId } from '@weighbridge/shared-domain';
import type { BatchAdvancer } from './batches/batch-advancer.ts';
import { housekeepingTasks } from './operations/keep-house.ts';
import type { HousekeepingTask, KeepHouseDeps } from './operations/keep-house.ts';

export type WorkerDeps = KeepHouseDeps & {
  readonly home: QueueHome;
  readonly advancer: BatchAdvancer;
  readonly logger: Logger;
  readonly closeTimeoutMs: number;
};

/** How often each task runs over the whole installation, however many gateways there are. */
const everyMs: Readonly<Record<HousekeepingTask, number>> = {
  'reconcile-jobs': 5_000,
  'expire-jobs': 5_000,
  'advance-batches': 2_000,
  'purge-idempotency': 600_000,
  'purge-webhooks': 600_000,
  'report-end-users': 15_000,
};

const suffix = 'inference';

/** The gateway's own background work: batches that wake up, and housekeeping. Importing it starts nothing. */
export const createWorker = (deps: WorkerDeps): QueueWorker =>
  defineWorker(
    deps.home,
    { ...resultQueues, ...inferenceHousekeepingQueues },
    {
      results: async ({ batchIds }) => void (await Promise.all(batchIds.map((id) => deps.advancer.advance(id as BatchId)))),
      housekeeping: ({ task }) => housekeepingTasks[task](deps),
    },
    { suffixes: { housekeeping: [suffix] }, concurrency: { results: 4, housekeeping: 2 }, logger: deps.logger, closeTimeoutMs: deps.closeTimeoutMs },
  );

/** Puts the tasks on the clock of the queue. Safe to call by every gateway at each start. */
export async function scheduleHousekeeping(home: QueueHome): Promise<void> {
  const producer = createProducer(home, inferenceHousekeepingQueues);
  try {
    const queue = producer.bullQueue('housekeeping', { suffix });
    const { attempts, backoffMs } = inferenceHousekeepingQueues.housekeeping;
    for (const [task, every] of Object.entries(everyMs)) {
      await queue.upsertJobScheduler(task, { every }, { name: 'housekeeping', data: { v: 1, task }, opts: { attempts, backoff: { type: 'declared', delay: backoffMs } } });
    }
  } finally {
    await producer.close();
  }
}
