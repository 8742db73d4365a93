import { costHousekeepingQueues, costQueues } from '@weighbridge/cost-contracts';
import { defineWorker } from '@weighbridge/shared-adapters/queue';
import type { QueueHome, QueueWorker } from '@weighbridge/shared-adapters/queue';
import { housekeepingConsumer } from './consumers/housekeeping.ts';
import { mostMessagesTogether, usageConsumer } from './consumers/usage.ts';
import type { CostDeps } from './cost-deps.ts';
import type { CostMetrics } from './cost-metrics.ts';
import { rememberPrices } from './remember-prices.ts';

export interface WorkerDeps extends Pick<CostDeps, 'pool' | 'prices' | 'holds' | 'now' | 'logger'> {
  readonly home: QueueHome;
  readonly metrics: CostMetrics;
  readonly closeTimeoutMs: number;
}

/** The second part of the name of this service's housekeeping queue. */
export const housekeepingSuffix = 'cost';

/** Takes usage messages, many at a time since they share transactions, and the housekeeping one by one. */
export const createWorker = (deps: WorkerDeps): QueueWorker =>
  defineWorker(
    deps.home,
    { ...costQueues, ...costHousekeepingQueues },
    { usage: usageConsumer({ ...deps, prices: rememberPrices(deps.prices) }, deps.metrics), housekeeping: housekeepingConsumer(deps) },
    { logger: deps.logger, closeTimeoutMs: deps.closeTimeoutMs, concurrency: { usage: mostMessagesTogether, housekeeping: 1 }, suffixes: { housekeeping: [housekeepingSuffix] } },
  );
