import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, waitFor } from '@weighbridge/shared-testing';
import { afterAll, expect, test } from 'vitest';
import { startTestRunner, testSecretKey } from './testing/start-test-runner.ts';

const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

const samples = 400;
const kills = 5;

test(`a run whose consumer is killed ${kills} times has every result, each once`, { timeout: 60_000 }, async () => {
  await using database = await createTestDatabase({ scopes: ['evaluation', 'queue'] });
  await using runner = await startTestRunner({ databaseUrl: database.urlFor('evaluation') });
  const client = runner.client(runner.registry.addKey({ project: runner.registry.addProject('support'), role: 'editor' }));
  await client.createSuite({
    body: { name: 'numbers', dataset: { samples: Array.from({ length: samples }, (_, index) => ({ id: `s${index}`, input: { prompt: `${index}` }, target: index % 4 === 0 ? 'no' : `${index}` })) }, scorers: [{ kind: 'exact_match' }] },
  });
  runner.gateway.answer(({ key }) => ({ text: key.slice(1) }));
  runner.gateway.hold();
  const startWorker = async () => {
    const child = spawn(process.execPath, [fileURLToPath(new URL('./testing/worker-process.ts', import.meta.url)), database.urlFor('evaluation'), runner.gateway.url, testSecretKey], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    await once(child.stdout, 'data');
    return child;
  };
  const { id } = await client.createRun({ params: { name: 'numbers' }, body: { model: 'm@1' } });
  const finishedNow = async () => (await client.getRun({ params: { id } })).finished;

  for (let kill = 1; kill <= kills; kill += 1) {
    const child = await startWorker();
    const before = await finishedNow();
    // Somewhere in the middle: whatever it is doing when some more results are in.
    await waitFor(async () => {
      runner.gateway.finish(id, 3);
      return (await finishedNow()) >= Math.min(samples, before + kill * 11);
    }, { timeoutMs: 20_000 });
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await startWorker();
  const run = await waitFor(async () => {
    runner.gateway.finish(id);
    return ((now) => now.finishedAt !== null && now)(await client.getRun({ params: { id } }));
  }, { timeoutMs: 30_000 });

  expect(run).toMatchObject({ status: 'succeeded', planned: samples, finished: samples, summary: { total: samples, scored: samples, errors: 0, correct: (samples * 3) / 4, costUsd: '0.0048000004' } });
  const ids: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await client.listResults({ params: { id }, query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } });
    ids.push(...page.data.map(({ sampleId }) => sampleId));
    cursor = page.nextCursor;
  }
  expect(ids).toEqual(Array.from({ length: samples }, (_, index) => `s${index}`));
  expect(runner.gateway.keys(id)).toHaveLength(samples);
});
