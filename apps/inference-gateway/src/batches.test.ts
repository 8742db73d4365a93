import { budgetAccountId } from '@weighbridge/cost-domain';
import { createBudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import { newId } from '@weighbridge/shared-adapters/ids';
import { parseUsd } from '@weighbridge/shared-domain';
import { createTestDatabase, startTestRedis, waitFor } from '@weighbridge/shared-testing';
import type { TestDatabase, TestRedis } from '@weighbridge/shared-testing';
import OpenAI, { toFile } from 'openai';
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
  const gateway = await startTestGateway({ databaseUrl: database.urlFor('inference'), queueUrl: redis.url, ...options });
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
type World = Awaited<ReturnType<typeof start>>;

const line = (customId: string, text: string, model = 'abacus:production') =>
  JSON.stringify({ custom_id: customId, method: 'POST', url: '/v1/chat/completions', body: { model, messages: [{ role: 'user', content: text }], max_completion_tokens: 20 } });

const upload = async ({ openai }: World, lines: readonly string[]) => openai().files.create({ purpose: 'batch', file: await toFile(Buffer.from(lines.join('\n')), 'lines.jsonl') });
const run = async (world: World, lines: readonly string[]) => {
  const file = await upload(world, lines);
  return world.openai().batches.create({ input_file_id: file.id, endpoint: '/v1/chat/completions', completion_window: '24h', metadata: { night: 'yes' } });
};
const ended = (world: World, id: string) =>
  waitFor(
    async () => {
      const batch = await world.openai().batches.retrieve(id);
      return ['completed', 'failed', 'expired', 'cancelled'].includes(batch.status) ? batch : undefined;
    },
    { timeoutMs: 20_000, what: 'the end of the batch' },
  );
interface ResultLine {
  readonly id: string;
  readonly custom_id: string | null;
  readonly response: { readonly status_code: number; readonly body: { readonly choices?: { readonly message: { readonly content: string } }[]; readonly error?: Record<string, unknown> } } | null;
  readonly error: { readonly code: string } | null;
}
const linesOf = async (world: World, fileId: string | null | undefined): Promise<ResultLine[]> =>
  fileId == null ? [] : (await (await world.openai().files.content(fileId)).text()).split('\n').filter(Boolean).map((text) => JSON.parse(text) as ResultLine);

describe('files', () => {
  test('go through the openai package: create, retrieve, content, list, delete', async () => {
    await using world = await start();
    const openai = world.openai();
    const content = `${'ä'.repeat(300_000)}\n${'b'.repeat(300_000)}`;

    const file = await openai.files.create({ file: await toFile(Buffer.from(content), 'größe.jsonl'), purpose: 'batch' });

    expect(file).toMatchObject({ object: 'file', bytes: Buffer.byteLength(content), filename: 'größe.jsonl', purpose: 'batch', status: 'processed' });
    expect(await openai.files.retrieve(file.id)).toEqual(file);
    expect(await (await openai.files.content(file.id)).text()).toBe(content);
    expect((await openai.files.list()).data.map(({ id }) => id)).toContain(file.id);
    expect(await openai.files.delete(file.id)).toEqual({ id: file.id, object: 'file', deleted: true });
    await expect(openai.files.retrieve(file.id)).rejects.toMatchObject({ status: 404 });
  });

  test('of another project are not found, not listed and cannot be batched (P6)', async () => {
    await using world = await start();
    const file = await upload(world, [line('a', 'hi')]);
    const rival = world.openai(world.gateway.facts.rival.runner.token);

    await expect(rival.files.retrieve(file.id)).rejects.toMatchObject({ status: 404 });
    await expect(rival.files.content(file.id)).rejects.toMatchObject({ status: 404 });
    await expect(rival.files.delete(file.id)).rejects.toMatchObject({ status: 404 });
    expect((await rival.files.list()).data).toEqual([]);
    await expect(rival.batches.create({ input_file_id: file.id, endpoint: '/v1/chat/completions', completion_window: '24h' })).rejects.toMatchObject({ status: 400 });
  });

  test.each([
    { what: 'another purpose', form: { purpose: 'fine-tune', file: true }, status: 400 },
    { what: 'no purpose', form: { file: true }, status: 400 },
    { what: 'no file', form: { purpose: 'batch' }, status: 400 },
  ])('with $what are refused and leave nothing', async ({ form, status }) => {
    await using world = await start();
    const body = new FormData();
    if ('file' in form) body.set('file', new Blob(['{}']), 'a.jsonl');
    if (form.purpose !== undefined) body.set('purpose', form.purpose);
    const { rows: before } = await world.gateway.pool.query('select count(*) from file');

    const response = await world.gateway.request('/v1/files', { method: 'POST', body });

    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
    expect((await world.gateway.pool.query('select count(*) from file')).rows).toEqual(before);
  });

  test('that are no form are refused', async () => {
    await using world = await start();

    expect((await world.gateway.request('/v1/files', { json: { purpose: 'batch' } })).status).toBe(400);
  });

  test('over the limit are refused while they come, and leave nothing', async () => {
    await using world = await start();
    const piece = new Uint8Array(1_048_576).fill(0x61);
    const boundary = 'x-boundary';
    const head = new TextEncoder().encode(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="big.jsonl"\r\n\r\n`);
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(head),
      pull: (controller) => {
        sent += piece.length;
        if (sent > 230 * piece.length) controller.close();
        else controller.enqueue(piece);
      },
    });

    const response = await world.gateway
      .request('/v1/files', { method: 'POST', body, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }, duplex: 'half' } as never)
      .then(({ status }) => status, () => 'closed');

    expect([413, 'closed']).toContain(response);
    await waitFor(async () => (await world.gateway.pool.query(`select 1 from file where filename = 'big.jsonl'`)).rowCount === 0);
  });
});

describe('a batch', () => {
  test('answers each line once, in the order of the input, with counts', async () => {
    await using world = await start({}, { batchWindow: 7 });
    const lines = Array.from({ length: 60 }, (_, index) => line(`line-${index}`, `question ${index}`, index % 2 === 0 ? 'abacus@1' : 'abacus:next'));

    const created = await run(world, lines);
    const batch = await ended(world, created.id);
    const output = await linesOf(world, batch.output_file_id);

    expect(created).toMatchObject({ object: 'batch', endpoint: '/v1/chat/completions', completion_window: '24h', metadata: { night: 'yes' } });
    expect(batch).toMatchObject({ status: 'completed', request_counts: { total: 60, completed: 60, failed: 0 }, errors: null });
    expect(batch.error_file_id ?? null).toBeNull();
    expect(output.map(({ custom_id }) => custom_id)).toEqual(lines.map((_, index) => `line-${index}`));
    expect(output[3]).toMatchObject({ id: expect.stringMatching(/^batch_req_/), error: null, response: { status_code: 200, body: { choices: [{ message: { content: 'echo: question 3' } }] } } });
    expect(world.worker.seen.length).toBe(60);
    expect(await createBudgetHolds(world.gateway.home).outstanding(world.gateway.gatewayId)).toMatchObject({ holds: 0 });
  });

  test('runs its good lines; broken, refused and failed ones are in the error file with what was wrong', async () => {
    await using world = await start({ answer: (text) => (text === 'break' ? { code: 'backend.rejected', message: 'The model server refused the request.' } : `echo: ${text}`) });

    const { id } = await run(world, [line('good', 'hi'), '{ this is no json', '', line('denied', 'hi', 'scholar'), line('good', 'again'), line('broken', 'break'), '{"custom_id":"half","method":"POST","url":"/v1/chat/completions","body":{"model":"abacus"}}']);
    const batch = await ended(world, id);
    const [output, errors] = [await linesOf(world, batch.output_file_id), await linesOf(world, batch.error_file_id)];

    expect(batch).toMatchObject({ status: 'completed', request_counts: { total: 6, completed: 1, failed: 5 } });
    expect(output.map(({ custom_id }) => custom_id)).toEqual(['good']);
    expect(errors.map(({ custom_id, response }) => [custom_id, response?.status_code, response?.body.error?.['code'], response?.body.error?.['line']])).toEqual([
      [null, 400, 'invalid_json', 2],
      ['denied', 403, 'policy_denied', undefined],
      ['good', 400, 'duplicate_custom_id', 5],
      ['broken', 400, 'upstream_rejected', undefined],
      ['half', 400, 'invalid_request', 7],
    ]);
    expect(errors[1]!.response!.body.error).toMatchObject({ decision: 'deny', reasons: [expect.objectContaining({ license: 'CC-BY-NC-4.0' })] });
  });

  test.each([
    { what: 'without one good line', lines: ['nonsense', '{}'], code: 'invalid_json', line: 1 },
    { what: 'without any line', lines: ['', ' '], code: 'empty_file', line: null },
  ])('$what fails and says why', async ({ lines, code, line: number }) => {
    await using world = await start();

    const { id } = await run(world, lines);
    const batch = await ended(world, id);

    expect(batch.status).toBe('failed');
    expect(batch.errors?.data?.[0]).toMatchObject({ code, line: number });
  });

  test('that is cancelled keeps what is finished', async () => {
    const gate = Promise.withResolvers<void>();
    await using world = await start({ before: (text) => (text === 'slow' ? gate.promise : Promise.resolve()) }, { batchWindow: 4 });
    const lines = [line('quick', 'hi'), ...Array.from({ length: 10 }, (_, index) => line(`slow-${index}`, 'slow'))];

    const { id } = await run(world, lines);
    await waitFor(async () => ((await world.openai().batches.retrieve(id)).request_counts?.completed ?? 0) === 1);
    const cancelling = await world.openai().batches.cancel(id);
    const batch = await ended(world, id);
    gate.resolve();

    expect(['cancelling', 'cancelled']).toContain(cancelling.status);
    expect(batch).toMatchObject({ status: 'cancelled', request_counts: { total: 11, completed: 1, failed: 10 } });
    expect((await linesOf(world, batch.output_file_id)).map(({ custom_id }) => custom_id)).toEqual(['quick']);
    expect((await linesOf(world, batch.error_file_id)).every(({ response, error }) => response === null && error?.code === 'batch_cancelled')).toBe(true);
    await expect(world.openai().batches.cancel(id)).resolves.toMatchObject({ status: 'cancelled' });
  });

  test('whose time is over expires, and keeps what is finished', async () => {
    const gate = Promise.withResolvers<void>();
    await using world = await start({ before: (text) => (text === 'slow' ? gate.promise : Promise.resolve()) }, { batchWindow: 2 });

    const { id } = await run(world, [line('quick', 'hi'), line('slow-1', 'slow'), line('slow-2', 'slow'), line('never', 'hi')]);
    await waitFor(async () => ((await world.openai().batches.retrieve(id)).request_counts?.completed ?? 0) === 1);
    await waitFor(() => world.worker.seen.length === 3);
    await world.gateway.pool.query(`update batch set expires_at = now() where id = $1`, [id]);
    await world.gateway.pool.query(`update job set expires_at = now(), lease_until = least(lease_until, now() - interval '1 second') where group_id = $1 and status in ('queued', 'running')`, [id]);
    const batch = await ended(world, id);
    gate.resolve();

    expect(batch).toMatchObject({ status: 'expired', request_counts: { total: 4, completed: 1, failed: 3 } });
    expect((await linesOf(world, batch.output_file_id)).map(({ custom_id }) => custom_id)).toEqual(['quick']);
    expect((await linesOf(world, batch.error_file_id)).map(({ error }) => error?.code)).toEqual(['batch_expired', 'batch_expired', 'batch_expired']);
  });

  test('is never run over a hard budget: lines that do not fit are refused in the error file (P4)', async () => {
    const facts = createTestFacts();
    const budget = { id: newId('budget'), name: 'a cent', projectId: facts.search.id, keyId: null, useCaseId: null, kind: 'hard' as const, period: 'month' as const, limitUsd: '0.0012', createdAt: '2026-01-01T00:00:00.000Z' };
    facts.costs.budgets = [budget];
    const gate = Promise.withResolvers<void>();
    await using world = await start({ before: () => gate.promise }, { facts });
    const holds = createBudgetHolds(world.gateway.home);
    await holds.configure([{ accountId: budgetAccountId(budget, new Date()), kind: 'hard', limitPicoUsd: parseUsd('0.0012'), spentPicoUsd: 0n }]);

    const { id } = await run(world, Array.from({ length: 10 }, (_, index) => line(`line-${index}`, 'hi')));
    await waitFor(async () => ((await world.openai().batches.retrieve(id)).request_counts?.failed ?? 0) > 0);
    gate.resolve();
    const batch = await ended(world, id);
    const errors = await linesOf(world, batch.error_file_id);

    expect(batch.request_counts!.completed).toBeGreaterThan(0);
    expect(batch.request_counts!.completed + errors.length).toBe(10);
    expect(errors.every(({ response }) => response?.status_code === 429 && response.body.error?.['code'] === 'budget_exceeded')).toBe(true);
  });

  test('waits while budgets cannot be asked, instead of failing its lines', async () => {
    const facts = createTestFacts();
    const budget = { id: newId('budget'), name: 'not there yet', projectId: facts.search.id, keyId: null, useCaseId: null, kind: 'hard' as const, period: 'total' as const, limitUsd: '1', createdAt: '2026-01-01T00:00:00.000Z' };
    facts.costs.budgets = [budget];
    await using world = await start({}, { facts });

    const { id } = await run(world, [line('a', 'hi')]);
    await waitFor(async () => (await world.openai().batches.retrieve(id)).status === 'in_progress');
    await createBudgetHolds(world.gateway.home).configure([{ accountId: budgetAccountId(budget, new Date()), kind: 'hard', limitPicoUsd: parseUsd('1'), spentPicoUsd: 0n }]);

    expect(await ended(world, id)).toMatchObject({ status: 'completed', request_counts: { completed: 1, failed: 0 } });
  });

  test('goes on where it was when its gateway died half way', async () => {
    const lines = Array.from({ length: 20 }, (_, index) => line(`line-${index}`, `question ${index}`));
    const facts = createTestFacts();
    let id: string;
    {
      await using dying = await startTestGateway({ databaseUrl: database.urlFor('inference'), queueUrl: redis.url, facts, batchWindow: 5 });
      const openai = new OpenAI({ baseURL: `${dying.url}/v1`, apiKey: facts.search.runner.token });
      const file = await openai.files.create({ purpose: 'batch', file: await toFile(Buffer.from(lines.join('\n')), 'lines.jsonl') });
      ({ id } = await openai.batches.create({ input_file_id: file.id, endpoint: '/v1/chat/completions', completion_window: '24h' }));
      await waitFor(async () => (await dying.pool.query(`select 1 from job where group_id = $1 and ticket is not null`, [id])).rowCount === 5);
    }

    await using world = await start({}, { facts, batchWindow: 5 });

    expect(await ended(world, id)).toMatchObject({ status: 'completed', request_counts: { total: 20, completed: 20, failed: 0 } });
    expect(new Set(world.worker.seen).size).toBe(world.worker.seen.length);
  });

  test.each([
    { what: 'another window', body: { endpoint: '/v1/chat/completions', completion_window: '1h' } },
    { what: 'another endpoint', body: { endpoint: '/v1/embeddings', completion_window: '24h' } },
    { what: 'no such file', body: { endpoint: '/v1/chat/completions', completion_window: '24h', input_file_id: newId('file') } },
  ])('with $what is refused', async ({ body }) => {
    await using world = await start();
    const file = await upload(world, [line('a', 'hi')]);

    const response = await world.gateway.request('/v1/batches', { json: { input_file_id: file.id, ...body } });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error', code: 'invalid_value' } });
  });

  test('of another project is not found, not cancelled and not listed (P6)', async () => {
    await using world = await start();
    const { id } = await run(world, [line('a', 'hi')]);
    const rival = world.openai(world.gateway.facts.rival.runner.token);

    await expect(rival.batches.retrieve(id)).rejects.toMatchObject({ status: 404 });
    await expect(rival.batches.cancel(id)).rejects.toMatchObject({ status: 404 });
    expect((await rival.batches.list()).data).toEqual([]);
    expect((await world.openai().batches.list()).data.map((batch) => batch.id)).toContain(id);
  });
});
