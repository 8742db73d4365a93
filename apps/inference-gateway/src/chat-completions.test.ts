import { budgetAccountId } from '@weighbridge/cost-domain';
import { createBudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import { approvalGrounds, licenseCatalogue } from '@weighbridge/registry-domain';
import type { License } from '@weighbridge/registry-domain';
import { newId } from '@weighbridge/shared-adapters/ids';
import { parseUsd } from '@weighbridge/shared-domain';
import { createTestDatabase, startTestRedis, waitFor } from '@weighbridge/shared-testing';
import type { TestDatabase, TestRedis } from '@weighbridge/shared-testing';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStandInWorker } from './testing/stand-in-worker.ts';
import type { StandInBehaviour } from './testing/stand-in-worker.ts';
import { createTestFacts } from './testing/test-facts.ts';
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

async function start(home: Home, behaviour: StandInBehaviour = {}, options: Partial<TestGatewayOptions> = {}) {
  const gateway = await startTestGateway({ databaseUrl: database.urlFor('inference'), queueUrl: queueUrls[home](), facts: createTestFacts(), ...options });
  const worker = await startStandInWorker(gateway, behaviour);
  const openai = (token = gateway.facts.search.runner.token) => new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: token, maxRetries: 0 });
  return {
    gateway,
    worker,
    openai,
    [Symbol.asyncDispose]: async () => {
      await worker[Symbol.asyncDispose]();
      await gateway[Symbol.asyncDispose]();
    },
  };
}

const ask = (text: string, more: object = {}) => ({ model: 'abacus:production', messages: [{ role: 'user' as const, content: text }], ...more });
const held = (gateway: TestGateway) => createBudgetHolds(gateway.home).outstanding(gateway.gatewayId);

describe.each(['redis', 'postgres'] as const)('chat completions on %s', (home) => {
  test('are answered, with the model as it was asked for, usage, cost and decision', async () => {
    await using world = await start(home);

    const { data, response } = await world.openai().chat.completions.create(ask('two and two')).withResponse();

    expect(data).toMatchObject({ object: 'chat.completion', model: 'abacus:production', choices: [{ message: { role: 'assistant', content: 'echo: two and two' }, finish_reason: 'stop' }] });
    expect(data.usage).toMatchObject({ prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'x-weighbridge-cost-usd': '0.000037',
      'x-weighbridge-decision': 'allow',
      'x-weighbridge-model': 'abacus@1',
      'x-request-id': expect.stringMatching(/^req_/),
    });
  });

  test('with a text that no queue and no ledger could keep are refused before anything is held', async () => {
    await using world = await start(home);

    const texts = ['a\0', 'half an emoji \ud83d'];
    const refusals = await Promise.all(texts.map((text) => world.openai().chat.completions.create(ask(text)).catch((error: unknown) => error)));
    const tagged = await world.openai().chat.completions.create(ask('hi', { metadata: { team: 'a\0' } })).catch((error: unknown) => error);

    for (const refusal of [...refusals, tagged]) expect(refusal).toMatchObject({ status: 400, code: 'invalid_json', message: expect.stringContaining('U+0000') });
    expect(await held(world.gateway)).toMatchObject({ holds: 0 });
  });

  test('are streamed in chunks that the openai package puts together', async () => {
    await using world = await start(home);

    const stream = await world.openai().chat.completions.create({ ...ask('one two three'), stream: true, stream_options: { include_usage: true } });
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);

    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe('echo: one two three');
    expect(chunks[0]!.choices[0]!.delta).toEqual({ role: 'assistant', content: '' });
    expect(new Set(chunks.map(({ id, model, created }) => `${id} ${model} ${created}`)).size).toBe(1);
    expect(chunks.filter((chunk) => chunk.choices[0]?.finish_reason)).toHaveLength(1);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 10, weighbridge: { cost_usd: '0.000037' } } });
  });

  test('that the client leaves are cancelled at the worker', async () => {
    const gate = Promise.withResolvers<void>();
    await using world = await start(home, { before: () => gate.promise });
    const gone = new AbortController();

    const call = world.openai().chat.completions.create(ask('never mind'), { signal: gone.signal });
    await waitFor(() => world.worker.seen.length === 1);
    gone.abort();

    await expect(call).rejects.toThrow(OpenAI.APIUserAbortError);
    await waitFor(() => world.worker.cancelled.has(world.worker.seen[0]!));
    gate.resolve();
  });
});

describe('a stream', () => {
  test('without include_usage has no chunk without choices', async () => {
    await using world = await start('redis');

    const text = await (await world.gateway.request('/v1/chat/completions', { json: ask('hi there', { stream: true }) })).text();
    const events = text.split('\n\n').filter(Boolean);

    expect(events.at(-1)).toBe('data: [DONE]');
    for (const event of events.slice(0, -1)) expect(JSON.parse(event.slice('data: '.length))).toMatchObject({ choices: [{ index: 0 }] });
  });

  test('of which a message was lost ends with an error and without [DONE]', async () => {
    await using world = await start('redis', { sends: (replies) => replies.filter((_, index) => index !== 2) });

    const stream = await world.openai().chat.completions.create({ ...ask('one two three four'), stream: true });
    const read = async () => {
      for await (const _ of stream);
    };

    await expect(read()).rejects.toThrow(/lost on its way/);
  });

  test('whose backend fails before the first token has the status of the error', async () => {
    await using world = await start('redis', { answer: () => ({ code: 'backend.unavailable', message: 'No model server can take the request right now.' }) });

    const response = await world.gateway.request('/v1/chat/completions', { json: ask('hi', { stream: true }) });

    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { type: 'server_error', code: 'overloaded', param: null, weighbridge: { code: 'backend.unavailable' } } });
  });
});

describe('a call', () => {
  test('whose answer gets lost is told so instead of waiting for the deadline', async () => {
    await using world = await start('redis', { sends: () => [] }, { silentMs: 100 });

    const response = await world.gateway.request('/v1/chat/completions', { json: ask('hi') });

    expect(response.status).toBe(502);
  });

  test('that no worker takes ends at its deadline, and its hold and message are gone', async () => {
    await using gateway = await startTestGateway({ databaseUrl: database.urlFor('inference'), queueUrl: redis.url, requestTimeoutMs: 300 });

    const response = await gateway.request('/v1/chat/completions', { json: ask('hi') });

    expect(response.status).toBe(504);
    await waitFor(async () => (await held(gateway)).holds === 0);
  });

  test('whose client leaves before a worker has it frees its hold', async () => {
    await using gateway = await startTestGateway({ databaseUrl: database.urlFor('inference'), queueUrl: redis.url });
    const gone = new AbortController();

    const call = gateway.request('/v1/chat/completions', { json: ask('hi'), signal: gone.signal });
    await waitFor(async () => (await held(gateway)).holds === 1);
    gone.abort();

    await expect(call).rejects.toThrow();
    await waitFor(async () => (await held(gateway)).holds === 0);
  });
});

describe.each(['redis', 'postgres'] as const)('calls that travel together on %s', (home) => {
  test('are answered each with its own answer, and one whose client leaves keeps none of the others', async () => {
    await using gateway = await startTestGateway({ databaseUrl: database.urlFor('inference'), queueUrl: queueUrls[home]() });
    const gone = new AbortController();
    const texts = ['leaves', 'stays', 'stays too'];
    const calls = texts.map((text) => gateway.request('/v1/chat/completions', { json: ask(text), ...(text === 'leaves' ? { signal: gone.signal } : {}) }));
    await waitFor(async () => (await held(gateway)).holds === 3);

    gone.abort();
    await expect(calls[0]).rejects.toThrow();
    await waitFor(async () => (await held(gateway)).holds === 2);
    await using _worker = await startStandInWorker(gateway);
    const answers = await Promise.all(calls.slice(1).map(async (call) => ((await (await call).json()) as OpenAI.ChatCompletion).choices[0]?.message.content));

    expect(answers).toEqual(['echo: stays', 'echo: stays too']);
    await waitFor(async () => (await held(gateway)).holds === 0);
  });
});

describe('refusals', () => {
  test('of the licence carry reasons with clauses, and tell clients not to try again', async () => {
    await using world = await start('redis');

    const error = await world.openai().chat.completions.create({ ...ask('hi'), model: 'scholar' }).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(OpenAI.PermissionDeniedError);
    expect(error).toMatchObject({ status: 403, code: 'policy_denied', type: 'permission_error' });
    expect((error as { error: object }).error).toMatchObject({
      decision: 'deny',
      reasons: [expect.objectContaining({ code: 'limit:non-commercial', license: 'CC-BY-NC-4.0', clause: expect.any(String) })],
      weighbridge: { code: 'license.denied' },
    });
    expect((error as { headers?: Headers }).headers?.get('x-should-retry')).toBe('false');
    expect(world.worker.seen).toEqual([]);
  });

  test('by a limit end when the organisation has negotiated another entry, and come back when that is withdrawn', async () => {
    await using world = await start('redis');
    const { facts } = world.gateway;
    const llama = licenseCatalogue.get('LicenseRef-Llama-3.1') as License;
    facts.snapshot.useCases = facts.snapshot.useCases.map((useCase) => ({ ...useCase, facts: { ...useCase.facts, monthlyActiveUsers: 712_000_000 } }));
    facts.snapshot.versions = facts.snapshot.versions.map((version) => (version.ref === 'scholar@1' ? { ...version, license: llama.id } : version));
    const statusWith = async (licenses: License[]) => {
      facts.snapshot.licenses = licenses;
      world.gateway.publishFacts();
      return (await world.gateway.request('/v1/chat/completions', { json: { ...ask('hi'), model: 'scholar' } })).status;
    };

    expect(await statusWith([])).toBe(403);
    expect(await statusWith([{ ...llama, limits: [] }])).toBe(200);
    expect(await statusWith([])).toBe(403);
  });

  test('by a limit begin when more people were counted than declared', async () => {
    await using world = await start('redis');
    const { facts } = world.gateway;
    facts.snapshot.versions = facts.snapshot.versions.map((version) => (version.ref === 'scholar@1' ? { ...version, license: 'LicenseRef-Llama-3.1' } : version));
    const answerWith = async (users: number) => {
      facts.snapshot.countedUsers = [{ family: 'Llama', month: '2026-11', users }];
      world.gateway.publishFacts();
      return world.gateway.request('/v1/chat/completions', { json: { ...ask('hi'), model: 'scholar' } });
    };

    expect((await answerWith(700_000_000)).status).toBe(200);
    const refused = await answerWith(700_000_001);
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('counted 700,000,001 distinct end users in 2026-11');
  });

  test('for a review stay where what was approved is not what is in doubt now', async () => {
    await using world = await start('redis');
    const { facts } = world.gateway;
    const approveFor = (reasons: Parameters<typeof approvalGrounds>[0]['reasons']) => {
      facts.snapshot.approvals = [{ id: newId('approval'), projectId: facts.search.id, useCaseId: facts.search.useCaseId, model: 'mystery@1', grounds: approvalGrounds({ reasons }), expiresAt: new Date(Date.now() + 60_000).toISOString() }];
      world.gateway.publishFacts();
    };
    const call = () => world.gateway.request('/v1/chat/completions', { json: { ...ask('hi'), model: 'mystery' } });
    const doubt = { code: 'unknown-license', license: null, clause: null, version: 'mystery@1', via: null, message: '' };

    approveFor([{ ...doubt, version: 'another@1' }]);
    expect((await call()).status).toBe(403);
    approveFor([doubt]);
    expect((await call()).status).toBe(200);
  });

  test('for a review end with an approval, and come back when it has expired', async () => {
    await using world = await start('redis');
    const { facts } = world.gateway;
    const call = () => world.gateway.request('/v1/chat/completions', { json: { ...ask('hi'), model: 'mystery' } });
    const approve = (expiresAt: Date, grounds: string[] | null = null) => {
      facts.snapshot.approvals = [{ id: newId('approval'), projectId: facts.search.id, useCaseId: facts.search.useCaseId, model: 'mystery@1', grounds, expiresAt: expiresAt.toISOString() }];
      world.gateway.publishFacts();
    };

    expect((await call()).status).toBe(403);
    approve(new Date(Date.now() + 60_000));
    const approved = await call();
    approve(new Date(Date.now() - 1));

    expect(approved.status).toBe(200);
    expect(approved.headers.get('x-weighbridge-decision')).toBe('review');
    expect((await call()).status).toBe(403);
  });

  test.each([
    { what: 'no key', token: '', body: ask('hi'), status: 401, code: 'invalid_api_key' },
    { what: 'a wrong key', token: 'wb_wrong', body: ask('hi'), status: 401, code: 'invalid_api_key' },
    { what: 'a body that is no JSON', body: '{', status: 400, code: 'invalid_json' },
    { what: 'a body without messages', body: { model: 'abacus' }, status: 400, code: 'invalid_value' },
    { what: 'an unknown model', body: { ...ask('hi'), model: 'nobody' }, status: 404, code: 'model_not_found' },
    { what: 'an unknown alias', body: { ...ask('hi'), model: 'abacus:nowhere' }, status: 404, code: 'model_not_found' },
    { what: 'an unknown version', body: { ...ask('hi'), model: 'abacus@9' }, status: 404, code: 'model_not_found' },
    { what: 'a model without active deployment', body: { ...ask('hi'), model: 'idle' }, status: 503, code: 'no_healthy_backend' },
    { what: 'a model whose file is not the registered one', body: { ...ask('hi'), model: 'blocked' }, status: 503, code: 'model_file_mismatch' },
    { what: 'a model without a price', body: { ...ask('hi'), model: 'unpriced' }, status: 403, code: 'price_unknown' },
  ])('$what: $status $code, in OpenAI’s shape', async ({ token, body, status, code }) => {
    await using world = await start('redis');

    const response = await world.gateway.request('/v1/chat/completions', {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...(token === undefined ? {} : { token }),
    });

    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error: expect.objectContaining({ message: expect.any(String), type: expect.any(String), code }) });
  });

  test('a key that stands for no use case learns how to name one', async () => {
    await using world = await start('redis');
    const { unbound } = world.gateway.facts.search;

    const without = await world.gateway.request('/v1/chat/completions', { token: unbound.token, json: ask('hi') });
    const named = await world.gateway.request('/v1/chat/completions', { token: unbound.token, json: ask('hi'), headers: { 'x-weighbridge-use-case': 'support' } });
    const foreign = await world.gateway.request('/v1/chat/completions', { token: unbound.token, json: ask('hi'), headers: { 'x-weighbridge-use-case': world.gateway.facts.rival.useCaseId } });

    expect([without.status, named.status, foreign.status]).toEqual([400, 200, 400]);
    expect(((await without.json()) as { error: { message: string } }).error.message).toContain('x-weighbridge-use-case');
  });

  test('a revoked key is refused with the next snapshot', async () => {
    await using world = await start('redis');
    const { facts } = world.gateway;
    expect((await world.gateway.request('/v1/models')).status).toBe(200);

    facts.snapshot.keys = facts.snapshot.keys.filter(({ id }) => id !== facts.search.runner.id);
    world.gateway.publishFacts();

    expect((await world.gateway.request('/v1/chat/completions', { json: ask('hi') })).status).toBe(401);
  });

  test('over the requests a minute of the key: 429 with the headers that clients wait by', async () => {
    const facts = createTestFacts();
    facts.snapshot.keys = facts.snapshot.keys.map((key) => (key.id === facts.search.runner.id ? { ...key, requestsPerMinute: 2 } : key));
    await using world = await start('redis', {}, { facts });

    const responses = [];
    for (let index = 0; index < 3; index += 1) responses.push(await world.gateway.request('/v1/chat/completions', { json: ask('hi') }));

    expect(responses.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(responses[0]!.headers.get('x-ratelimit-remaining-requests')).toBe('1');
    expect(Object.fromEntries(responses[2]!.headers)).toMatchObject({ 'x-ratelimit-limit-requests': '2', 'x-ratelimit-remaining-requests': '0', 'retry-after': expect.stringMatching(/^\d+$/) });
  });
});

describe.each(['redis', 'postgres'] as const)('a hard budget on %s', (home) => {
  test('is never overspent by 50 requests at once, and what is refused reaches no worker (P4)', async () => {
    const facts = createTestFacts();
    const budget = { id: newId('budget'), name: 'two cents', projectId: facts.search.id, keyId: null, useCaseId: null, kind: 'hard' as const, period: 'month' as const, limitUsd: '0.02', createdAt: '2026-01-01T00:00:00.000Z' };
    facts.costs.budgets = [budget];
    const gate = Promise.withResolvers<void>();
    await using world = await start(home, { before: () => gate.promise }, { facts });
    const holds = createBudgetHolds(world.gateway.home);
    const accountId = budgetAccountId(budget, new Date());
    await holds.configure([{ accountId, kind: 'hard', limitPicoUsd: parseUsd('0.02'), spentPicoUsd: 0n }]);

    const statuses: number[] = [];
    const calls = Array.from({ length: 50 }, async () => {
      const response = await world.gateway.request('/v1/chat/completions', { json: ask('hi', { max_completion_tokens: 200 }) });
      statuses.push(response.status);
      return response.json() as Promise<{ error?: { code: string; message: string } }>;
    });
    await waitFor(() => statuses.filter((status) => status === 429).length + world.worker.seen.length === 50);
    const [account] = await holds.status([accountId]);
    gate.resolve();
    const bodies = await Promise.all(calls);

    const refused = bodies.filter(({ error }) => error !== undefined);
    expect(refused.length).toBeGreaterThan(0);
    expect(world.worker.seen.length).toBe(50 - refused.length);
    expect(account!.heldPicoUsd + account!.spentPicoUsd).toBeLessThanOrEqual(parseUsd('0.02'));
    expect(refused[0]!.error).toMatchObject({ code: 'budget_exceeded', type: 'insufficient_quota', message: expect.stringContaining('two cents') });
  });
});

describe('an Idempotency-Key', () => {
  const key = () => ({ 'idempotency-key': crypto.randomUUID() });

  test('gives the first reply again, streams too, and calls the model once', async () => {
    await using world = await start('redis');
    for (const body of [ask('hi'), ask('hi there', { stream: true, stream_options: { include_usage: true } })]) {
      const headers = key();
      const before = world.worker.seen.length;

      const first = await world.gateway.request('/v1/chat/completions', { json: body, headers });
      const firstText = await first.text();
      const again = await world.gateway.request('/v1/chat/completions', { json: body, headers });

      expect(again.headers.get('idempotent-replayed')).toBe('true');
      expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
      expect(await again.text()).toBe(firstText);
      expect(world.worker.seen.length).toBe(before + 1);
    }
  });

  test('with another body is 422, and 409 while the first is running', async () => {
    const gate = Promise.withResolvers<void>();
    await using world = await start('redis', { before: () => gate.promise });
    const headers = key();

    const first = world.gateway.request('/v1/chat/completions', { json: ask('hi'), headers });
    await waitFor(() => world.worker.seen.length === 1);
    const during = await world.gateway.request('/v1/chat/completions', { json: ask('hi'), headers });
    const other = await world.gateway.request('/v1/chat/completions', { json: ask('something else'), headers });
    gate.resolve();

    expect([(await first).status, during.status, other.status]).toEqual([200, 409, 422]);
  });

  test('keeps the work going when the client leaves, so that the answer is there when it comes back', async () => {
    const gate = Promise.withResolvers<void>();
    await using world = await start('redis', { before: () => gate.promise });
    const headers = key();
    const gone = new AbortController();

    const first = world.gateway.request('/v1/chat/completions', { json: ask('hi'), headers, signal: gone.signal });
    await waitFor(() => world.worker.seen.length === 1);
    gone.abort();
    await first.catch(() => undefined);
    gate.resolve();
    const again = await waitFor(async () => {
      const response = await world.gateway.request('/v1/chat/completions', { json: ask('hi'), headers });
      return response.status === 200 ? response : undefined;
    });

    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(world.worker.seen).toHaveLength(1);
  });

  test('of a refused request may be used again', async () => {
    await using world = await start('redis');
    const headers = key();

    const statuses = [];
    for (let index = 0; index < 2; index += 1) statuses.push((await world.gateway.request('/v1/chat/completions', { json: { ...ask('hi'), model: 'scholar' }, headers })).status);

    expect(statuses).toEqual([403, 403]);
  });
});

test('GET /v1/models lists what may be called for the use case of the key', async () => {
  await using world = await start('redis');

  const listed = await world.openai().models.list();

  expect(listed.data.map(({ id }) => id).toSorted()).toEqual(['abacus', 'abacus:next', 'abacus:production', 'abacus@1', 'abacus@2', 'unpriced', 'unpriced@1']);
});
