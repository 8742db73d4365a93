import { costChannels } from '@weighbridge/cost-contracts';
import { openCostFacts } from '@weighbridge/cost-data';
import { createBudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import { createMetrics } from '@weighbridge/shared-adapters/http';
import { newId } from '@weighbridge/shared-adapters/ids';
import { createLiveChannel, typedChannel } from '@weighbridge/shared-adapters/live';
import { createLogger } from '@weighbridge/shared-adapters/logging';
import { openQueueHome } from '@weighbridge/shared-adapters/queue';
import { serviceToken } from '@weighbridge/shared-adapters/secrets';
import { listen, orExit, runService } from '@weighbridge/shared-adapters/service';
import { createPool, pingDatabase } from '@weighbridge/shared-data';
import { createApp } from './app.ts';
import { readCostConfig } from './config.ts';
import type { CostDeps } from './cost-deps.ts';
import { createCostMetrics } from './cost-metrics.ts';
import { startHousekeeping } from './housekeeping.ts';
import { keepRegistryFacts } from './registry-facts.ts';
import { createWorker } from './worker.ts';

const name = 'cost-dashboard';
const config = orExit(name, () => readCostConfig(process.env));
const logger = createLogger(name, config.logLevel);

await runService({ name, logger, drainTimeoutMs: config.drainTimeoutMs }, async (life) => {
  const onError = (error: Error) => logger.warn({ event: 'connection_lost', err: error });
  const token = serviceToken(config.secretKey);

  const pool = createPool({ connectionString: config.databaseUrl, schema: 'cost', applicationName: name, onError });
  life.onClose('database', () => pool.end());
  await pingDatabase(pool, 10_000);
  const facts = openCostFacts(pool);
  life.onClose('facts', () => facts.close());

  const home = openQueueHome(config.queueUrl, { name, onError });
  life.onClose('queue home', () => home.close());
  await home.ping();
  const live = createLiveChannel(home);
  life.onClose('live channel', () => live.close());
  const changed = typedChannel(live, costChannels.changed);

  const registry = await keepRegistryFacts({ registryUrl: config.registryUrl, serviceToken: token, live, logger });
  life.onClose('registry facts', () => registry.close());

  const deps: CostDeps = {
    pool,
    facts,
    prices: facts.prices,
    holds: createBudgetHolds(home),
    registry,
    announce: (revision) => changed.publish({ revision }).catch((error: unknown) => logger.warn({ event: 'announce_failed', revision, err: error })),
    now: () => new Date(),
    newPriceId: () => newId('price'),
    newBudgetId: () => newId('budget'),
    logger,
  };

  const housekeeping = await startHousekeeping(deps, { home });
  life.onClose('housekeeping', () => housekeeping.close());
  const metrics = createMetrics(name);
  const worker = createWorker({ ...deps, home, metrics: createCostMetrics(metrics, pool), closeTimeoutMs: config.drainTimeoutMs });
  life.onClose('worker', () => worker.close());

  const app = createApp({
    ...deps,
    serviceToken: token,
    metrics,
    stopping: life.stopping,
    readiness: { database: () => pingDatabase(pool), queue: () => home.ping(), registry: registry.check, accounts: housekeeping.check },
  });
  const server = await listen(app, { port: config.port, host: config.host });
  life.onClose('http', () => server.close(config.drainTimeoutMs));
  logger.info({ event: 'started', port: server.port });
});
