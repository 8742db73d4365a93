import { createMetrics } from '@weighbridge/shared-adapters/http';
import { createLiveChannel } from '@weighbridge/shared-adapters/live';
import type { LiveChannel } from '@weighbridge/shared-adapters/live';
import { silentLogger } from '@weighbridge/shared-adapters/logging';
import { openQueueHome } from '@weighbridge/shared-adapters/queue';
import type { QueueHome } from '@weighbridge/shared-adapters/queue';
import { createPseudonymiser, createSecretBox, serviceToken } from '@weighbridge/shared-adapters/secrets';
import { listen } from '@weighbridge/shared-adapters/service';
import { createPool } from '@weighbridge/shared-data';
import type pg from 'pg';
import type { CostIndex } from '../facts/cost-index.ts';
import { indexCosts } from '../facts/cost-index.ts';
import type { RegistryIndex } from '../facts/registry-index.ts';
import { indexRegistry } from '../facts/registry-index.ts';
import { openGateway } from '../gateway.ts';
import { createWebhookSecrets } from '../operations/webhook-secrets.ts';
import type { GatewayDeps } from '../gateway.ts';
import { createTestFacts } from './test-facts.ts';
import type { TestFacts } from './test-facts.ts';

export interface TestGateway extends AsyncDisposable {
  readonly url: string;
  /** Owns the holds of its admissions. */
  readonly gatewayId: string;
  readonly pool: pg.Pool;
  readonly home: QueueHome;
  readonly live: LiveChannel;
  readonly facts: TestFacts;
  /** Makes changes of `facts` known, as a change message would. */
  readonly publishFacts: () => void;
  readonly serviceToken: string;
  readonly request: (path: string, init?: Omit<RequestInit, 'headers'> & { token?: string; json?: unknown; headers?: Record<string, string> }) => Promise<Response>;
}

export interface TestGatewayOptions extends Partial<Pick<GatewayDeps, 'batchWindow' | 'redispatchAfterMs' | 'silentMs' | 'requestTimeoutMs' | 'watchAdmission' | 'sendEndUserReport' | 'webhookSecrets'>> {
  readonly databaseUrl: string;
  readonly queueUrl: string;
  readonly facts?: TestFacts;
}

/** A whole gateway on port 0, with facts that the test holds in its hand. */
export async function startTestGateway({ databaseUrl, queueUrl, facts = createTestFacts(), requestTimeoutMs = 10_000, ...options }: TestGatewayOptions): Promise<TestGateway> {
  const pool = createPool({ connectionString: databaseUrl, schema: 'inference', applicationName: 'test-gateway' });
  const home = openQueueHome(queueUrl, { name: 'test-gateway' });
  const live = createLiveChannel(home);
  let registry: RegistryIndex = indexRegistry(facts.snapshot);
  let costs: CostIndex = indexCosts(facts.costs);
  const publishFacts = () => {
    registry = indexRegistry({ ...facts.snapshot, revision: (facts.snapshot.revision += 1) });
    costs = indexCosts({ ...facts.costs, revision: (facts.costs.revision += 1) });
  };
  const token = serviceToken('a secret key of a test installation');
  const refresh = async () => {};
  const gateway = await openGateway({
    pool,
    home,
    live,
    registry: { current: () => registry, refresh, behind: () => false, close: () => {} },
    costs: { current: () => costs, refresh, behind: () => false, close: () => {} },
    pseudonymOf: createPseudonymiser('a secret key of a test installation', 'end users'),
    sendEndUserReport: async () => {},
    serviceToken: token,
    // Names resolve to a public address without asking anyone.
    webhookSecrets: createWebhookSecrets(createSecretBox('a secret key of a test installation').seal, { allowPrivate: false, resolve: async () => [{ address: '93.184.216.34', family: 4 }] }),
    requestTimeoutMs,
    drainTimeoutMs: 1_000,
    logger: silentLogger(),
    metrics: createMetrics('test-gateway'),
    stopping: () => false,
    ...options,
  });
  const server = await listen(gateway.app, { port: 0 });
  return {
    url: server.url,
    gatewayId: gateway.gatewayId,
    pool,
    home,
    live,
    facts,
    publishFacts,
    serviceToken: token,
    request: (path, { token: key = facts.search.runner.token, json, headers, ...init } = {}) =>
      fetch(`${server.url}${path}`, {
        ...(json === undefined ? {} : { method: 'POST', body: JSON.stringify(json) }),
        ...init,
        headers: { authorization: `Bearer ${key}`, ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      }),
    [Symbol.asyncDispose]: async () => {
      gateway.beginClose();
      await server.close(1_000);
      await gateway.close();
      await live.close();
      await home.close();
      await pool.end();
    },
  };
}
