import { BackendError } from '@weighbridge/inference-domain';
import type { Backend } from '@weighbridge/inference-domain';
import { describe, expect, test } from 'vitest';
import { callBackend } from './call-backend.ts';

const embeddings = { embeddings: [[1]], usage: { inputTokens: 1, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 0, reasoningTokens: 0 }, settlement: 'exact' as const, firstTokenMs: 1 };
const backend = (embed?: Backend['embed']): Backend => ({
  kind: 'openai',
  chat: () => Promise.reject(new Error('it was asked to chat')),
  ...(embed === undefined ? {} : { embed }),
  health: () => 'healthy',
  close: () => Promise.resolve(),
});
const { signal } = new AbortController();
const call = (to: Backend, request: Parameters<typeof callBackend>[1]['request']) => callBackend(to, { request, maxOutputTokens: 1 }, { signal });

describe('callBackend', () => {
  test('asks for what the request is', async () => {
    const able = backend(() => Promise.resolve(embeddings));

    await expect(call(able, { model: 'm', input: 'a' })).resolves.toBe(embeddings);
    await expect(call(able, { model: 'm', messages: [{ role: 'user', content: 'a' }] })).rejects.toThrow('chat');
  });

  test('a backend without embeddings refuses them for good', async () => {
    const refused = await call(backend(), { model: 'm', input: 'a' }).catch((error: unknown) => error);

    expect(refused).toBeInstanceOf(BackendError);
    expect(refused).toMatchObject({ kind: 'rejected', retryable: false, publicDetail: expect.stringContaining('no embeddings') });
  });
});
