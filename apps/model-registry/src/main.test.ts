import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { registryChannels, registryEndpoints } from '@weighbridge/registry-contracts';
import { createLiveChannel, typedChannel } from '@weighbridge/shared-adapters/live';
import { openQueueHome } from '@weighbridge/shared-adapters/queue';
import { createClient } from '@weighbridge/shared-contracts';
import { createTestDatabase, waitFor } from '@weighbridge/shared-testing';
import type { TestDatabase } from '@weighbridge/shared-testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

const adminKey = `wb_${'a'.repeat(43)}`;
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ scopes: ['registry', 'queue'] });
});

afterAll(() => database.close());

function start(env: Record<string, string>): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      DATABASE_URL: database.urlFor('registry'),
      QUEUE_URL: database.urlFor('registry'),
      EVALUATION_URL: 'http://127.0.0.1:9',
      WEIGHBRIDGE_SECRET_KEY: 's'.repeat(32),
      WEIGHBRIDGE_ADMIN_KEY: adminKey,
      ...env,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output };
}

test('the process starts, serves, tells others of changes after they are committed, and stops cleanly', async () => {
  const { child, output } = start({});
  const exited = once(child, 'exit');
  const url = await waitFor(() => /"event":"listening","url":"([^"]+)"/.exec(output())?.[1], { what: 'the service', timeoutMs: 30_000 });
  const home = openQueueHome(database.urlFor('registry'), { name: 'test' });
  const live = createLiveChannel(home);
  const heard: number[] = [];
  await typedChannel(live, registryChannels.changed).subscribe(({ revision }) => heard.push(revision));
  const admin = createClient(registryEndpoints, { baseUrl: url, token: adminKey, fetch });

  const ready = await fetch(`${url}/readyz`);
  const project = await admin.createProject({ body: { name: 'live' } });
  await waitFor(() => heard.length > 0, { what: 'the announcement' });

  expect(ready.status).toBe(200);
  expect((await admin.listProjects()).data).toEqual([project]);
  expect(await admin.verifyAudit()).toMatchObject({ intact: true });
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: Record<string, unknown> };
  expect(Object.keys(document.paths)).toContain('/v1/decisions');
  expect(Object.keys(document.paths)).not.toContain('/v1/snapshot');

  await live.close();
  await home.close();
  child.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
  expect(output()).not.toContain(adminKey);
}, 60_000);

test('a start with wrong settings ends with one line per fault', async () => {
  const { child, output } = start({ WEIGHBRIDGE_ADMIN_KEY: 'x', EVALUATION_URL: 'ftp://x' });

  expect(await once(child, 'exit')).toEqual([1, null]);
  expect(output().trim().split('\n')).toEqual([expect.stringMatching(/^model-registry: EVALUATION_URL: /), expect.stringMatching(/^model-registry: WEIGHBRIDGE_ADMIN_KEY: /)]);
}, 30_000);
