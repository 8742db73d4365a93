import { costChannels, costEndpoints } from '@weighbridge/cost-contracts';
import { createFactsStore, registryFactsName } from '@weighbridge/inference-data';
import { RegistrySnapshot, registryChannels, registryEndpoints } from '@weighbridge/registry-contracts';
import { createMetrics } from '@weighbridge/shared-adapters/http';
import { createLiveChannel, typedChannel } from '@weighbridge/shared-adapters/live';
import { createLogger } from '@weighbridge/shared-adapters/logging';
import { openQueueHome } from '@weighbridge/shared-adapters/queue';
import { createPseudonymiser, createSecretBox, serviceToken } from '@weighbridge/shared-adapters/secrets';
import { listen, orExit, runService } from '@weighbridge/shared-adapters/service';
import { createClient } from '@weighbridge/shared-contracts';
import { createPool, pingDatabase } from '@weighbridge/shared-data';
import { readGatewayConfig } from './config.ts';
import { indexCosts } from './facts/cost-index.ts';
import { keepFacts } from './facts/keep-facts.ts';
import { indexRegistry } from './facts/registry-index.ts';
import { openGateway } from './gateway.ts';
import { createWebhookSecrets } from './operations/webhook-secrets.ts';

const name = 'inference-gateway';
const config = orExit(name, () => readGatewayConfig(process.env));
const logger = createLogger(name, config.logLevel);

await runService({ name, logger, drainTimeoutMs: config.drainTimeoutMs }, async (life) => {
  const onError = (error: unknown) => logger.warn({ event: 'background_error', err: error });

  const pool = createPool({ connectionString: config.databaseUrl, schema: 'inference', max: 16, applicationName: name, onError });
  life.onClose('database', () => pool.end());
  await pingDatabase(pool, 10_000);
  const home = openQueueHome(config.queueUrl, { name, onError });
  life.onClose('queue home', () => home.close());
  await home.ping();
  const live = createLiveChannel(home);
  life.onClose('live channel', () => live.close());

  const token = serviceToken(config.secretKey);
  const client = { token, fetch, timeoutMs: 10_000 };
  const registryClient = createClient(registryEndpoints, { ...client, baseUrl: config.registryUrl });
  const costClient = createClient(costEndpoints, { ...client, baseUrl: config.costUrl });
  const store = createFactsStore(pool);
  const registry = await keepFacts({
    name: registryFactsName,
    schema: RegistrySnapshot,
    load: () => registryClient.getSnapshot(),
    subscribe: (onMessage) => typedChannel(live, registryChannels.changed).subscribe(onMessage),
    index: indexRegistry,
    store,
    logger,
  });
  life.onClose('registry snapshot', registry.close);
  const costs = await keepFacts({
    name: 'admission facts',
    schema: costEndpoints.getAdmissionFacts.response,
    load: () => costClient.getAdmissionFacts(),
    subscribe: (onMessage) => typedChannel(live, costChannels.changed).subscribe(onMessage),
    index: indexCosts,
    store,
    logger,
  });
  life.onClose('admission facts', costs.close);

  const gateway = await openGateway({
    pool,
    home,
    live,
    registry,
    costs,
    pseudonymOf: createPseudonymiser(config.secretKey, 'end users v1'),
    sendEndUserReport: (report) => registryClient.reportEndUsers({ body: report }),
    serviceToken: token,
    webhookSecrets: createWebhookSecrets(createSecretBox(config.secretKey).seal, { allowPrivate: config.webhookAllowPrivateAddresses }),
    requestTimeoutMs: config.requestTimeoutMs,
    drainTimeoutMs: config.drainTimeoutMs,
    logger,
    metrics: createMetrics(name),
    stopping: life.stopping,
  });
  life.onClose('gateway', gateway.close);
  const server = await listen(gateway.app, { port: config.port, host: config.host });
  // First to close: no new calls, and those that are waited for end before anything they need goes away.
  life.onClose('http', () => {
    gateway.beginClose();
    return server.close(config.drainTimeoutMs);
  });
  logger.info({ event: 'started', port: server.port, gatewayId: gateway.gatewayId });
});
