import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createFactsStore, registryFactsName } from '@weighbridge/inference-data';
import { freePort, waitFor } from '@weighbridge/shared-testing';
import type { TestGateway } from './test-gateway.ts';

const main = fileURLToPath(new URL('../../../inference-worker/src/main.ts', import.meta.url));

export interface WorkerProcessOptions {
  readonly gateway: TestGateway;
  readonly databaseUrl: string;
  readonly queueUrl: string;
}

/** The real worker beside a test gateway, with the gateway's snapshot; there is no registry, so the snapshot is what the database keeps. */
export async function startWorkerProcess({ gateway, databaseUrl, queueUrl }: WorkerProcessOptions): Promise<AsyncDisposable> {
  const { snapshot } = gateway.facts;
  await createFactsStore(gateway.pool).saveFacts(registryFactsName, snapshot.revision, snapshot);
  const [port, nowhere] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      PORT: String(port),
      LOG_LEVEL: 'fatal',
      DATABASE_URL: databaseUrl,
      QUEUE_URL: queueUrl,
      REGISTRY_URL: `http://127.0.0.1:${nowhere}`,
      WEIGHBRIDGE_SECRET_KEY: 'a secret key of a test installation',
      MODELS_DIR: '.',
      ALLOW_PRIVATE_ADDRESSES: 'true',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const exited = once(child, 'exit');
  await waitFor(
    async () => {
      if (child.exitCode !== null) throw new Error(`the worker ended with ${child.exitCode}`);
      return (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))?.ok === true;
    },
    { timeoutMs: 30_000, what: 'the worker to be ready' },
  );
  return {
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await exited;
    },
  };
}
