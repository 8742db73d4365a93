import { costHousekeepingQueues } from '@weighbridge/cost-contracts';
import { ensureUsagePartitions } from '@weighbridge/cost-data';
import { createProducer } from '@weighbridge/shared-adapters/queue';
import type { QueueHome } from '@weighbridge/shared-adapters/queue';
import { monthsAhead } from './consumers/housekeeping.ts';
import type { HousekeepingDeps } from './consumers/housekeeping.ts';
import { alignAccounts, markerAccountId } from './operations/align-accounts.ts';
import { housekeepingSuffix } from './worker.ts';

const schedule = [
  { task: 'sweep-holds', everyMs: 10_000 },
  { task: 'seed-accounts', everyMs: 30_000 },
  { task: 'make-partitions', everyMs: 6 * 3_600_000 },
] as const;

export interface Housekeeping {
  /** Throws while the hold store has not been set up since this process started. */
  readonly check: () => void;
  readonly close: () => Promise<void>;
}

export interface HousekeepingOptions {
  readonly home: QueueHome;
  /** Between two looks whether the hold store still remembers. */
  readonly pulseMs?: number;
}

/**
 * Sets up what comes back on a clock, and does each once at the start. The clock lives in the queue's home; when that loses its memory, the
 * clock goes with it, so each process also looks every two seconds by itself, and sets accounts and clock up again.
 */
export async function startHousekeeping(deps: HousekeepingDeps, { home, pulseMs = 2_000 }: HousekeepingOptions): Promise<Housekeeping> {
  const producer = createProducer(home, costHousekeepingQueues);
  let ready = false;
  let failing = false;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  const setUp = async () => {
    await alignAccounts(deps);
    const queue = producer.bullQueue('housekeeping', { suffix: housekeepingSuffix });
    for (const { task, everyMs } of schedule) await queue.upsertJobScheduler(task, { every: everyMs }, { name: 'housekeeping', data: { v: 1, task } });
  };
  const pulse = async () => {
    try {
      if (ready && (await deps.holds.status([markerAccountId])).length > 0) return;
      if (ready) deps.logger.warn({ event: 'hold_store_forgot' });
      await setUp();
      ready = true;
      failing = false;
    } catch (error) {
      if (!failing && !closed) deps.logger.warn({ event: 'hold_store_unreachable', err: error });
      failing = true;
    }
  };
  let running = Promise.resolve();
  const beat = () => {
    running = pulse().then(() => {
      if (!closed) timer = setTimeout(beat, pulseMs);
    });
  };
  await ensureUsagePartitions(deps.pool, deps.now(), monthsAhead);
  beat();
  await running;
  return {
    check: () => {
      if (!ready) throw new Error('the accounts of the budgets are not set up yet');
    },
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await running;
      await producer.close();
    },
  };
}
