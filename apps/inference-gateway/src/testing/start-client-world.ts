import { costQueues } from '@weighbridge/cost-contracts';
import type { UsageEvent } from '@weighbridge/cost-domain';
import { newId } from '@weighbridge/shared-adapters/ids';
import { silentLogger } from '@weighbridge/shared-adapters/logging';
import { defineWorker } from '@weighbridge/shared-adapters/queue';
import { createTestDatabase, startStubModelServer, startTestRedis } from '@weighbridge/shared-testing';
import type { StubModelServer } from '@weighbridge/shared-testing';
import { startWorkerProcess } from './start-worker-process.ts';
import { createTestFacts } from './test-facts.ts';
import { startTestGateway } from './test-gateway.ts';
import type { TestGateway } from './test-gateway.ts';

/** A gateway, a real worker process and a model server that does what it is told: what a client of OpenAI's API meets. */
export interface ClientWorld extends AsyncDisposable {
  readonly gateway: TestGateway;
  readonly stub: StubModelServer;
  /** Everything that reached the ledger's queue so far. */
  readonly usage: readonly UsageEvent[];
  /** What clients take as the base URL. */
  readonly baseUrl: string;
  readonly apiKey: string;
}

export async function startClientWorld(home: 'redis' | 'postgres'): Promise<ClientWorld> {
  const database = await createTestDatabase({ scopes: ['inference', 'queue'] });
  const redis = home === 'redis' ? await startTestRedis() : undefined;
  const databaseUrl = database.urlFor('inference');
  const queueUrl = redis?.url ?? databaseUrl;
  const stub = await startStubModelServer();
  const facts = createTestFacts();
  facts.snapshot.deployments = facts.snapshot.deployments.map((deployment) => ({
    ...deployment,
    id: newId('deployment'),
    backend: deployment.model === 'unpriced' ? { kind: 'llama-cpp', artifact: 'none.gguf', sha256: 'a'.repeat(64) } : { kind: 'openai', baseUrl: stub.url, upstreamModel: 'stub-model', apiKeySealed: null },
  }));
  const gateway = await startTestGateway({ databaseUrl, queueUrl, facts, requestTimeoutMs: 20_000 });
  const usage: UsageEvent[] = [];
  const ledger = defineWorker(gateway.home, costQueues, { usage: ({ events }) => Promise.resolve(usage.push(...events)) }, { logger: silentLogger() });
  await ledger.ready();
  const worker = await startWorkerProcess({ gateway, databaseUrl, queueUrl });
  return {
    gateway,
    stub,
    usage,
    baseUrl: `${gateway.url}/v1`,
    apiKey: facts.search.runner.token,
    [Symbol.asyncDispose]: async () => {
      await worker[Symbol.asyncDispose]();
      await ledger.close();
      await gateway[Symbol.asyncDispose]();
      await stub.stop();
      await redis?.stop();
      await database.close();
    },
  };
}
