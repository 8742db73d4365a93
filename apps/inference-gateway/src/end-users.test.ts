import { inferenceHousekeepingQueues } from '@weighbridge/inference-contracts';
import { License, licenseCatalogue } from '@weighbridge/registry-domain';
import { createDistinctCounts } from '@weighbridge/shared-adapters/distinct-counts';
import { createProducer } from '@weighbridge/shared-adapters/queue';
import { periodKey } from '@weighbridge/shared-domain';
import { createTestDatabase, startTestRedis, waitFor } from '@weighbridge/shared-testing';
import type { TestDatabase, TestRedis } from '@weighbridge/shared-testing';
import OpenAI, { toFile } from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GatewayDeps } from './gateway.ts';
import { startStandInWorker } from './testing/stand-in-worker.ts';
import { createTestFacts } from './testing/test-facts.ts';
import { startTestGateway } from './testing/test-gateway.ts';

type Counts = Parameters<GatewayDeps['sendEndUserReport']>[0]['counts'];

let database: TestDatabase;
let redis: TestRedis;

beforeAll(async () => {
  [database, redis] = await Promise.all([createTestDatabase({ scopes: ['inference', 'queue'] }), startTestRedis()]);
});
afterAll(async () => {
  await redis.stop();
  await database.close();
});

/** As an organisation would enter it: free for up to a hundred users a month. */
const hundredUsers = License.parse({
  ...licenseCatalogue.get('MIT'),
  id: 'LicenseRef-Hundred-Users',
  name: 'Hundred Users License',
  family: 'Hundred',
  limits: [{ name: 'monthly-active-users', threshold: 100, measure: 'monthlyActiveUsers', effect: 'request-license', clause: '3', text: 'No more than 100 people may use the model in a month.' }],
});

const homes = { redis: () => redis.url, postgres: () => database.urlFor('inference') };

async function start(home: keyof typeof homes) {
  const facts = createTestFacts();
  facts.snapshot.licenses = [hundredUsers];
  for (const version of facts.snapshot.versions) if (version.ref === 'abacus@1') version.license = hundredUsers.id;
  for (const useCase of facts.snapshot.useCases) useCase.facts = { ...useCase.facts, monthlyActiveUsers: 20 };
  const reports: Counts[] = [];
  const gateway = await startTestGateway({ databaseUrl: database.urlFor('inference'), queueUrl: homes[home](), facts, sendEndUserReport: async ({ counts }) => void reports.push(counts) });
  const worker = await startStandInWorker(gateway);
  const month = periodKey('month', new Date());
  const counts = createDistinctCounts(gateway.home, { name: 'end-users', keepDays: 400 });
  // The tests share a home; each begins with nobody.
  await counts.forgetBefore('9999-12');
  const chat = (user: string, more: object = {}) => gateway.request('/v1/chat/completions', { json: { model: 'abacus@1', messages: [{ role: 'user', content: 'hi' }], max_completion_tokens: 5, user, ...more } });
  return {
    gateway,
    reports,
    month,
    chat,
    openai: new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: facts.search.runner.token, maxRetries: 0 }),
    counted: async () => Object.fromEntries(await counts.list(month)),
    report: async () => {
      const producer = createProducer(gateway.home, inferenceHousekeepingQueues);
      const before = reports.length;
      await producer.add('housekeeping', { v: 1, task: 'report-end-users' }, { suffix: 'inference' });
      const report = await waitFor(async () => reports.slice(before).at(-1));
      await producer.close();
      return report;
    },
    [Symbol.asyncDispose]: async () => {
      await worker[Symbol.asyncDispose]();
      await gateway[Symbol.asyncDispose]();
    },
  };
}

describe.each(['redis', 'postgres'] as const)('distinct end users on %s', (home) => {
  test('are counted over calls, jobs and lines of a batch, by licence family, once each', async () => {
    await using world = await start(home);
    const { gateway, chat, openai } = world;
    const body = { model: 'abacus@1', messages: [{ role: 'user', content: 'hi' }], max_completion_tokens: 5 };

    for (const user of ['ada', 'bob', 'ada']) expect((await chat(user)).status).toBe(200);
    expect((await gateway.request('/v1/jobs', { json: { model: 'abacus@1', input: { ...body, model: undefined, safety_identifier: 'eve' } } })).status).toBe(202);
    const lines = ['ada', 'mallory'].map((user) => JSON.stringify({ custom_id: user, method: 'POST', url: '/v1/chat/completions', body: { ...body, user } }));
    const file = await openai.files.create({ purpose: 'batch', file: await toFile(Buffer.from(lines.join('\n')), 'lines.jsonl') });
    await openai.batches.create({ input_file_id: file.id, endpoint: '/v1/chat/completions', completion_window: '24h' });

    await waitFor(async () => ((await world.counted())['*'] === 4 ? true : undefined), { timeoutMs: 15_000, what: 'four people' });
    expect(await world.counted()).toEqual({ '*': 4, Hundred: 4 });
  });

  test('of refused requests are not counted', async () => {
    await using world = await start(home);

    expect((await world.chat('ada', { model: 'scholar@1' })).status).toBe(403);
    expect((await world.chat('bob')).status).toBe(200);

    await waitFor(async () => ((await world.counted())['*'] !== undefined ? true : undefined));
    expect(await world.counted()).toEqual({ '*': 1, Hundred: 1 });
  });

  test('over the limit of a licence end its use: the hundred and first is counted, and the next request is denied with the number', async () => {
    await using world = await start(home);
    const { gateway, chat, month } = world;
    // A count is an estimate; of these names no two fall into one register, in neither store.
    const answers = await Promise.all(Array.from({ length: 101 }, async (_, n) => (await chat(`person ${n}`)).status));
    expect(new Set(answers)).toEqual(new Set([200]));
    await waitFor(async () => ((await world.counted())['Hundred'] ?? 0) > 100 || undefined, { what: 'a hundred and one people' });
    const report = await world.report();

    // What the registry does with a report that crosses a limit: see its own tests.
    gateway.facts.snapshot.countedUsers = report.map(({ family, month: of, users }) => ({ family, month: of, users }));
    gateway.publishFacts();
    const refused = await chat('person 7');

    const counted = report.find(({ family, month: of }) => family === 'Hundred' && of === month)?.users;
    expect(counted).toBe(101);
    expect(refused.status).toBe(403);
    expect(JSON.stringify(await refused.json())).toMatch(/counted 101 distinct end users in \d{4}-\d\d/);
  }, 30_000);
});
