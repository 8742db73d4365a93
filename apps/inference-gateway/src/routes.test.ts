import { inferenceEndpoints, inferenceQueues } from '@weighbridge/inference-contracts';
import { createProducer } from '@weighbridge/shared-adapters/queue';
import { newId } from '@weighbridge/shared-adapters/ids';
import type { Endpoint } from '@weighbridge/shared-contracts';
import { fillPath } from '@weighbridge/shared-contracts';
import { AppError } from '@weighbridge/shared-domain';
import { createTestDatabase, startTestRedis, waitFor } from '@weighbridge/shared-testing';
import type { TestDatabase, TestRedis } from '@weighbridge/shared-testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Admit } from './operations/admit.ts';
import { startTestGateway } from './testing/test-gateway.ts';
import type { TestGateway } from './testing/test-gateway.ts';

let database: TestDatabase;
let redis: TestRedis;

beforeAll(async () => {
  [database, redis] = await Promise.all([createTestDatabase({ scopes: ['inference', 'queue'] }), startTestRedis()]);
});
afterAll(async () => {
  await redis.stop();
  await database.close();
});

type Name = keyof typeof inferenceEndpoints;
interface ValidRequest {
  readonly params?: Record<string, string>;
  readonly query?: string;
  readonly json?: unknown;
  readonly body?: FormData;
}

const chat = { model: 'abacus', messages: [{ role: 'user', content: 'hi' }], max_completion_tokens: 5 };
const { model, ...input } = chat;
const batchFile = () => {
  const form = new FormData();
  form.set('purpose', 'batch');
  form.set('file', new Blob([JSON.stringify({ custom_id: 'a', method: 'POST', url: '/v1/chat/completions', body: chat })]), 'lines.jsonl');
  return form;
};
const upload = async (gateway: TestGateway) => ((await (await gateway.request('/v1/files', { method: 'POST', body: batchFile() })).json()) as { id: string }).id;

/** A request that each endpoint takes; an endpoint without one does not compile. */
const requests: Readonly<Record<Name, (gateway: TestGateway) => Promise<ValidRequest> | ValidRequest>> = {
  createChatCompletion: () => ({ json: chat }),
  createCompletion: () => ({ json: { model, prompt: 'hi' } }),
  createEmbeddings: () => ({ json: { model, input: 'hi' } }),
  createResponse: () => ({ json: { model, input: 'hi' } }),
  getResponse: () => ({ params: { id: newId('job').replace('job_', 'resp_') } }),
  cancelResponse: () => ({ params: { id: newId('job').replace('job_', 'resp_') } }),
  getOpenAiModel: () => ({ params: { id: model } }),
  listOpenAiModels: () => ({}),
  uploadFile: () => ({ body: batchFile() }),
  listFiles: () => ({}),
  getFile: async (gateway) => ({ params: { id: await upload(gateway) } }),
  getFileContent: async (gateway) => ({ params: { id: await upload(gateway) } }),
  deleteFile: async (gateway) => ({ params: { id: await upload(gateway) } }),
  createBatch: async (gateway) => ({ json: { input_file_id: await upload(gateway), endpoint: '/v1/chat/completions', completion_window: '24h' } }),
  listBatches: () => ({}),
  getBatch: () => ({ params: { id: newId('batch') } }),
  cancelBatch: () => ({ params: { id: newId('batch') } }),
  createJob: () => ({ json: { model, input } }),
  listJobs: () => ({}),
  summariseJobs: () => ({}),
  streamProjectEvents: () => ({}),
  getJob: () => ({ params: { id: newId('job') } }),
  cancelJob: () => ({ params: { id: newId('job') } }),
  streamJobEvents: () => ({ params: { id: newId('job') } }),
  getReceipt: () => ({ params: { id: newId('job') } }),
  createWebhook: () => ({ json: { url: 'https://hooks.example.com/', events: ['job.succeeded'] } }),
  listWebhooks: () => ({}),
  rotateCallbackSecret: () => ({}),
  getWebhook: () => ({ params: { id: newId('webhook') } }),
  changeWebhook: () => ({ params: { id: newId('webhook') }, json: { active: false } }),
  deleteWebhook: () => ({ params: { id: newId('webhook') } }),
  rotateWebhookSecret: () => ({ params: { id: newId('webhook') } }),
  testWebhook: () => ({ params: { id: newId('webhook') } }),
  listDeliveriesOfWebhook: () => ({ params: { id: newId('webhook') } }),
  listWebhookDeliveries: () => ({}),
  getWebhookDelivery: () => ({ params: { id: newId('webhookDelivery') } }),
  redeliverWebhook: () => ({ params: { id: newId('webhookDelivery') } }),
  createEvaluationJobs: ({ facts }) => ({
    json: { runId: newId('run'), projectId: facts.search.id, keyId: null, useCaseId: facts.search.useCaseId, jobs: [{ key: 'a', model, input }] },
  }),
  listFinishedEvaluationJobs: () => ({ query: `?runId=${newId('run')}` }),
  cancelEvaluationJobs: () => ({ params: { runId: newId('run') } }),
};
const endpoints = Object.entries(inferenceEndpoints) as [Name, Endpoint][];

async function call(gateway: TestGateway, name: Name, token?: string): Promise<number> {
  const endpoint: Endpoint = inferenceEndpoints[name];
  const { params, query = '', json, body } = await requests[name](gateway);
  const leave = new AbortController();
  const response = await gateway.request(fillPath(endpoint.path, params) + query, {
    method: endpoint.method.toUpperCase(),
    token: token ?? (endpoint.role === 'service' ? gateway.serviceToken : gateway.facts.search.runner.token),
    signal: leave.signal,
    ...(json === undefined ? {} : { json, method: endpoint.method.toUpperCase() }),
    ...(body === undefined ? {} : { body }),
  });
  // Streams of events would go on.
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) leave.abort();
  else await response.arrayBuffer();
  return response.status;
}

const start = (watchAdmission?: (admit: Admit) => Admit) =>
  startTestGateway({ databaseUrl: database.urlFor('inference'), queueUrl: redis.url, requestTimeoutMs: 200, ...(watchAdmission === undefined ? {} : { watchAdmission }) });

async function messages(gateway: TestGateway): Promise<number> {
  const producer = createProducer(gateway.home, inferenceQueues);
  const { waiting, active, delayed } = await producer.counts('inference', { suffix: 'default' });
  await producer.close();
  return waiting + active + delayed;
}

describe('the one admission', () => {
  test.each(endpoints)('%s goes through it exactly when its declaration says so', async (name, endpoint) => {
    let admissions = 0;
    await using gateway = await start((admit) => (request) => {
      admissions += 1;
      return admit(request);
    });
    const before = await messages(gateway);

    await call(gateway, name);

    if (endpoint.admission === true) await waitFor(() => admissions > 0, { what: `an admission by ${name}` });
    else expect([admissions, await messages(gateway)]).toEqual([0, before]);
  });

  test('no endpoint gets anything into the queue past it', async () => {
    await using own = await createTestDatabase({ scopes: ['inference', 'queue'] });
    await using gateway = await startTestGateway({
      databaseUrl: own.urlFor('inference'),
      queueUrl: own.urlFor('inference'),
      requestTimeoutMs: 200,
      watchAdmission: () => () => Promise.reject(new AppError('license.denied', 'nothing is admitted in this test')),
    });

    for (const [name] of endpoints) await call(gateway, name);
    await waitFor(async () => (await gateway.pool.query(`select 1 from batch where status not in ('completed', 'failed', 'cancelled')`)).rowCount === 0);

    expect(await messages(gateway)).toBe(0);
    expect((await gateway.pool.query('select 1 from job where ticket is not null')).rowCount).toBe(0);
  });
});

describe('who may call', () => {
  test.each(endpoints)('%s: 401 without a key and with a wrong one, 403 with a role that is too weak', async (name, endpoint) => {
    await using gateway = await start();
    const weak = endpoint.role === 'service' ? gateway.facts.platformToken : endpoint.role === 'viewer' ? undefined : gateway.facts.search.viewer.token;

    expect(await call(gateway, name, 'wb_nobody')).toBe(401);
    expect(await call(gateway, name, 'wbs_forged')).toBe(401);
    if (weak !== undefined) expect(await call(gateway, name, weak)).toBe(403);
  });
});

describe('what is not served', () => {
  test('answers in both shapes, since either kind of client may have asked', async () => {
    await using gateway = await start();

    const response = await gateway.request('/v1/audio/speech', { json: {} });

    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'resource.not_found', status: 404, error: { type: 'not_found_error', param: null } });
  });
});
