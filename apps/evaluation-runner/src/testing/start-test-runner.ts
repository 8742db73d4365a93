import { evaluationEndpoints } from '@weighbridge/evaluation-contracts';
import { createEvaluationStore } from '@weighbridge/evaluation-data';
import type { EvaluationStore } from '@weighbridge/evaluation-data';
import { registryEndpoints } from '@weighbridge/registry-contracts';
import { silentLogger } from '@weighbridge/shared-adapters/logging';
import { createProducer, openQueueHome } from '@weighbridge/shared-adapters/queue';
import type { Producer } from '@weighbridge/shared-adapters/queue';
import { keepFresh } from '@weighbridge/shared-adapters/remote-facts';
import { serviceToken } from '@weighbridge/shared-adapters/secrets';
import { createLifecycle, listen } from '@weighbridge/shared-adapters/service';
import { createClient } from '@weighbridge/shared-contracts';
import type { Client } from '@weighbridge/shared-contracts';
import { createPool } from '@weighbridge/shared-data';
import { createApp } from '../app.ts';
import { createGatewayClient } from '../gateway-client.ts';
import type { DriveLimits } from '../operations/drive-run.ts';
import { createRegistryFacts } from '../registry-facts.ts';
import { createWorker, runnerQueues } from '../worker.ts';
import type { RunnerWorker } from '../worker.ts';
import { startStubGateway } from './stub-gateway.ts';
import type { StubGateway } from './stub-gateway.ts';
import { startStubRegistry } from './stub-registry.ts';
import type { StubRegistry } from './stub-registry.ts';

export interface TestRunnerOptions {
  /** Of the database with the schemas `evaluation` and `queue`. */
  readonly databaseUrl: string;
  readonly limits?: Partial<DriveLimits>;
}

export interface TestRunner extends AsyncDisposable {
  readonly url: string;
  readonly serviceToken: string;
  readonly store: EvaluationStore;
  readonly gateway: StubGateway;
  readonly registry: StubRegistry;
  readonly producer: Producer<typeof runnerQueues>;
  client(token: string): Client<typeof evaluationEndpoints>;
  /** Starts another consumer in this process; the runner closes it. */
  startWorker(): RunnerWorker;
  close(): Promise<void>;
}

export const testSecretKey = 'a-secret-key-for-tests-of-32-characters';

/** The whole service in this process, on a real database and queue home, between a stub gateway and a stub registry. Its worker starts when asked. */
export async function startTestRunner({ databaseUrl, limits }: TestRunnerOptions): Promise<TestRunner> {
  const logger = silentLogger();
  const life = createLifecycle(logger);
  const token = serviceToken(testSecretKey);
  const now = () => new Date();
  let ticks = 0;

  const gateway = await startStubGateway(token);
  life.onClose('gateway', () => gateway.close());
  const registry = await startStubRegistry(token);
  life.onClose('registry', () => registry.close());
  const pool = createPool({ connectionString: databaseUrl, schema: 'evaluation', applicationName: 'test' });
  life.onClose('pool', () => pool.end());
  const home = openQueueHome(databaseUrl, { name: 'test' });
  life.onClose('home', () => home.close());
  const producer = createProducer(home, runnerQueues);
  life.onClose('producer', () => producer.close());
  const registryClient = createClient(registryEndpoints, { baseUrl: registry.url, token, fetch: (url, init) => fetch(url, init) });
  const snapshot = await keepFresh({ name: 'registry', load: () => registryClient.getSnapshot(), subscribe: () => () => {}, logger });
  life.onClose('snapshot', () => snapshot.close());

  const store = createEvaluationStore(pool);
  const gatewayClient = createGatewayClient(gateway.url, token);
  const app = createApp({
    store,
    gateway: gatewayClient,
    producer,
    // Without the pause between misses: a test makes keys faster than people do.
    facts: createRegistryFacts(snapshot, () => (ticks += 60_000)),
    serviceToken: token,
    logger,
    now,
    readiness: { queue: () => home.ping() },
    stopping: life.stopping,
  });
  const listening = await listen(app, { port: 0 });
  life.onClose('http', () => listening.close(1_000));
  return {
    url: listening.url,
    serviceToken: token,
    store,
    gateway,
    registry,
    producer,
    client: (key) => createClient(evaluationEndpoints, { baseUrl: listening.url, token: key, fetch: (url, init) => fetch(url, init) }),
    startWorker: () => {
      const worker = createWorker({ store, gateway: gatewayClient, producer, home, logger, now, ...(limits === undefined ? {} : { limits }) });
      life.onClose('worker', () => worker.close());
      return worker;
    },
    close: () => life.stop(),
    [Symbol.asyncDispose]: () => life.stop(),
  };
}
