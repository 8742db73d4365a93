import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { serviceToken } from '@weighbridge/shared-adapters/secrets';
import { createClient } from '@weighbridge/shared-contracts';
import { evaluationEndpoints } from '@weighbridge/evaluation-contracts';
import { createTestDatabase, freePort, startTestRedis, waitFor } from '@weighbridge/shared-testing';
import { afterAll, expect, test } from 'vitest';
import { startStubGateway } from './testing/stub-gateway.ts';
import { startStubRegistry } from './testing/stub-registry.ts';

const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

const secretKey = 'a-secret-key-for-tests-of-32-characters';
const startService = (env: Readonly<Record<string, string>>) => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url))], { env: { PATH: process.env['PATH'] ?? '', NODE_NO_WARNINGS: '1', LOG_LEVEL: 'info', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => void (said.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => void (said.stderr += chunk.toString()));
  return { child, said, exited: once(child, 'exit') as Promise<[number | null]> };
};

test.each(['postgres', 'redis'])('the process serves, runs a suite over a %s home, stops within a run at SIGTERM, and the next one ends it', { timeout: 60_000 }, async (kind) => {
  await using database = await createTestDatabase({ scopes: ['evaluation', 'queue'] });
  await using redis = kind === 'redis' ? await startTestRedis() : null;
  const token = serviceToken(secretKey);
  await using gateway = await startStubGateway(token);
  await using registry = await startStubRegistry(token);
  const port = await freePort();
  const env = { PORT: `${port}`, DATABASE_URL: database.urlFor('evaluation'), QUEUE_URL: redis?.url ?? database.urlFor('evaluation'), WEIGHBRIDGE_SECRET_KEY: secretKey, REGISTRY_URL: registry.url, GATEWAY_URL: gateway.url };
  const origin = `http://127.0.0.1:${port}`;
  const ready = () => waitFor(async () => (await fetch(`${origin}/readyz`)).ok, { timeoutMs: 20_000, what: 'readiness' });

  const first = startService(env);
  await ready();
  const client = createClient(evaluationEndpoints, { baseUrl: origin, token: registry.addKey({ project: registry.addProject('support'), role: 'editor' }), fetch });
  await client.createSuite({ body: { name: 'numbers', dataset: { samples: Array.from({ length: 700 }, (_, index) => ({ id: `s${index}`, input: { prompt: `${index}` }, target: `${index}` })) }, scorers: [{ kind: 'exact_match' }] } });
  gateway.answer(({ key }) => ({ text: key.slice(1) }));
  gateway.hold();
  const { id } = await client.createRun({ params: { name: 'numbers' }, body: { model: 'm@1' } });
  await waitFor(() => gateway.openJobs(id) === 700);
  gateway.finish(id, 100);
  await waitFor(async () => (await client.getRun({ params: { id } })).finished === 100);
  first.child.kill('SIGTERM');
  expect((await first.exited)[0]).toBe(0);

  gateway.finish(id);
  const second = startService(env);
  await ready();
  const run = await waitFor(async () => ((now) => now.finishedAt !== null && now)(await client.getRun({ params: { id } })), { timeoutMs: 20_000 });
  second.child.kill('SIGTERM');

  expect((await second.exited)[0]).toBe(0);
  expect(run).toMatchObject({ status: 'succeeded', finished: 700, summary: { correct: 700 } });
  const lines = (first.said.stdout + second.said.stdout).trim().split('\n').map((line) => JSON.parse(line) as { event: string; level: string });
  expect(lines.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
  expect(lines.map(({ event }) => event)).toEqual(expect.arrayContaining(['listening', 'http_request', 'run_ended', 'stopped']));
});

test('a bad setting ends the start with one line a fault', async () => {
  const { exited, said } = startService({ PORT: 'x', WEIGHBRIDGE_SECRET_KEY: secretKey });

  expect((await exited)[0]).toBe(1);
  expect(said.stderr.trim().split('\n')).toEqual(expect.arrayContaining([expect.stringMatching(/^evaluation-runner: PORT: /) as string, 'evaluation-runner: DATABASE_URL: is not set', 'evaluation-runner: QUEUE_URL: is not set']));
});
