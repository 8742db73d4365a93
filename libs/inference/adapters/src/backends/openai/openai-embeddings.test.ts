import { BackendError, EmbeddingRequest, estimateEmbeddingUsage } from '@weighbridge/inference-domain';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { withCircuitBreaker } from '../circuit-breaker.ts';
import { json, startTestUpstream } from './test-upstream.ts';
import type { Answer, TestUpstream } from './test-upstream.ts';

let upstream: TestUpstream;
beforeAll(async () => {
  upstream = await startTestUpstream();
});
beforeEach(() => {
  upstream.received = [];
});
afterAll(() => upstream?.close());

const request = EmbeddingRequest.parse({ model: 'door-name', input: ['a', 'b'], encoding_format: 'base64', dimensions: 2, user: 'u-1', custom: 7 });
const answerOf = (body: unknown, status = 200) => json(status, body, { 'x-request-id': 'up-1' });
const vectors = (...data: object[]) => ({ object: 'list', data, model: 'up', usage: { prompt_tokens: 4, total_tokens: 4 } });
const two = vectors({ index: 0, embedding: [1] }, { index: 1, embedding: [2] });

const openBackend = () => upstream.openBackend({ maxResponseBytes: 10_000 });
const embed = (signal = new AbortController().signal, backend = openBackend()) => backend.embed?.(request, { signal }) ?? Promise.reject(new Error('it has embeddings'));

describe('embeddings of an OpenAI-compatible server', () => {
  test('are asked for under its own name, without telling who asks', async () => {
    upstream.answer = answerOf(two);
    await embed();
    expect(upstream.received).toMatchObject([{ path: '/v1/embeddings', headers: { authorization: 'Bearer sk-test' } }]);
    expect(upstream.received[0]?.body).toEqual({ model: 'upstream-model', input: ['a', 'b'], encoding_format: 'base64', dimensions: 2, custom: 7 });
  });

  test.each([
    { what: 'in order', body: two, embeddings: [[1], [2]] },
    { what: 'out of order', body: vectors({ index: 1, embedding: [2] }, { index: 0, embedding: [1] }), embeddings: [[1], [2]] },
    { what: 'without indexes', body: vectors({ embedding: [1] }, { embedding: [2] }), embeddings: [[1], [2]] },
    { what: 'as base64', body: vectors({ index: 0, embedding: 'AACAPw==' }, { index: 1, embedding: 'AAAAQA==' }), embeddings: ['AACAPw==', 'AAAAQA=='] },
  ])('come back $what', async ({ body, embeddings }) => {
    upstream.answer = answerOf(body);
    expect(await embed()).toMatchObject({ embeddings, settlement: 'exact', usage: { inputTokens: 4, outputTokens: 0 }, providerRequestId: 'up-1', model: 'up' });
  });

  test.each([{ usage: undefined }, { usage: { prompt_tokens: 0, total_tokens: 0 } }, { usage: 'many' }])('of a server that reports $usage are estimated', async ({ usage }) => {
    upstream.answer = answerOf({ ...two, usage });
    expect(await embed()).toMatchObject({ settlement: 'estimated', usage: estimateEmbeddingUsage(request) });
  });

  test.each([
    { what: 'a refusal', answers: answerOf({ error: { message: 'too long', code: 'context_length_exceeded' } }, 400), error: { kind: 'rejected', retryable: false, code: 'context_length_exceeded', publicDetail: 'too long', settlement: undefined } },
    { what: 'overload', answers: answerOf({ error: 'busy' }, 429), error: { kind: 'unavailable', retryable: true } },
    { what: 'an error page', answers: answerOf('<html>'), error: { kind: 'failed', settlement: 'unknown' } },
    { what: 'half an answer', answers: answerOf('{"data":[{"emb'), error: { kind: 'failed', settlement: 'unknown' } },
    { what: 'a vector too few', answers: answerOf(vectors({ index: 0, embedding: [1] })), error: { kind: 'failed', settlement: 'unknown' } },
    { what: 'no vectors', answers: answerOf({ data: [] }), error: { kind: 'failed', settlement: 'unknown' } },
    { what: 'more than is read', answers: answerOf(vectors({ index: 0, embedding: 'A'.repeat(20_000) })), error: { kind: 'failed', retryable: false, settlement: 'unknown' } },
    { what: 'a connection that breaks', answers: ((_request, response) => void response.destroy()) satisfies Answer, error: { kind: 'unavailable', retryable: true, settlement: 'unknown' } },
  ])('$what is told as what it is', async ({ answers, error }) => {
    upstream.answer = answers;
    const thrown = await embed().catch((failure: unknown) => failure);
    expect(thrown).toBeInstanceOf(BackendError);
    expect(thrown).toMatchObject(error);
  });

  test('are given up with the signal, and with the backend', async () => {
    const gone = new AbortController();
    upstream.answer = () => gone.abort();
    await expect(embed(gone.signal)).rejects.toMatchObject({ kind: 'cancelled' });

    const backend = openBackend();
    upstream.answer = () => void backend.close();
    await expect(embed(undefined, backend)).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(embed(undefined, backend)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test('share the circuit of the deployment', async () => {
    const backend = withCircuitBreaker(openBackend(), { consecutiveFailures: 1, halfOpenAfterMs: 60_000 });
    upstream.answer = answerOf('broken', 500);
    await expect(embed(undefined, backend)).rejects.toMatchObject({ status: 500 });
    await expect(embed(undefined, backend)).rejects.toThrow(/circuit/);
    expect(upstream.received).toHaveLength(1);
    expect(backend.health()).toBe('unhealthy');
  });
});
