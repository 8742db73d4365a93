import { hostname } from 'node:os';
import { createBackendHost } from '@weighbridge/inference-adapters/backends';
import { inferenceChannels, resultQueues } from '@weighbridge/inference-contracts';
import { createFactsStore, createJobStore, registryFactsName } from '@weighbridge/inference-data';
import { costQueues } from '@weighbridge/cost-contracts';
import { RegistrySnapshot, registryChannels, registryEndpoints } from '@weighbridge/registry-contracts';
import { createBudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import { createMetrics } from '@weighbridge/shared-adapters/http';
import { createLiveChannel, typedChannel } from '@weighbridge/shared-adapters/live';
import { createLogger } from '@weighbridge/shared-adapters/logging';
import { createProducer, openQueueHome } from '@weighbridge/shared-adapters/queue';
import { keepFresh } from '@weighbridge/shared-adapters/remote-facts';
import { createSecretBox, serviceToken } from '@weighbridge/shared-adapters/secrets';
import { listen, orExit, runService } from '@weighbridge/shared-adapters/service';
import { createClient } from '@weighbridge/shared-contracts';
import { createPool, pingDatabase } from '@weighbridge/shared-data';
import { createApp } from './app.ts';
import { createBackendCache } from './backend-cache.ts';
import { readWorkerConfig } from './config.ts';
import { createDeploymentSlots } from './deployment-slots.ts';
import { createGatewayReplies } from './gateway-replies.ts';
import { createJobEvents } from './job-events.ts';
import { createJobLeases } from './job-leases.ts';
import { createMismatchReporter } from './mismatch-reporter.ts';
import { createRunningJobs } from './running-jobs.ts';
import { createUsageMeter } from './usage-meter.ts';
import { openWebhookSender } from './webhooks/open-webhook-sender.ts';
import { createWorkerMetrics } from './worker-metrics.ts';
import { createWorker } from './worker.ts';

const name = 'inference-worker';
const config = orExit(name, () => readWorkerConfig(process.env));
const logger = createLogger(name, config.logLevel);

await runService({ name, logger, drainTimeoutMs: config.drainTimeoutMs }, async (life) => {
  const owner = `${hostname()}.${process.pid}`;
  const leaseMs = config.lockMs * 2;
  const onError = (error: unknown) => logger.warn({ event: 'background_error', err: error });

  const pool = createPool({ connectionString: config.databaseUrl, schema: 'inference', max: 8, applicationName: name });
  life.onClose('database', () => pool.end());
  await pingDatabase(pool, 10_000);
  const store = createJobStore(pool);
  const home = openQueueHome(config.queueUrl, { name, onError });
  life.onClose('queue home', () => home.close());
  await home.ping();
  const live = createLiveChannel(home);
  life.onClose('live channel', () => live.close());

  const registry = createClient(registryEndpoints, { baseUrl: config.registryUrl, token: serviceToken(config.secretKey), fetch, timeoutMs: 10_000 });
  const changed = typedChannel(live, registryChannels.changed);
  // What a gateway has seen last: with it a worker starts while the registry is down (static stability).
  const known = RegistrySnapshot.safeParse(await createFactsStore(pool).loadFacts(registryFactsName));
  const snapshot = await keepFresh({ name: registryFactsName, load: () => registry.getSnapshot(), subscribe: (onMessage) => changed.subscribe(onMessage), initial: known.data, logger });
  life.onClose('registry snapshot', () => snapshot.close());

  const host = createBackendHost({ allowPrivate: config.allowPrivateAddresses });
  const backends = createBackendCache({ host, openSecret: createSecretBox(config.secretKey).open, modelsDir: config.modelsDir });
  snapshot.onChange(({ deployments }) => backends.keepOnly(deployments));
  life.onClose('backends', async () => {
    await backends.close();
    await host.close();
  });

  const usage = createProducer(home, costQueues);
  life.onClose('usage producer', () => usage.close());
  const results = createProducer(home, resultQueues);
  life.onClose('results producer', () => results.close());
  const meter = createUsageMeter({
    send: (events) => usage.add('usage', { v: 1, events }),
    onError,
    // Large groups spare the ledger, as long as the messages that wait for their records leave room for others.
    gatherMs: () => (worker.inFlight() < config.concurrency / 2 ? 100 : 25),
  });
  life.onClose('usage meter', () => meter.close());
  const events = createJobEvents({
    publish: (projectId, message) => typedChannel(live, inferenceChannels.jobChanged, projectId).publish(message),
    wakeBatches: (batchIds) => results.add('results', { v: 1, batchIds }),
    onError,
  });
  life.onClose('job events', () => events.close());
  const leases = createJobLeases({ store, owner, leaseMs, onError });
  life.onClose('leases', () => leases.close());
  const running = createRunningJobs();
  const cancel = await typedChannel(live, inferenceChannels.cancel).subscribe(({ jobId }) => running.cancel(jobId));
  life.onClose('cancel channel', cancel);

  const mismatches = createMismatchReporter({ block: (id, body) => registry.blockDeployment({ params: { id }, body }), logger });
  life.onClose('file mismatches', () => mismatches.close());

  const metrics = createMetrics(name);
  const worker = createWorker({
    home,
    store,
    logger,
    owner,
    pools: config.pools,
    concurrency: config.concurrency,
    lockMs: config.lockMs,
    leaseMs,
    closeTimeoutMs: config.drainTimeoutMs,
    findDeployment: (id) => snapshot.current().deployments.find((deployment) => deployment.id === id),
    backendFor: backends.backendFor,
    onFileMismatch: mismatches.report,
    holds: createBudgetHolds(home),
    meter,
    slots: createDeploymentSlots(),
    metrics: createWorkerMetrics(metrics, () => running.ids().length),
    running,
    leases,
    events,
    reply: createGatewayReplies((gatewayId, replies) => typedChannel(live, inferenceChannels.gateway, gatewayId).publish(replies)),
    replyAlone: (gatewayId, reply) => typedChannel(live, inferenceChannels.gateway, gatewayId).publish(reply),
    now: () => new Date(),
    random: Math.random,
  });
  life.onClose('worker', () => worker.close());
  await worker.ready();

  if (config.webhookConcurrency > 0) {
    const sender = await openWebhookSender({ pool, home, openSecret: createSecretBox(config.secretKey).open, allowPrivate: config.webhookAllowPrivateAddresses, concurrency: config.webhookConcurrency, lockMs: config.lockMs, closeTimeoutMs: config.drainTimeoutMs, metrics, logger });
    life.onClose('webhooks', () => sender.close());
  }

  const app = createApp({ logger, metrics, stopping: life.stopping, readiness: { database: () => pingDatabase(pool), queue: () => home.ping(), registry: () => snapshot.current() } });
  const server = await listen(app, { port: config.port, host: config.host });
  life.onClose('http', () => server.close());
  logger.info({ event: 'started', port: server.port, pools: config.pools, owner });
});
