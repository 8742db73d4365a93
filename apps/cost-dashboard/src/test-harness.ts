import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { costEndpoints, costQueues } from '@weighbridge/cost-contracts';
import { openCostFacts } from '@weighbridge/cost-data';
import { somePrice } from '@weighbridge/cost-data/test-events';
import type { RegistrySnapshot } from '@weighbridge/registry-contracts';
import { createBudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import { createMetrics } from '@weighbridge/shared-adapters/http';
import { newId } from '@weighbridge/shared-adapters/ids';
import { createLiveChannel } from '@weighbridge/shared-adapters/live';
import type { LiveChannel } from '@weighbridge/shared-adapters/live';
import { silentLogger } from '@weighbridge/shared-adapters/logging';
import { createProducer, openQueueHome } from '@weighbridge/shared-adapters/queue';
import type { Producer, QueueHome } from '@weighbridge/shared-adapters/queue';
import { newKeyToken, serviceToken } from '@weighbridge/shared-adapters/secrets';
import { listen } from '@weighbridge/shared-adapters/service';
import { createClient } from '@weighbridge/shared-contracts';
import type { Client } from '@weighbridge/shared-contracts';
import { createPool } from '@weighbridge/shared-data';
import type { ProjectId, Role } from '@weighbridge/shared-domain';
import { createTestDatabase, startTestRedis } from '@weighbridge/shared-testing';
import pg from 'pg';
import { createApp } from './app.ts';
import type { CostDeps } from './cost-deps.ts';
import { createCostMetrics } from './cost-metrics.ts';
import { keepRegistryFacts } from './registry-facts.ts';
import { createWorker } from './worker.ts';

export const secretKey = 'a secret key for tests, long enough for the rule';

/** The far end of the registry's protocol: a snapshot that the test may change. */
export interface StubRegistry {
  readonly url: string;
  snapshot: Pick<RegistrySnapshot, 'projects' | 'keys' | 'useCases'>;
  /** Makes a key known and answers its token. */
  addKey(key: { readonly projectId: ProjectId | null; readonly role: Role; readonly expiresAt?: string }): string;
  addProject(): ProjectId;
  close(): Promise<void>;
}

export async function startStubRegistry(): Promise<StubRegistry> {
  let revision = 0;
  const registry: StubRegistry = {
    url: '',
    snapshot: { projects: [], keys: [], useCases: [] },
    addKey: ({ projectId, role, expiresAt }) => {
      const { token, digest } = newKeyToken();
      registry.snapshot.keys.push({ id: newId('key'), digest, projectId, useCaseId: null, role, requestsPerMinute: null, expiresAt: expiresAt ?? null });
      return token;
    },
    addProject: () => {
      const id = newId('project');
      registry.snapshot.projects.push({ id, name: id, unknownPricePolicy: 'deny' });
      return id;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  const server: Server = createServer((req, res) => {
    const allowed = req.url === '/v1/snapshot' && req.headers.authorization === `Bearer ${serviceToken(secretKey)}`;
    revision += 1;
    res.writeHead(allowed ? 200 : 401, { 'content-type': 'application/json' });
    res.end(JSON.stringify({ revision, models: [], versions: [], deployments: [], approvals: [], licenses: [], countedUsers: [], ...registry.snapshot }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(registry, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

export interface CostHarness extends AsyncDisposable {
  readonly url: string;
  readonly deps: CostDeps;
  readonly home: QueueHome;
  readonly live: LiveChannel;
  readonly usage: Producer<typeof costQueues>;
  readonly registry: StubRegistry;
  readonly databaseUrl: string;
  readonly queueUrl: string;
  readonly projectId: ProjectId;
  readonly otherProjectId: ProjectId;
  /** Tokens of keys of {@link projectId} by role; `platform` belongs to no project, `other` administrates the other one. */
  readonly tokens: Readonly<Record<Role | 'platform' | 'other' | 'expired' | 'service', string>>;
  readonly client: (token: string) => Client<typeof costEndpoints>;
  /** Runs a statement as the database's administrator. */
  readonly asAdmin: (statement: string) => Promise<void>;
  /** Takes everything from the hold store, as a lost disk would. */
  readonly wipeHome: () => Promise<void>;
}

/** The real service on a fresh database and queue home, inside this process; `withWorker` also takes messages. */
export async function startCostHarness({ kind = 'postgres', withWorker = false }: { readonly kind?: 'redis' | 'postgres'; readonly withWorker?: boolean } = {}): Promise<CostHarness> {
  const database = await createTestDatabase({ scopes: ['cost', 'queue'] });
  const redis = kind === 'redis' ? await startTestRedis() : undefined;
  const databaseUrl = database.urlFor('cost');
  const queueUrl = redis?.url ?? databaseUrl;
  const registry = await startStubRegistry();
  const [projectId, otherProjectId] = [registry.addProject(), registry.addProject()];
  const tokens = {
    viewer: registry.addKey({ projectId, role: 'viewer' }),
    runner: registry.addKey({ projectId, role: 'runner' }),
    editor: registry.addKey({ projectId, role: 'editor' }),
    admin: registry.addKey({ projectId, role: 'admin' }),
    other: registry.addKey({ projectId: otherProjectId, role: 'admin' }),
    platform: registry.addKey({ projectId: null, role: 'admin' }),
    expired: registry.addKey({ projectId, role: 'admin', expiresAt: '2020-01-01T00:00:00.000Z' }),
    service: serviceToken(secretKey),
  };

  const logger = silentLogger();
  const pool = createPool({ connectionString: databaseUrl, schema: 'cost', applicationName: 'test' });
  const facts = openCostFacts(pool);
  const home = openQueueHome(queueUrl, { name: 'test' });
  const live = createLiveChannel(home);
  const registryFacts = await keepRegistryFacts({ registryUrl: registry.url, serviceToken: tokens.service, live, logger });
  const deps: CostDeps = {
    pool,
    facts,
    prices: facts.prices,
    holds: createBudgetHolds(home),
    registry: registryFacts,
    announce: (revision) => live.publish('cost.changed', { revision }),
    now: () => new Date(),
    newPriceId: () => newId('price'),
    newBudgetId: () => newId('budget'),
    logger,
  };
  await facts.prices.insertPrices([somePrice]);
  const metrics = createMetrics('test');
  const costMetrics = createCostMetrics(metrics, pool);
  const usage = createProducer(home, costQueues);
  const worker = withWorker ? createWorker({ ...deps, home, metrics: costMetrics, closeTimeoutMs: 5_000 }) : undefined;
  await worker?.ready();
  const app = createApp({ ...deps, serviceToken: tokens.service, metrics, readiness: {}, stopping: () => false });
  const server = await listen(app, { port: 0 });

  return {
    url: server.url,
    deps,
    home,
    live,
    usage,
    registry,
    databaseUrl,
    queueUrl,
    projectId,
    otherProjectId,
    tokens,
    asAdmin: async (statement) => {
      const admin = new pg.Client({ connectionString: database.adminUrl });
      await admin.connect();
      await admin.query(statement);
      await admin.end();
    },
    client: (token) => createClient(costEndpoints, { baseUrl: server.url, token, fetch }),
    wipeHome: async () => {
      if (home.kind === 'redis') await home.redis.flushall();
      else for (const table of ['budget_account', 'budget_hold', 'budget_settled']) await home.pool.query(`delete from ${table}`);
    },
    [Symbol.asyncDispose]: async () => {
      await server.close(0);
      await worker?.close();
      await usage.close();
      registryFacts.close();
      await live.close();
      await home.close();
      await facts.close();
      await pool.end();
      await registry.close();
      await redis?.stop();
      await database.close();
    },
  };
}
