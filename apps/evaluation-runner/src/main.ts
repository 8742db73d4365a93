import { createEvaluationStore } from '@weighbridge/evaluation-data';
import { registryChannels, registryEndpoints } from '@weighbridge/registry-contracts';
import { createLiveChannel, typedChannel } from '@weighbridge/shared-adapters/live';
import { createLogger } from '@weighbridge/shared-adapters/logging';
import { createProducer, openQueueHome } from '@weighbridge/shared-adapters/queue';
import { keepFresh } from '@weighbridge/shared-adapters/remote-facts';
import { serviceToken } from '@weighbridge/shared-adapters/secrets';
import { listen, orExit, runService } from '@weighbridge/shared-adapters/service';
import { createClient } from '@weighbridge/shared-contracts';
import { createPool, pingDatabase } from '@weighbridge/shared-data';
import { createApp } from './app.ts';
import { readRunnerConfig } from './config.ts';
import { createGatewayClient } from './gateway-client.ts';
import { createRegistryFacts } from './registry-facts.ts';
import { createWorker, runnerQueues } from './worker.ts';

const name = 'evaluation-runner';
const config = orExit(name, () => readRunnerConfig(process.env));
const logger = createLogger(name, config.logLevel);

await runService({ name, logger, drainTimeoutMs: config.drainTimeoutMs }, async (life) => {
  const token = serviceToken(config.secretKey);
  const now = () => new Date();

  const pool = createPool({ connectionString: config.databaseUrl, schema: 'evaluation', applicationName: name, onError: (error) => logger.warn({ event: 'database_connection_lost', err: error }) });
  life.onClose('database', () => pool.end());
  await pingDatabase(pool, 10_000);
  const store = createEvaluationStore(pool);

  const home = openQueueHome(config.queueUrl, { name, onError: (error) => logger.warn({ event: 'queue_connection_lost', err: error }) });
  life.onClose('queue home', () => home.close());
  const producer = createProducer(home, runnerQueues);
  life.onClose('producer', () => producer.close());
  const live = createLiveChannel(home);
  life.onClose('live channel', () => live.close());

  const registry = createClient(registryEndpoints, { baseUrl: config.registryUrl, token, fetch: (url, init) => fetch(url, init), timeoutMs: 10_000 });
  const snapshot = await keepFresh({ name: 'registry', load: () => registry.getSnapshot(), subscribe: (onMessage) => typedChannel(live, registryChannels.changed).subscribe(onMessage), logger });
  life.onClose('registry facts', () => snapshot.close());

  const gateway = createGatewayClient(config.gatewayUrl, token);
  const worker = createWorker({ store, gateway, producer, home, logger, now });
  life.onClose('worker', () => worker.close());
  await worker.ready();
  await worker.schedule();

  const app = createApp({
    store,
    gateway,
    producer,
    facts: createRegistryFacts(snapshot),
    serviceToken: token,
    logger,
    now,
    readiness: { database: () => pingDatabase(pool), queue: () => home.ping(), registry: () => snapshot.current() },
    stopping: life.stopping,
  });
  const listening = await listen(app, { port: config.port, host: config.host });
  life.onClose('http', () => listening.close(config.drainTimeoutMs));
  logger.info({ event: 'listening', url: listening.url });
});
