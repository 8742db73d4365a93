import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { costQueues } from '@weighbridge/cost-contracts';
import type { UsageEvent } from '@weighbridge/cost-domain';
import { inferenceChannels, inferenceQueues } from '@weighbridge/inference-contracts';
import type { AdmissionTicket, LiveReply } from '@weighbridge/inference-contracts';
import { createFactsStore, createJobStore, registryFactsName } from '@weighbridge/inference-data';
import type { JobStore } from '@weighbridge/inference-data';
import { registryEndpoints } from '@weighbridge/registry-contracts';
import type { RegistrySnapshot } from '@weighbridge/registry-contracts';
import { createBudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import type { BudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import { newId } from '@weighbridge/shared-adapters/ids';
import { createLiveChannel, typedChannel } from '@weighbridge/shared-adapters/live';
import type { LiveChannel } from '@weighbridge/shared-adapters/live';
import { silentLogger } from '@weighbridge/shared-adapters/logging';
import { createProducer, defineWorker, openQueueHome } from '@weighbridge/shared-adapters/queue';
import type { Producer } from '@weighbridge/shared-adapters/queue';
import { createPool } from '@weighbridge/shared-data';
import type { DeploymentId, JobId } from '@weighbridge/shared-domain';
import { parseUsd } from '@weighbridge/shared-domain';
import { createTestDatabase, freePort, startStubModelServer, startTestRedis, waitFor } from '@weighbridge/shared-testing';
import type { StubModelServer } from '@weighbridge/shared-testing';
import type pg from 'pg';

export const secretKey = 'a secret key for tests, long enough for the rule';
const main = fileURLToPath(new URL('./main.ts', import.meta.url));

/** Everything around real worker processes: PostgreSQL, a queue home, stub model servers, and the far end of the registry's protocol. */
export interface WorkerHarness extends AsyncDisposable {
  readonly stubs: readonly [StubModelServer, StubModelServer];
  readonly deployments: readonly [DeploymentId, DeploymentId];
  readonly store: JobStore;
  readonly pool: pg.Pool;
  readonly holds: BudgetHolds;
  readonly live: LiveChannel;
  readonly queue: Producer<typeof inferenceQueues>;
  /** Everything that reached the usage queue so far. */
  readonly usage: UsageEvent[];
  /** What the gateway of that id was told, in order. */
  readonly repliesTo: (gatewayId: string) => Promise<LiveReply[]>;
  readonly ticketFor: (jobId: JobId, overrides?: Partial<AdmissionTicket>) => AdmissionTicket;
  /** Takes the hold that admission would have taken. */
  readonly hold: (ticket: AdmissionTicket) => Promise<void>;
  readonly startWorker: (options?: { readonly registryUrl?: string }) => Promise<WorkerProcess>;
  /** Stores the registry's snapshot as a gateway does. */
  readonly keepSnapshot: () => Promise<void>;
}

export interface WorkerProcess {
  readonly process: ChildProcess;
  /** As a power cut would. */
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<number | null>;
}

export async function startHarness(kind: 'redis' | 'postgres'): Promise<WorkerHarness> {
  const database = await createTestDatabase({ scopes: ['inference', 'queue'] });
  const redis = kind === 'redis' ? await startTestRedis() : undefined;
  const queueUrl = redis?.url ?? database.urlFor('inference');
  const stubs = [await startStubModelServer(), await startStubModelServer()] as const;
  const deployments = [newId('deployment'), newId('deployment')] as const;
  const snapshot = snapshotOf(stubs, deployments);
  const registry = await serveSnapshot(snapshot);
  const pool = createPool({ connectionString: database.urlFor('inference'), schema: 'inference', max: 4, applicationName: 'test' });
  const home = openQueueHome(queueUrl, { name: 'test' });
  const live = createLiveChannel(home);
  const queue = createProducer(home, inferenceQueues);
  const usage: UsageEvent[] = [];
  const ledger = defineWorker(home, costQueues, { usage: ({ events }) => Promise.resolve(usage.push(...events)) }, { logger: silentLogger() });
  await ledger.ready();
  const workers: WorkerProcess[] = [];
  const holds = createBudgetHolds(home);

  return {
    stubs,
    deployments,
    store: createJobStore(pool),
    pool,
    holds,
    live,
    queue,
    usage,
    repliesTo: async (gatewayId) => {
      const replies: LiveReply[] = [];
      await typedChannel(live, inferenceChannels.gateway, gatewayId).subscribe((together) => void replies.push(...together));
      return replies;
    },
    ticketFor: (jobId, overrides = {}) => ticketFor(jobId, deployments, overrides),
    hold: async (ticket) => {
      const context = JSON.stringify(holdContext(ticket));
      await holds.hold({ holdId: ticket.jobId, owner: 'test', amountPicoUsd: parseUsd(ticket.holdUsd), accountIds: [], context, ttlMs: 600_000 });
    },
    startWorker: async ({ registryUrl = registry.url } = {}) => {
      const worker = await spawnWorker({ queueUrl, databaseUrl: database.urlFor('inference'), registryUrl });
      workers.push(worker);
      return worker;
    },
    keepSnapshot: () => createFactsStore(pool).saveFacts(registryFactsName, snapshot.revision, snapshot),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
      await ledger.close();
      await queue.close();
      await live.close();
      await home.close();
      await pool.end();
      await registry.close();
      await Promise.all(stubs.map((stub) => stub.stop()));
      await redis?.stop();
      await database.close();
    },
  };
}

/** $1 and $2 per million tokens, at each of two deployments of one version. */
function ticketFor(jobId: JobId, deployments: readonly DeploymentId[], overrides: Partial<AdmissionTicket>): AdmissionTicket {
  const now = Date.now();
  return {
    jobId,
    projectId: newId('project'),
    keyId: newId('key'),
    useCaseId: newId('useCase'),
    lane: 'interactive',
    model: 'stub',
    version: '1',
    pool: 'default',
    candidates: deployments.map((deploymentId) => ({ deploymentId, priceId: newId('price'), price: { inputUsdPerMillion: '1', outputUsdPerMillion: '2' } })),
    passedOver: [],
    decision: { outcome: 'allow', inputsDigest: 'digest', approvalId: null },
    holdUsd: '0.001',
    budgetAccounts: [],
    inputTokensBound: 100,
    maxOutputTokens: 100,
    admittedAt: new Date(now).toISOString(),
    deadlineAt: new Date(now + 60_000).toISOString(),
    batchId: null,
    runId: null,
    tags: {},
    ...overrides,
  };
}

const holdContext = (ticket: AdmissionTicket) => ({
  v: 1,
  jobId: ticket.jobId,
  attempt: 1,
  projectId: ticket.projectId,
  keyId: ticket.keyId,
  useCaseId: ticket.useCaseId,
  model: ticket.model,
  version: ticket.version,
  deploymentId: ticket.candidates[0]?.deploymentId,
  backend: 'openai',
  lane: ticket.lane,
  batchId: ticket.batchId,
  runId: ticket.runId,
  tags: ticket.tags,
  priceId: ticket.candidates[0]?.priceId ?? null,
  decisionDigest: ticket.decision.inputsDigest,
  budgetAccounts: ticket.budgetAccounts,
  queuedAt: ticket.admittedAt,
});

const snapshotOf = (stubs: readonly StubModelServer[], deployments: readonly DeploymentId[]): RegistrySnapshot => ({
  revision: 1,
  projects: [],
  keys: [],
  useCases: [],
  models: [],
  versions: [],
  approvals: [], licenses: [], countedUsers: [],
  deployments: deployments.map((id, index) => ({
    id,
    model: 'stub',
    version: '1',
    pool: 'default',
    weight: 1,
    concurrency: 32,
    contextLength: null,
    defaultMaxOutputTokens: 100,
    hostedIn: null,
    status: 'active',
    block: null,
    backend: { kind: 'openai', baseUrl: stubs[index]?.url ?? '', upstreamModel: 'stub-model', apiKeySealed: null },
  })),
});

async function serveSnapshot(snapshot: RegistrySnapshot) {
  const server = createServer((request, response) => {
    const found = request.url === registryEndpoints.getSnapshot.path;
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(found ? snapshot : {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function spawnWorker(urls: { readonly queueUrl: string; readonly databaseUrl: string; readonly registryUrl: string }): Promise<WorkerProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      PORT: String(port),
      LOG_LEVEL: 'warn',
      DATABASE_URL: urls.databaseUrl,
      QUEUE_URL: urls.queueUrl,
      REGISTRY_URL: urls.registryUrl,
      WEIGHBRIDGE_SECRET_KEY: secretKey,
      MODELS_DIR: '.',
      WORKER_LOCK_MS: '1500',
      ALLOW_PRIVATE_ADDRESSES: 'true',
      WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'true',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return exited;
  };
  await waitFor(
    async () => {
      if (child.exitCode !== null) throw new Error(`the worker ended with ${child.exitCode}`);
      return (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))?.ok === true;
    },
    { timeoutMs: 20_000 },
  );
  return { process: child, kill: async () => void (await end('SIGKILL')), stop: () => end('SIGTERM') };
}
