import { signWebhook } from '@weighbridge/inference-adapters/webhooks';
import type { Job, Webhook, WebhookDelivery, WebhookDeliveryDetail, WebhookSecret } from '@weighbridge/inference-contracts';
import { createWebhookDeliveryStore } from '@weighbridge/inference-data';
import { createTestDatabase, startTestRedis, waitFor } from '@weighbridge/shared-testing';
import type { TestDatabase, TestRedis } from '@weighbridge/shared-testing';
import OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { housekeepingTasks } from './operations/keep-house.ts';
import type { KeepHouseDeps } from './operations/keep-house.ts';
import { startStandInWorker } from './testing/stand-in-worker.ts';
import type { StandInWorker } from './testing/stand-in-worker.ts';
import { createTestFacts } from './testing/test-facts.ts';
import { startTestGateway } from './testing/test-gateway.ts';
import type { TestGateway } from './testing/test-gateway.ts';

let database: TestDatabase;
let redis: TestRedis;
let gateway: TestGateway;
let worker: StandInWorker;

beforeAll(async () => {
  [database, redis] = await Promise.all([createTestDatabase({ scopes: ['inference', 'queue'] }), startTestRedis()]);
});
afterAll(async () => {
  await worker?.[Symbol.asyncDispose]();
  await gateway?.[Symbol.asyncDispose]();
  await redis.stop();
  await database.close();
});
// Each test has projects of its own, and thus lists of its own.
beforeEach(async () => {
  await worker?.[Symbol.asyncDispose]();
  await gateway?.[Symbol.asyncDispose]();
  gateway = await startTestGateway({ databaseUrl: database.urlFor('inference'), queueUrl: redis.url, facts: createTestFacts() });
  worker = await startStandInWorker(gateway);
});

type Answer<T> = { readonly status: number; readonly body: T };
const call = async <T>(method: string, path: string, json?: unknown, token = gateway.facts.search.admin.token): Promise<Answer<T>> => {
  const response = await gateway.request(path, { method, token, ...(json === undefined ? {} : { json, method }) });
  return { status: response.status, body: (await response.json()) as T };
};
const url = 'https://hooks.example.com/weighbridge?team=search';
const create = async (more: object = {}) => (await call<Webhook & { secret: string }>('POST', '/v1/webhooks', { url, events: ['job.succeeded'], ...more })).body;
const newJob = (more: object = {}) => ({ model: 'abacus:production', input: { messages: [{ role: 'user', content: 'hi' }], max_completion_tokens: 20 }, ...more });
const finished = async (more: object = {}) => {
  const { body: job } = await call<Job>('POST', '/v1/jobs', newJob(more), gateway.facts.search.runner.token);
  return waitFor(async () => {
    const { body } = await call<Job>('GET', `/v1/jobs/${job.id}`);
    return body.finishedAt === null ? undefined : body;
  });
};
const deliveriesOf = async (query = '') => (await call<{ data: WebhookDelivery[] }>('GET', `/v1/webhook-deliveries${query}`)).body.data;

describe('a webhook', () => {
  test('is made with a secret that is shown once, and listed without it', async () => {
    const { status, body } = await call<Webhook & { secret: string }>('POST', '/v1/webhooks', { url, events: ['job.failed', 'job.failed', 'batch.completed'], description: ' for the pager ' });

    const list = await call<{ data: Webhook[] }>('GET', '/v1/webhooks', undefined, gateway.facts.search.viewer.token);
    const stored = await gateway.pool.query(`select secret_sealed from webhook_endpoint where id = $1`, [body.id]);

    expect(status).toBe(201);
    expect(body).toMatchObject({ url, events: ['job.failed', 'batch.completed'], description: 'for the pager', status: 'active', projectId: gateway.facts.search.id });
    expect(Buffer.from(body.secret.replace('whsec_', ''), 'base64')).toHaveLength(32);
    const { secret, ...shown } = body;
    expect(list.body.data).toEqual([shown]);
    expect(stored.rows[0]?.secret_sealed).toMatch(/^v1\./);
    expect(stored.rows[0]?.secret_sealed).not.toContain(secret.slice(6));
  });

  test.each(['http://hooks.example.com/', 'https://10.0.0.1/', 'https://[::1]/', 'https://169.254.169.254/latest/meta-data', 'https://name:word@example.com/', 'file:///etc/passwd', 'nonsense'])('is not made for %s', async (refused) => {
    const made = await call('POST', '/v1/webhooks', { url: refused, events: ['job.succeeded'] });
    const asCallback = await call('POST', '/v1/jobs', newJob({ callbackUrl: refused }), gateway.facts.search.runner.token);

    expect(made).toMatchObject({ status: 400, body: { code: 'request.invalid', errors: [{ pointer: '/body/url' }] } });
    expect(asCallback).toMatchObject({ status: 400, body: { code: 'request.invalid', errors: [{ pointer: '/body/callbackUrl' }] } });
  });

  test('hears the end of a job, and its log can be read by the project', async () => {
    const { id } = await create();
    const job = await finished();

    const { body } = await call<{ data: WebhookDelivery[] }>('GET', `/v1/webhooks/${id}/deliveries`);
    const detail = await call<WebhookDeliveryDetail>('GET', `/v1/webhook-deliveries/${body.data[0]!.id}`);

    expect(body.data).toMatchObject([{ webhookId: id, url, eventType: 'job.succeeded', subjectId: job.id, status: 'pending', attempts: 0 }]);
    expect(JSON.parse(detail.body.payload)).toMatchObject({ id: body.data[0]!.eventId, type: 'job.succeeded', data: { id: job.id, costUsd: '0.000037', tokens: job.tokens } });
    expect(detail.body.tries).toEqual([]);
  });

  test('hears the end of a batch, and not of its lines', async () => {
    await create({ events: ['job.succeeded', 'batch.completed'] });
    const form = new FormData();
    form.set('purpose', 'batch');
    form.set('file', new Blob([JSON.stringify({ custom_id: 'a', method: 'POST', url: '/v1/chat/completions', body: { model: 'abacus', messages: [{ role: 'user', content: 'hi' }], max_completion_tokens: 5 } })]), 'lines.jsonl');
    const token = gateway.facts.search.runner.token;
    const file = (await (await gateway.request('/v1/files', { method: 'POST', body: form, token })).json()) as { id: string };
    const { body: batch } = await call<{ id: string }>('POST', '/v1/batches', { input_file_id: file.id, endpoint: '/v1/chat/completions', completion_window: '24h' }, token);

    const [delivery, ...more] = await waitFor(async () => {
      const found = await deliveriesOf();
      return found.length > 0 ? found : undefined;
    });
    const { body } = await call<WebhookDeliveryDetail>('GET', `/v1/webhook-deliveries/${delivery!.id}`);

    expect(more).toEqual([]);
    expect(JSON.parse(body.payload)).toMatchObject({ type: 'batch.completed', data: { id: batch.id, status: 'completed', requestCounts: { total: 1, completed: 1, failed: 0 }, outputFileId: expect.stringMatching(/^file-/) } });
  });

  test('of another project looks like none', async () => {
    const { id } = await create();
    await finished();
    const [delivery] = await deliveriesOf();
    const rival = gateway.facts.rival.admin.token;

    const answers = await Promise.all([
      call('GET', `/v1/webhooks/${id}`, undefined, rival),
      call('PATCH', `/v1/webhooks/${id}`, { active: false }, rival),
      call('DELETE', `/v1/webhooks/${id}`, undefined, rival),
      call('POST', `/v1/webhooks/${id}/rotation`, undefined, rival),
      call('POST', `/v1/webhooks/${id}/test`, undefined, rival),
      call('GET', `/v1/webhooks/${id}/deliveries`, undefined, rival),
      call('GET', `/v1/webhook-deliveries/${delivery!.id}`, undefined, rival),
      call('POST', `/v1/webhook-deliveries/${delivery!.id}/redelivery`, undefined, rival),
      call('POST', `/v1/webhooks?project=${gateway.facts.search.id}`, { url, events: ['job.failed'] }, rival),
    ]);
    const lists = await Promise.all([call('GET', '/v1/webhooks', undefined, rival), call('GET', '/v1/webhook-deliveries', undefined, rival)]);

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    expect(lists.map(({ body }) => body)).toEqual([{ data: [], nextCursor: null }, { data: [], nextCursor: null }]);
    expect(await deliveriesOf()).toHaveLength(1);
  });

  test('can be tested, changed, disabled, made active again and deleted', async () => {
    const { id } = await create();

    const tested = await call<WebhookDelivery>('POST', `/v1/webhooks/${id}/test`);
    const changed = await call<Webhook>('PATCH', `/v1/webhooks/${id}`, { events: ['job.failed'], description: null });
    const disabled = await call<Webhook>('PATCH', `/v1/webhooks/${id}`, { active: false });
    const [testedAfter] = await deliveriesOf();
    const refused = await Promise.all([call('POST', `/v1/webhooks/${id}/test`), call('POST', `/v1/webhook-deliveries/${tested.body.id}/redelivery`)]);
    await call('PATCH', `/v1/webhooks/${id}`, { active: true });
    const again = await call<WebhookDelivery>('POST', `/v1/webhook-deliveries/${tested.body.id}/redelivery`);
    const deleted = await call('DELETE', `/v1/webhooks/${id}`);

    expect(tested).toMatchObject({ status: 202, body: { eventType: 'webhook.test', subjectId: id, status: 'pending' } });
    expect(changed.body).toMatchObject({ url, events: ['job.failed'], description: null });
    expect(disabled.body).toMatchObject({ status: 'disabled', disabledReason: 'by_request' });
    expect(testedAfter).toMatchObject({ status: 'dead', lastError: 'the webhook was disabled' });
    expect(refused.map(({ status, body }) => [status, (body as { code: string }).code])).toEqual([[409, 'resource.wrong_state'], [409, 'resource.wrong_state']]);
    expect(again).toMatchObject({ status: 202, body: { status: 'pending', eventId: tested.body.eventId } });
    expect(deleted.body).toEqual({ id, deleted: true });
    expect(await deliveriesOf()).toEqual([]);
  });

  test('gets a new secret while the old one goes on for a day', async () => {
    const { id, secret } = await create();

    const { status, body } = await call<WebhookSecret>('POST', `/v1/webhooks/${id}/rotation`);

    expect(status).toBe(200);
    expect(body.secret).not.toBe(secret);
    expect(Date.parse(body.previousSecretUntil!) - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
  });

  test('is one of twenty at most', async () => {
    for (let made = 0; made < 20; made += 1) await create();

    expect(await call('POST', '/v1/webhooks', { url, events: ['job.failed'] })).toMatchObject({ status: 409, body: { code: 'resource.wrong_state' } });
    const first = await call<{ data: Webhook[]; nextCursor: string }>('GET', '/v1/webhooks?limit=15');
    const rest = await call<{ data: Webhook[]; nextCursor: null }>('GET', `/v1/webhooks?limit=15&cursor=${first.body.nextCursor}`);
    expect(new Set([...first.body.data, ...rest.body.data].map((one) => one.id)).size).toBe(20);
  });
});

test('the official openai client reads a message with webhooks.unwrap', async () => {
  const { secret } = await create();
  const job = await finished();
  const [delivery] = await deliveriesOf();
  const { body } = await call<WebhookDeliveryDetail>('GET', `/v1/webhook-deliveries/${delivery!.id}`);
  const headers = { ...signWebhook({ id: body.eventId, body: body.payload, at: new Date(), secrets: [secret] }) };

  const event = await new OpenAI({ apiKey: 'unused' }).webhooks.unwrap(body.payload, headers, secret);

  expect(event).toMatchObject({ object: 'event', type: 'job.succeeded', created_at: expect.any(Number), data: { id: job.id } });
});

describe('the callback of a job', () => {
  test('is told of its end, also when the project has shown no secret yet', async () => {
    const job = await finished({ callbackUrl: `${url}&job=1` });

    expect(job.callbackUrl).toBe(`${url}&job=1`);
    expect(await deliveriesOf(`?subjectId=${job.id}`)).toMatchObject([{ webhookId: null, url: job.callbackUrl, eventType: 'job.succeeded', status: 'pending' }]);
    expect((await call<{ data: Webhook[] }>('GET', '/v1/webhooks')).body.data).toEqual([]);
  });

  test('is signed with a secret that an administrator may have, and have again anew', async () => {
    const first = await call<WebhookSecret>('POST', '/v1/webhooks/callbacks/rotation');
    const second = await call<WebhookSecret>('POST', '/v1/webhooks/callbacks/rotation');
    const byRunner = await call('POST', '/v1/webhooks/callbacks/rotation', undefined, gateway.facts.search.runner.token);

    expect(first.body).toEqual({ secret: expect.stringMatching(/^whsec_/), previousSecretUntil: null });
    expect(second.body).toEqual({ secret: expect.not.stringContaining(first.body.secret), previousSecretUntil: expect.any(String) });
    expect(byRunner.status).toBe(403);
  });
});

const keepHouse = () => {
  const needed: Partial<KeepHouseDeps> = { deliveries: createWebhookDeliveryStore(gateway.pool) };
  return housekeepingTasks['purge-webhooks'](needed as KeepHouseDeps);
};

test('what a failing receiver has kept waiting for a day is given up, what others have kept waiting is not', async () => {
  const { id } = await create();
  await finished();
  await gateway.pool.query(`update webhook_delivery set next_attempt_at = now() - interval '25 hours' where endpoint_id = $1`, [id]);

  await keepHouse();
  const waiting = await deliveriesOf();
  await gateway.pool.query(`insert into webhook_circuit (target, failures) values ($1, 5)`, [id]);
  await keepHouse();

  expect(waiting).toMatchObject([{ status: 'pending' }]);
  expect(await deliveriesOf()).toMatchObject([{ status: 'dead', lastError: 'the receiver failed for a day' }]);
});

test('the log forgets what ended a month ago, and nothing that is pending', async () => {
  await create();
  await finished();
  const [delivery] = await deliveriesOf();
  await gateway.pool.query(`update webhook_delivery set created_at = now() - interval '60 days' where id = $1`, [delivery!.id]);

  await keepHouse();
  const kept = await deliveriesOf();
  await gateway.pool.query(`update webhook_delivery set status = 'delivered', next_attempt_at = null, finished_at = now() - interval '31 days' where id = $1`, [delivery!.id]);
  await keepHouse();

  expect(kept).toHaveLength(1);
  expect(await deliveriesOf()).toEqual([]);
});
