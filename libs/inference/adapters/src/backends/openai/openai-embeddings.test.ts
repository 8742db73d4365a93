import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BackendError, EmbeddingRequest, estimateEmbeddingUsage } from '@weighbridge/inference-domain';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { withCircuitBreaker } from '../circuit-breaker.ts';
import type { UpstreamPools } from '../upstream-pools.ts';
import { createUpstreamPools } from '../upstream-pools.ts';
import { createOpenAiBackend } from './openai-backend.ts';

let server: Server;
let pools: UpstreamPools;
let answer: (response: ServerResponse) => void;
let received: { readonly path: string | undefined; readonly key: string | undefined; readonly body: Record<string, unknown> }[] = [];

beforeAll(async () => {
  server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      received.push({ path: message.url, key: message.headers.authorization, body: JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown> });
      answer(response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  pools = createUpstreamPools({ allowPrivate: true });
});
beforeEach(() => {
  received = [];
});
afterAll(async () => {
  await pools.close();
  server.closeAllConnections();
  server.close();
});

const request = EmbeddingRequest.parse({ model: 'door-name', input: ['a', 'b'], encoding_format: 'base64', dimensions: 2, user: 'u-1', custom: 7 });
const json = (body: unknown, status = 200) => (response: ServerResponse) => response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'up-1' }).end(typeof body === 'string' ? body : JSON.stringify(body));
const vectors = (...data: object[]) => ({ object: 'list', data, model: 'up', usage: { prompt_tokens: 4, total_tokens: 4 } });
const two = vectors({ index: 0, embedding: [1] }, { index: 1, embedding: [2] });

const openBackend = () => {
  const baseUrl = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`);
  return createOpenAiBackend({ baseUrl, upstreamModel: 'upstream-model', apiKey: 'sk-test', pool: pools.poolFor(baseUrl), maxResponseBytes: 10_000 });
};
const embed = (signal = new AbortController().signal, backend = openBackend()) => backend.embed?.(request, { signal }) ?? Promise.reject(new Error('it has embeddings'));

describe('embeddings of an OpenAI-compatible server', () => {
  test('are asked for under its own name, without telling who asks', async () => {
    answer = json(two);
    await embed();
    expect(received).toEqual([{ path: '/v1/embeddings', key: 'Bearer sk-test', body: { model: 'upstream-model', input: ['a', 'b'], encoding_format: 'base64', dimensions: 2, custom: 7 } }]);
  });

  test.each([
    { what: 'in order', body: two, embeddings: [[1], [2]] },
    { what: 'out of order', body: vectors({ index: 1, embedding: [2] }, { index: 0, embedding: [1] }), embeddings: [[1], [2]] },
    { what: 'without indexes', body: vectors({ embedding: [1] }, { embedding: [2] }), embeddings: [[1], [2]] },
    { what: 'as base64', body: vectors({ index: 0, embedding: 'AACAPw==' }, { index: 1, embedding: 'AAAAQA==' }), embeddings: ['AACAPw==', 'AAAAQA=='] },
  ])('come back $what', async ({ body, embeddings }) => {
    answer = json(body);
    expect(await embed()).toMatchObject({ embeddings, settlement: 'exact', usage: { inputTokens: 4, outputTokens: 0 }, providerRequestId: 'up-1', model: 'up' });
  });

  test.each([{ usage: undefined }, { usage: { prompt_tokens: 0, total_tokens: 0 } }, { usage: 'many' }])('of a server that reports $usage are estimated', async ({ usage }) => {
    answer = json({ ...two, usage });
    expect(await embed()).toMatchObject({ settlement: 'estimated', usage: estimateEmbeddingUsage(request) });
  });

  test.each([
    { what: 'a refusal', answers: json({ error: { message: 'too long', code: 'context_length_exceeded' } }, 400), error: { kind: 'rejected', retryable: false, code: 'context_length_exceeded', publicDetail: 'too long', settlement: undefined } },
    { what: 'overload', answers: json({ error: 'busy' }, 429), error: { kind: 'unavailable', retryable: true } },
    { what: 'an error page', answers: json('<html>'), error: { kind: 'failed', settlement: 'unknown' } },
    { what: 'half an answer', answers: json('{"data":[{"emb'), error: { kind: 'failed', settlement: 'unknown' } },
    { what: 'a vector too few', answers: json(vectors({ index: 0, embedding: [1] })), error: { kind: 'failed', settlement: 'unknown' } },
    { what: 'no vectors', answers: json({ data: [] }), error: { kind: 'failed', settlement: 'unknown' } },
    { what: 'more than is read', answers: json(vectors({ index: 0, embedding: 'A'.repeat(20_000) })), error: { kind: 'failed', retryable: false, settlement: 'unknown' } },
    { what: 'a connection that breaks', answers: (response: ServerResponse) => void response.destroy(), error: { kind: 'unavailable', retryable: true, settlement: 'unknown' } },
  ])('$what is told as what it is', async ({ answers, error }) => {
    answer = answers;
    const thrown = await embed().catch((failure: unknown) => failure);
    expect(thrown).toBeInstanceOf(BackendError);
    expect(thrown).toMatchObject(error);
  });

  test('are given up with the signal, and with the backend', async () => {
    const gone = new AbortController();
    answer = () => gone.abort();
    await expect(embed(gone.signal)).rejects.toMatchObject({ kind: 'cancelled' });

    const backend = openBackend();
    answer = () => void backend.close();
    await expect(embed(undefined, backend)).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(embed(undefined, backend)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test('share the circuit of the deployment', async () => {
    const backend = withCircuitBreaker(openBackend(), { consecutiveFailures: 1, halfOpenAfterMs: 60_000 });
    answer = json('broken', 500);
    await expect(embed(undefined, backend)).rejects.toMatchObject({ status: 500 });
    await expect(embed(undefined, backend)).rejects.toThrow(/circuit/);
    expect(received).toHaveLength(1);
    expect(backend.health()).toBe('unhealthy');
  });
});
