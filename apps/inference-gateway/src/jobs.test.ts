import { inferenceQueues } from '@weighbridge/inference-contracts';
import type { Job, JobSummary, Receipt } from '@weighbridge/inference-contracts';
import { createBudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import { newId } from '@weighbridge/shared-adapters/ids';
import { createProducer } from '@weighbridge/shared-adapters/queue';
import { createTestDatabase, startTestRedis, waitFor } from '@weighbridge/shared-testing';
import type { TestDatabase, TestRedis } from '@weighbridge/shared-testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { housekeepingTasks } from './operations/keep-house.ts';
import { startStandInWorker } from './testing/stand-in-worker.ts';
import type { StandInBehaviour } from './testing/stand-in-worker.ts';
import { startTestGateway } from './testing/test-gateway.ts';
import type { TestGateway, TestGatewayOptions } from './testing/test-gateway.ts';

let database: TestDatabase;
let redis: TestRedis;

beforeAll(async () => {
  [database, redis] = await Promise.all([createTestDatabase({ scopes: ['inference', 'queue'] }), startTestRedis()]);
});
afterAll(async () => {
  await redis.stop();
  await database.close();
});

const queueUrls = { redis: () => redis.url, postgres: () => database.urlFor('inference') };
type Home = keyof typeof queueUrls;

const startGateway = (home: Home = 'redis', options: Partial<TestGatewayOptions> = {}) => startTestGateway({ databaseUrl: database.urlFor('inference'), queueUrl: queueUrls[home](), ...options });

async function start(home: Home = 'redis', behaviour: StandInBehaviour = {}) {
  const gateway = await startGateway(home);
  const worker = await startStandInWorker(gateway, behaviour);
  return {
    gateway,
    worker,
    [Symbol.asyncDispose]: async () => {
      await worker[Symbol.asyncDispose]();
      await gateway[Symbol.asyncDispose]();
    },
  };
}

const newJob = (text: string, more: object = {}) => ({ model: 'abacus:production', input: { messages: [{ role: 'user', content: text }], max_completion_tokens: 20 }, ...more });
const post = async (gateway: TestGateway, text: string, more: object = {}, init: object = {}) => {
  const response = await gateway.request('/v1/jobs', { json: newJob(text, more), ...init });
  expect(response.status).toBe(202);
  return (await response.json()) as Job;
};
const get = async <T = Job>(gateway: TestGateway, path: string, init: object = {}) => (await (await gateway.request(path, init)).json()) as T;
const finished = (gateway: TestGateway, id: string) =>
  waitFor(async () => {
    const job = await get(gateway, `/v1/jobs/${id}`);
    return job.finishedAt === null ? undefined : job;
  });

describe.each(['redis', 'postgres'] as const)('a background job on %s', (home) => {
  test('is accepted, worked on, and answers with output, cost and receipt', async () => {
    await using world = await start(home);

    const accepted = await post(world.gateway, 'six times seven', { tags: { team: 'search' } });
    const job = await finished(world.gateway, accepted.id);
    const receipt = await get<Receipt>(world.gateway, `/v1/jobs/${accepted.id}/receipt`);

    expect(accepted).toMatchObject({ status: 'queued', lane: 'background', resolved: { model: 'abacus', version: '1' }, output: null, tags: { team: 'search' } });
    expect(job).toMatchObject({ status: 'succeeded', attempts: 1, costUsd: '0.000037', createdAt: accepted.createdAt, output: { choices: [{ message: { content: 'echo: six times seven' } }] } });
    expect(receipt).toMatchObject({ jobId: accepted.id, decision: { outcome: 'allow' }, attempts: [{ outcome: 'succeeded' }], costUsd: '0.000037', route: { candidates: [expect.any(String)] } });
  });

  test('streams its states until the last one', async () => {
    const gate = Promise.withResolvers<void>();
    await using world = await start(home, { before: () => gate.promise });
    const { id } = await post(world.gateway, 'hi');

    const events = await world.gateway.request(`/v1/jobs/${id}/events`);
    await waitFor(() => world.worker.seen.includes(id));
    gate.resolve();
    const text = await events.text();

    expect(events.headers.get('content-type')).toContain('text/event-stream');
    expect(text).toMatch(/^event: (queued|running)\n/);
    expect(text).toMatch(/event: succeeded\ndata: \{.*"status":"succeeded".*\}\n\n$/);
  });
});

describe('a job', () => {
  test('that nobody works on yet is cancelled at once, and its hold is free', async () => {
    await using gateway = await startGateway();
    const { id } = await post(gateway, 'hi');

    const cancelled = await get(gateway, `/v1/jobs/${id}`, { method: 'DELETE' });

    expect(cancelled).toMatchObject({ status: 'cancelled', error: { code: 'job.cancelled' } });
    expect(await createBudgetHolds(gateway.home).inspect(id)).toBeNull();
  });

  test('in flight is cancelled, its worker is told, and a finished one stays as it is', async () => {
    const gate = Promise.withResolvers<void>();
    await using world = await start('redis', { before: () => gate.promise });
    const { id } = await post(world.gateway, 'hi');
    await waitFor(() => world.worker.seen.includes(id));

    const cancelled = await get(world.gateway, `/v1/jobs/${id}`, { method: 'DELETE' });
    await waitFor(() => world.worker.cancelled.has(id));
    gate.resolve();
    const again = await get(world.gateway, `/v1/jobs/${id}`, { method: 'DELETE' });

    expect([cancelled.status, again.status]).toEqual(['cancelled', 'cancelled']);
    expect(again.finishedAt).toBe(cancelled.finishedAt);
  });

  test('with an Idempotency-Key is made once, and another body is refused', async () => {
    await using world = await start();
    const init = { headers: { 'idempotency-key': crypto.randomUUID() } };

    const first = await post(world.gateway, 'hi', {}, init);
    const again = await world.gateway.request('/v1/jobs', { json: newJob('hi'), ...init });
    const other = await world.gateway.request('/v1/jobs', { json: newJob('ho'), ...init });

    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await again.json()).toEqual(first);
    expect(other.status).toBe(422);
    expect(other.headers.get('content-type')).toContain('application/problem+json');
  });

  test('whose first request was lost after it was stored is answered as it stands, and nothing is held for it again', async () => {
    await using world = await start();
    const init = { headers: { 'idempotency-key': crypto.randomUUID() } };
    const { id } = await post(world.gateway, 'hi', {}, init);
    await finished(world.gateway, id);
    const holds = createBudgetHolds(world.gateway.home);
    await waitFor(async () => (await holds.inspect(id)) === null);
    await world.gateway.pool.query(`update idempotency_record set status = null, headers = null, body = null, lease_until = now() - interval '1 second' where resource_id = $1`, [id]);

    const again = await post(world.gateway, 'hi', {}, init);

    expect(again).toMatchObject({ id, status: 'succeeded' });
    expect(await holds.inspect(id)).toBeNull();
  });

  test('is queued again when the queue has forgotten it (P1)', async () => {
    await using gateway = await startGateway('redis', { redispatchAfterMs: 0 });
    const { id } = await post(gateway, 'remember me');
    const waiting = () => createProducer(gateway.home, inferenceQueues).remove('inference', `${id}.0`, { suffix: 'default' });
    await waiting();
    await using worker = await startStandInWorker(gateway);

    expect(await finished(gateway, id)).toMatchObject({ status: 'succeeded' });
    expect(worker.seen.filter((seen) => seen === id)).toHaveLength(1);
  });

  test('expires when nobody took it in time', async () => {
    await using gateway = await startGateway();
    const { id } = await post(gateway, 'hi', { expiresAt: new Date(Date.now() + 60_000).toISOString() });
    await gateway.pool.query(`update job set expires_at = now() - interval '1 second' where id = $1`, [id]);

    const job = await waitFor(async () => {
      const found = await get(gateway, `/v1/jobs/${id}`);
      return found.status === 'expired' ? found : undefined;
    });

    expect(job.error).toMatchObject({ code: 'job.expired' });
  });

  test.each([
    { what: 'a licence that denies', body: { ...newJob('hi'), model: 'scholar' }, status: 403, code: 'license.denied' },
    { what: 'a field that is not known', body: { ...newJob('hi'), colour: 'red' }, status: 400, code: 'request.invalid' },
    { what: 'an expiry in the past', body: newJob('hi', { expiresAt: '2020-01-01T00:00:00Z' }), status: 400, code: 'request.invalid' },
    { what: 'a use case of nobody', body: newJob('hi', { useCaseId: newId('useCase') }), status: 400, code: 'request.invalid' },
  ])('with $what is refused: $status $code', async ({ body, status, code }) => {
    await using gateway = await startGateway();

    const response = await gateway.request('/v1/jobs', { json: body });

    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code, status });
  });
});

describe('jobs of another project', () => {
  test('are not found, not cancelled, not listed and not counted (P6)', async () => {
    await using gateway = await startGateway();
    const { id } = await post(gateway, 'secret');
    const token = gateway.facts.rival.runner.token;

    const answers = await Promise.all([`/v1/jobs/${id}`, `/v1/jobs/${id}/receipt`, `/v1/jobs/${id}/events`].map((path) => gateway.request(path, { token })));
    const cancel = await gateway.request(`/v1/jobs/${id}`, { token, method: 'DELETE' });
    const list = await get<{ data: JobSummary[] }>(gateway, '/v1/jobs', { token });
    const summary = await get<{ counts: Record<string, number> }>(gateway, '/v1/jobs/summary', { token });
    const named = await gateway.request(`/v1/jobs?project=${gateway.facts.search.id}`, { token });

    expect([...answers, cancel, named].map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(list.data).toEqual([]);
    expect(summary.counts['queued']).toBe(0);
    expect(await get(gateway, `/v1/jobs/${id}`)).toMatchObject({ status: 'queued' });
  });

  test('are seen by a key of the platform', async () => {
    await using gateway = await startGateway();
    const { id } = await post(gateway, 'hi');
    const token = gateway.facts.platformToken;

    expect(await get(gateway, `/v1/jobs/${id}`, { token })).toMatchObject({ id });
    expect((await get<{ data: JobSummary[] }>(gateway, `/v1/jobs?project=${gateway.facts.search.id}`, { token })).data.map((job) => job.id)).toEqual([id]);
  });
});

test('lists page by cursor', async () => {
  await using gateway = await startGateway();
  const ids: string[] = [];
  for (let index = 0; index < 5; index += 1) ids.unshift((await post(gateway, `job ${index}`)).id);

  const first = await get<{ data: JobSummary[]; nextCursor: string }>(gateway, '/v1/jobs?limit=3');
  const second = await get<{ data: JobSummary[]; nextCursor: string | null }>(gateway, `/v1/jobs?limit=3&cursor=${first.nextCursor}`);

  expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(ids);
  expect(second.nextCursor).toBeNull();
});

describe('evaluation jobs', () => {
  const samples = (gateway: TestGateway, runId: string, keys: readonly string[], model = 'abacus@1') => ({
    runId,
    projectId: gateway.facts.search.id,
    keyId: null,
    useCaseId: gateway.facts.search.useCaseId,
    jobs: keys.map((key) => ({ key, model, input: { messages: [{ role: 'user', content: key }], max_completion_tokens: 20 } })),
  });
  const create = (gateway: TestGateway, body: object) => gateway.request('/v1/evaluation-jobs', { token: gateway.serviceToken, json: body });

  test('are taken in one call, a repeated call adds none, and their ends come in one order without gaps', async () => {
    await using world = await start();
    const { gateway } = world;
    const [runId, token] = [newId('run'), gateway.serviceToken];
    const keys = Array.from({ length: 60 }, (_, index) => `sample ${index}`);

    const first = await create(gateway, samples(gateway, runId, keys));
    const again = await create(gateway, samples(gateway, runId, keys));
    const seen: { sequence: number; key: string; text: string }[] = [];
    while (seen.length < keys.length) {
      const page = await get<{ data: typeof seen; finished: number; total: number }>(gateway, `/v1/evaluation-jobs?runId=${runId}&after=${seen.at(-1)?.sequence ?? 0}&limit=25&waitMs=5000`, { token });
      expect(page.total).toBe(60);
      seen.push(...page.data);
    }

    expect([first.status, await first.json(), await again.json()]).toEqual([202, { accepted: 60, refused: [] }, { accepted: 60, refused: [] }]);
    expect(seen.map(({ sequence }) => sequence)).toEqual(keys.map((_, index) => index + 1));
    expect(new Set(seen.map(({ key, text }) => `${key} ${text}`))).toEqual(new Set(keys.map((key) => `${key} echo: ${key}`)));
    expect(await createBudgetHolds(gateway.home).outstanding(gateway.gatewayId)).toMatchObject({ holds: 0 });
  });

  test('that are refused are told by key, and the others run', async () => {
    await using world = await start();
    const { gateway } = world;
    const runId = newId('run');
    const body = samples(gateway, runId, ['a', 'b']);
    body.jobs.push(...samples(gateway, runId, ['c'], 'scholar').jobs);

    expect(await (await create(gateway, body)).json()).toMatchObject({ accepted: 2, refused: [{ key: 'c', code: 'license.denied' }] });
  });

  test('of a cancelled run end, and no more are taken', async () => {
    await using gateway = await startGateway();
    const [runId, token] = [newId('run'), gateway.serviceToken];
    await create(gateway, samples(gateway, runId, ['a', 'b', 'c']));

    const cancelled = await gateway.request(`/v1/evaluation-jobs/${runId}`, { token, method: 'DELETE' });
    const late = await create(gateway, samples(gateway, runId, ['d']));

    expect(await cancelled.json()).toEqual({ cancelled: 3 });
    expect(late.status).toBe(409);
    expect(await createBudgetHolds(gateway.home).outstanding(gateway.gatewayId)).toMatchObject({ holds: 0 });
  });

  test('are for the services of this installation only', async () => {
    await using gateway = await startGateway();

    expect((await gateway.request('/v1/evaluation-jobs', { json: samples(gateway, newId('run'), ['a']) })).status).toBe(403);
    expect((await gateway.request('/v1/evaluation-jobs', { token: gateway.facts.platformToken, json: samples(gateway, newId('run'), ['a']) })).status).toBe(403);
  });
});

test('every housekeeping task of the contract has its work', () => {
  expect(Object.keys(housekeepingTasks).toSorted()).toEqual(['advance-batches', 'expire-jobs', 'purge-idempotency', 'purge-webhooks', 'reconcile-jobs', 'report-end-users']);
});
