import { budgetAccountId } from '@weighbridge/cost-domain';
import { createBudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import { newId } from '@weighbridge/shared-adapters/ids';
import { parseUsd } from '@weighbridge/shared-domain';
import { createTestDatabase, startTestRedis, waitFor } from '@weighbridge/shared-testing';
import type { TestDatabase, TestRedis } from '@weighbridge/shared-testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStandInWorker } from './testing/stand-in-worker.ts';
import type { StandInBehaviour } from './testing/stand-in-worker.ts';
import { createTestFacts } from './testing/test-facts.ts';
import { startTestGateway } from './testing/test-gateway.ts';
import type { TestGatewayOptions } from './testing/test-gateway.ts';

let database: TestDatabase;
let redis: TestRedis;

beforeAll(async () => {
  [database, redis] = await Promise.all([createTestDatabase({ scopes: ['inference', 'queue'] }), startTestRedis()]);
});
afterAll(async () => {
  await redis.stop();
  await database.close();
});

async function start(behaviour: StandInBehaviour = {}, options: Partial<TestGatewayOptions> = {}) {
  const gateway = await startTestGateway({ databaseUrl: database.urlFor('inference'), queueUrl: redis.url, facts: createTestFacts(), ...options });
  const worker = await startStandInWorker(gateway, behaviour);
  return {
    gateway,
    worker,
    held: async () => (await createBudgetHolds(gateway.home).outstanding(gateway.gatewayId)).holds,
    [Symbol.asyncDispose]: async () => {
      await worker[Symbol.asyncDispose]();
      await gateway[Symbol.asyncDispose]();
    },
  };
}

const doors = [
  { path: '/v1/chat/completions', body: { messages: [{ role: 'user', content: 'hi' }] } },
  { path: '/v1/completions', body: { prompt: 'hi' } },
  { path: '/v1/embeddings', body: { input: 'hi' } },
  { path: '/v1/responses', body: { input: 'hi' } },
  { path: '/v1/responses', body: { input: 'hi', background: true } },
];

describe.each(doors)('POST $path $body', ({ path, body }) => {
  test('refuses as every other door does, before anything is held', async () => {
    await using world = await start();
    const answer = async (model: string, init: { token?: string; headers?: Record<string, string> } = {}) => {
      const response = await world.gateway.request(path, { json: { ...body, model }, ...init });
      const { error } = (await response.json()) as { error: { code: string; type: string; message: string; param: unknown; weighbridge: unknown } };
      expect(error).toEqual(expect.objectContaining({ message: expect.any(String), type: expect.any(String), param: null }));
      return [response.status, error.code, response.headers.get('x-should-retry')];
    };

    expect(await answer('scholar')).toEqual([403, 'policy_denied', 'false']);
    expect(await answer('mystery')).toEqual([403, 'approval_required', 'false']);
    expect(await answer('nobody')).toEqual([404, 'model_not_found', null]);
    expect(await answer('idle')).toEqual([503, 'no_healthy_backend', null]);
    expect(await answer('unpriced')).toEqual([403, 'price_unknown', 'false']);
    expect(await answer('abacus', { token: 'wb_wrong' })).toEqual([401, 'invalid_api_key', null]);
    expect(await world.held()).toBe(0);
    expect(world.worker.seen).toEqual([]);
  });

  test('counts against the requests a minute, with the headers that clients wait by', async () => {
    const facts = createTestFacts();
    facts.snapshot.keys = facts.snapshot.keys.map((key) => (key.id === facts.search.runner.id ? { ...key, requestsPerMinute: 1 } : key));
    await using world = await start({}, { facts });
    const call = () => world.gateway.request(path, { json: { ...body, model: 'abacus' } });

    const [first, second] = [await call(), await call()];

    expect([first.status, second.status]).toEqual([200, 429]);
    expect(first.headers.get('x-ratelimit-remaining-requests')).toBe('0');
    expect(Object.fromEntries(second.headers)).toMatchObject({ 'x-ratelimit-limit-requests': '1', 'retry-after': expect.stringMatching(/^\d+$/), 'x-request-id': expect.stringMatching(/^req_/) });
  });

  test('gives the first reply again for the same Idempotency-Key, and refuses it for another body', async () => {
    await using world = await start();
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const call = (more: object = {}) => world.gateway.request(path, { json: { ...body, model: 'abacus', ...more }, headers });

    const first = await call();
    const again = await call();
    const other = await call({ user: 'someone else' });

    expect([first.status, again.status, other.status]).toEqual([200, 200, 422]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await again.text()).toBe(await first.text());
    await waitFor(() => world.worker.seen.length === 1);
  });

  test.each([
    { what: 'no JSON', json: undefined, status: 400, code: 'invalid_json' },
    { what: 'nothing in it', json: {}, status: 400, code: 'invalid_value' },
    { what: 'a model that is no text', json: { ...body, model: 7 }, status: 400, code: 'invalid_value' },
  ])('refuses a body with $what: $status $code', async ({ json, status, code }) => {
    await using world = await start();

    const response = await world.gateway.request(path, { method: 'POST', body: json === undefined ? '{' : JSON.stringify(json) });

    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code, type: 'invalid_request_error' } });
  });
});

describe('a field that cannot be obeyed', () => {
  test.each([
    { path: '/v1/completions', body: { prompt: 'hi', echo: true }, param: 'echo' },
    { path: '/v1/completions', body: { prompt: 'hi', suffix: 'x' }, param: 'suffix' },
    { path: '/v1/completions', body: { prompt: [1, 2] }, param: 'prompt' },
    { path: '/v1/responses', body: { input: 'hi', previous_response_id: 'resp_1' }, param: 'previous_response_id' },
    { path: '/v1/responses', body: { input: 'hi', tools: [{ type: 'web_search' }] }, param: 'tools.0.type' },
    { path: '/v1/responses', body: { input: 'hi', background: true, store: false }, param: 'store' },
  ])('of $path is named: $param', async ({ path, body, param }) => {
    await using world = await start();

    const response = await world.gateway.request(path, { json: { ...body, model: 'abacus' } });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'unsupported_parameter', type: 'invalid_request_error', param, message: expect.stringContaining(param) } });
  });

  test('embeddings of a model that only llama.cpp runs are refused before anything is held', async () => {
    const facts = createTestFacts();
    facts.snapshot.deployments = facts.snapshot.deployments.map((deployment) => (deployment.model === 'abacus' ? { ...deployment, backend: { kind: 'llama-cpp', artifact: 'a.gguf', sha256: 'a'.repeat(64) } } : deployment));
    await using world = await start({}, { facts });

    const response = await world.gateway.request('/v1/embeddings', { json: { model: 'abacus', input: 'hi' } });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'unsupported_parameter', message: expect.stringContaining('no embeddings') } });
    expect(await world.held()).toBe(0);
  });
});

describe('a completion of several prompts', () => {
  const prompts = (count: number) => ({ model: 'abacus', prompt: Array.from({ length: count }, (_, index) => `p${index}`), max_tokens: 100 });

  test('is admitted whole or not at all: what was held is free again', async () => {
    const facts = createTestFacts();
    const budget = { id: newId('budget'), name: 'small', projectId: facts.search.id, keyId: null, useCaseId: null, kind: 'hard' as const, period: 'month' as const, limitUsd: '0.005', createdAt: '2026-01-01T00:00:00.000Z' };
    facts.costs.budgets = [budget];
    await using world = await start({}, { facts });
    const holds = createBudgetHolds(world.gateway.home);
    const accountId = budgetAccountId(budget, new Date());
    await holds.configure([{ accountId, kind: 'hard', limitPicoUsd: parseUsd('0.005'), spentPicoUsd: 0n }]);

    const refused = await world.gateway.request('/v1/completions', { json: prompts(8) });

    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ error: { code: 'budget_exceeded', type: 'insufficient_quota' } });
    expect(world.worker.seen).toEqual([]);
    const [account] = await holds.status([accountId]);
    expect([account?.heldPicoUsd, account?.spentPicoUsd]).toEqual([0n, 0n]);
    expect((await world.gateway.request('/v1/completions', { json: prompts(2) })).status).toBe(200);
  });

  test('of which one fails gives the others up', async () => {
    const gate = Promise.withResolvers<void>();
    await using world = await start({
      answer: (text) => (text === 'p0' ? { code: 'backend.unavailable', message: 'No model server can take the request right now.' } : text),
      before: (text) => (text === 'p0' ? waitFor(() => world.worker.seen.length === 3).then(() => undefined) : gate.promise),
    });

    const response = await world.gateway.request('/v1/completions', { json: prompts(3) });

    expect(response.status).toBe(503);
    await waitFor(() => world.worker.cancelled.size === 2);
    gate.resolve();
  });

  test('streams each with its own index', async () => {
    await using world = await start();

    const text = await (await world.gateway.request('/v1/completions', { json: { ...prompts(2), stream: true } })).text();
    const events = text.split('\n\n').filter(Boolean).map((event) => event.slice('data: '.length));
    const pieces = events.slice(0, -1).map((event) => JSON.parse(event) as { choices: { index: number; text: string }[] });

    expect(events.at(-1)).toBe('[DONE]');
    for (const index of [0, 1]) expect(pieces.flatMap(({ choices }) => choices).filter((choice) => choice.index === index).map((choice) => choice.text).join('')).toBe(`echo: p${index}`);
  });
});

describe('a streamed response', () => {
  test('is given again for the same Idempotency-Key, event for event', async () => {
    await using world = await start();
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const call = () => world.gateway.request('/v1/responses', { json: { model: 'abacus', input: 'one two', stream: true }, headers });

    const first = await (await call()).text();
    const again = await waitFor(async () => {
      const response = await call();
      return response.status === 200 ? response : undefined;
    });

    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await again.text()).toBe(first);
    expect(first).toContain('event: response.output_text.delta');
    expect(first).toContain('"weighbridge":{"cost_usd":"0.000037"}');
    expect(world.worker.seen).toHaveLength(1);
  });

  test('whose backend fails before the first token has the status of the error', async () => {
    await using world = await start({ answer: () => ({ code: 'backend.unavailable', message: 'No model server can take the request right now.' }) });

    const response = await world.gateway.request('/v1/responses', { json: { model: 'abacus', input: 'hi', stream: true } });

    expect(response.status).toBe(503);
  });

  test('whose client leaves is given up', async () => {
    const gate = Promise.withResolvers<void>();
    await using world = await start({ before: () => gate.promise });
    const gone = new AbortController();

    const call = world.gateway.request('/v1/responses', { json: { model: 'abacus', input: 'hi', stream: true }, signal: gone.signal });
    await waitFor(() => world.worker.seen.length === 1);
    gone.abort();

    await expect(call).rejects.toThrow();
    await waitFor(() => world.worker.cancelled.has(world.worker.seen[0]!));
    gate.resolve();
  });
});

describe('what is kept of a response', () => {
  test('is nothing unless it ran in the background', async () => {
    await using world = await start();

    const made = (await (await world.gateway.request('/v1/responses', { json: { model: 'abacus', input: 'hi', store: true } })).json()) as { id: string; store: boolean };
    const found = await world.gateway.request(`/v1/responses/${made.id}`);

    expect(made.store).toBe(false);
    expect(found.status).toBe(404);
    expect(await found.json()).toMatchObject({ error: { type: 'not_found_error', message: expect.stringContaining('background') } });
    expect((await world.gateway.request('/v1/responses/nonsense')).status).toBe(404);
    expect((await world.gateway.request(`/v1/responses/${made.id}/cancel`, { method: 'POST' })).status).toBe(404);
  });

  test('is the same job that GET /v1/jobs shows, failures too', async () => {
    await using world = await start({ answer: () => ({ code: 'backend.rejected', message: 'The prompt is too long.' }) });

    const made = (await (await world.gateway.request('/v1/responses', { json: { model: 'abacus', input: 'hi', instructions: 'Be brief.', background: true } })).json()) as { id: string; status: string };
    const failed = await waitFor(async () => {
      const response = (await (await world.gateway.request(`/v1/responses/${made.id}`)).json()) as { status: string; error: unknown };
      return response.status === 'failed' ? response : undefined;
    });
    const job = (await (await world.gateway.request(`/v1/jobs/${made.id.replace('resp_', 'job_')}`)).json()) as object;

    expect(failed.error).toEqual({ code: 'upstream_rejected', message: 'The prompt is too long.' });
    expect(job).toMatchObject({ status: 'failed', lane: 'background', model: 'abacus', input: { messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'hi' }] } });
  });
});
