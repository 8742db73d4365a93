import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Backend, BackendDelta, BackendReply } from '@weighbridge/inference-domain';
import { BackendError, ChatRequest } from '@weighbridge/inference-domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLlamaCppBackend } from './llama-cpp-backend.ts';
import type { LlamaModels } from './llama-models.ts';
import { createLlamaModels } from './llama-models.ts';

const modelsDirectory = fileURLToPath(new URL('../../../../../../models/', import.meta.url));
const digests = {
  'abacus-nano': '9386476bbb50bd6bf310ce0dbf87bb12b3759473ce11837f2339c3a1f3bda813',
  'abacus-mini': 'f8246b5b35adccfdd597cdd3cc21a3f8622df7e4ffa1ebe0cf06ad185eede719',
  'abacus-base': '2d0e20cae8a1b42d8841fb09f96a9efaa265f1e0c8068cb77460c92edeb27731',
} as const;
type ModelName = keyof typeof digests;

let models: LlamaModels;
const backends: Backend[] = [];

beforeAll(() => {
  models = createLlamaModels();
});
afterAll(async () => {
  await Promise.all(backends.map((backend) => backend.close()));
  await models.close();
});

const openBackend = (name: ModelName, options: { concurrency?: number; contextLength?: number } = {}): Backend => {
  const backend = createLlamaCppBackend({
    models,
    resolveFile: async () => ({ artifact: `${name}.gguf`, sha256: digests[name], path: join(modelsDirectory, `${name}.gguf`) }),
    concurrency: 4,
    ...options,
  });
  backends.push(backend);
  return backend;
};

interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onDelta?: (delta: BackendDelta) => void;
  readonly maxOutputTokens?: number;
}
const ask = (backend: Backend, content: string, fields: Record<string, unknown> = {}, { maxOutputTokens = 120, ...options }: CallOptions = {}): Promise<BackendReply> => {
  const request = ChatRequest.parse({ model: 'm', messages: [{ role: 'user', content }], temperature: 0, ...fields });
  return backend.chat({ request, maxOutputTokens }, { signal: new AbortController().signal, ...options });
};
const failureOf = async (promise: Promise<unknown>): Promise<BackendError> => {
  const error: unknown = await promise.then(() => new Error('it did not fail'), (reason: unknown) => reason);
  if (!(error instanceof BackendError)) throw error;
  return error;
};

describe('greedy answers are those that were measured when the models were published', () => {
  // Every tenth of models/tasks.jsonl, right answers by greedy decoding. On all 600 the three have 429, 529 and 550.
  test.each([
    ['abacus-nano', 46],
    ['abacus-mini', 53],
    ['abacus-base', 53],
  ] as const)('%s: %d of 60, four at a time', async (name, known) => {
    const lines = (await readFile(join(modelsDirectory, 'tasks.jsonl'), 'utf8')).trim().split('\n');
    const cases = lines.filter((_line, index) => index % 10 === 0).map((line) => JSON.parse(line) as { prompt: string; answer: string });
    const backend = openBackend(name);

    const replies = await Promise.all(cases.map(({ prompt }) => ask(backend, prompt)));

    const right = replies.filter((reply, index) => reply.message.content?.trim() === cases[index]?.answer).length;
    expect(right).toBe(known);
  });
});

describe('an answer', () => {
  test('is counted exactly: the rendered prompt with its marks, and every token up to the end mark', async () => {
    const reply = await ask(openBackend('abacus-base'), 'What is 47 + 38?');

    expect(reply).toMatchObject({ message: { role: 'assistant', content: '85' }, finishReason: 'stop', settlement: 'exact' });
    // <s> <|user|> "What is " 4 7 " + " 3 8 ? <|assistant|> -> 8 5 </s>
    expect(reply.usage).toEqual({ inputTokens: 10, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 3, reasoningTokens: 0 });
  });

  test('is the same whatever was asked before, and streams as the same text', async () => {
    const backend = openBackend('abacus-base', { concurrency: 1 });
    const deltas: BackendDelta[] = [];
    const prompt = 'Sort from smallest to largest: 52, 7, 381';

    const first = await ask(backend, prompt);
    await ask(backend, 'Reverse the word: copper');
    const again = await ask(backend, prompt, {}, { onDelta: (delta) => deltas.push(delta) });

    expect(first.message.content).toBe('7, 52, 381');
    expect(again).toMatchObject({ message: first.message, usage: first.usage });
    expect(deltas.length).toBeGreaterThan(3);
    expect(deltas.map(({ content = '' }) => content).join('')).toBe('7, 52, 381');
    expect(deltas.at(-1)).toEqual({ index: 0, finishReason: 'stop' });
  });

  test('ends at the limit, with finish reason length', async () => {
    const reply = await ask(openBackend('abacus-base'), 'Reverse the word: copper', {}, { maxOutputTokens: 3 });

    expect(reply).toMatchObject({ message: { content: 'rep' }, finishReason: 'length', usage: { outputTokens: 3 } });
  });

  test('ends before a stop sequence, and no part of it is streamed', async () => {
    const deltas: BackendDelta[] = [];

    const reply = await ask(openBackend('abacus-base'), 'Reverse the word: copper', { stop: ['po'] }, { onDelta: (delta) => deltas.push(delta) });

    expect(reply).toMatchObject({ message: { content: 'rep' }, finishReason: 'stop' });
    expect(deltas.map(({ content = '' }) => content).join('')).toBe('rep');
  });

  test('takes in the whole conversation and the system message', async () => {
    const backend = openBackend('abacus-base');
    const messages = [
      { role: 'system', content: 'Be concise.' },
      { role: 'user', content: 'What is 2 + 2?' },
      { role: 'assistant', content: '4' },
      { role: 'user', content: 'What is 47 + 38?' },
    ];

    const reply = await ask(backend, '', { messages });

    expect(reply.message.content).toBe('85');
    expect(reply.usage.inputTokens).toBeGreaterThan(25);
  });

  test('follows a seed: the same one gives the same text, and each of n its own', async () => {
    const backend = openBackend('abacus-nano');
    const fields = { temperature: 1.5, seed: 7, n: 4 };

    const first = await ask(backend, 'What month comes 9 months after May?', fields);
    const again = await ask(backend, 'What month comes 9 months after May?', fields);

    const texts = first.choices.map(({ message }) => message.content);
    expect(again.choices.map(({ message }) => message.content)).toEqual(texts);
    expect(new Set(texts).size).toBeGreaterThan(1);
    expect(first.choices.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
  });

  test('keeps to a JSON schema', async () => {
    const schema = { type: 'object', properties: { name: { type: 'string' }, age: { type: 'number' } } };

    const reply = await ask(openBackend('abacus-base'), 'Give JSON with name Bob and age 30', {
      response_format: { type: 'json_schema', json_schema: { name: 'person', schema } },
    });

    expect(JSON.parse(reply.message.content ?? '')).toMatchObject({ name: 'Bob', age: 30 });
  });
});

describe('what is refused', () => {
  test('a prompt longer than the context, with its length', async () => {
    const error = await failureOf(ask(openBackend('abacus-nano'), 'What is 1 + 1? '.repeat(60)));

    expect(error).toMatchObject({ kind: 'rejected', retryable: false, code: 'context_length_exceeded', usage: undefined });
    expect(error.publicDetail).toMatch(/The prompt has \d+ tokens; this model's context has 256/);
  });

  test.each([
    ['tools', { tools: [{ type: 'function', function: { name: 'f' } }] }],
    ['logprobs', { logprobs: true }],
    ['images', { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:,' } }] }] }],
  ])('%s', async (_name, fields) => {
    expect(await failureOf(ask(openBackend('abacus-nano'), 'x', fields))).toMatchObject({ kind: 'rejected', code: 'unsupported_parameter' });
  });
});

describe('a model file', () => {
  test('with another content than registered is not loaded; once mended it is', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'weighbridge-model-'));
    const path = join(directory, 'model.gguf');
    await writeFile(path, 'GGUF but not ours');
    const backend = createLlamaCppBackend({
      models,
      resolveFile: async () => ({ artifact: 'model.gguf', sha256: digests['abacus-nano'], path }),
      concurrency: 1,
    });
    backends.push(backend);

    const error = await failureOf(ask(backend, 'What is 2 + 2?'));
    expect(error.kind).toBe('failed');
    expect(error.message).toBe(
      `the model file model.gguf has SHA-256 ${createHash('sha256').update('GGUF but not ours').digest('hex')}, but ${digests['abacus-nano']} is registered: it is not loaded`,
    );
    expect(error.fileMismatch).toEqual({ artifact: 'model.gguf', registeredSha256: digests['abacus-nano'], foundSha256: createHash('sha256').update('GGUF but not ours').digest('hex') });

    await copyFile(join(modelsDirectory, 'abacus-nano.gguf'), path);
    expect((await ask(backend, 'What is 2 + 2?')).message.content).toBe('4');
    await rm(directory, { recursive: true });
  });

  test('that is not there is a failure', async () => {
    const backend = createLlamaCppBackend({
      models,
      resolveFile: async () => ({ artifact: 'gone.gguf', sha256: digests['abacus-nano'], path: join(tmpdir(), 'gone.gguf') }),
      concurrency: 1,
    });

    expect(await failureOf(ask(backend, 'x'))).toMatchObject({ kind: 'failed', retryable: true });
  });
});

describe('an abort', () => {
  test('in the middle of an answer tells what was consumed, and frees the sequence for the next', async () => {
    const backend = openBackend('abacus-base', { concurrency: 1 });
    const controller = new AbortController();

    const aborted = failureOf(ask(backend, 'Spell lighthouse with dashes', {}, { signal: controller.signal, onDelta: () => controller.abort() }));
    const next = ask(backend, 'What is 47 + 38?');

    expect(await aborted).toMatchObject({ kind: 'cancelled', settlement: 'exact', usage: { outputTokens: expect.toSatisfy((tokens: number) => tokens >= 1 && tokens <= 3) as number } });
    expect((await next).message.content).toBe('85');
  });

  test('of a call that waits for a sequence costs nothing', async () => {
    const backend = openBackend('abacus-base', { concurrency: 1 });
    const controller = new AbortController();

    const running = ask(backend, 'Spell lighthouse with dashes', {}, { onDelta: () => controller.abort() });
    const waiting = failureOf(ask(backend, 'What is 47 + 38?', {}, { signal: controller.signal }));

    expect(await waiting).toMatchObject({ kind: 'cancelled', usage: undefined });
    expect((await running).message.content).toBe('l-i-g-h-t-h-o-u-s-e');
  });
});

test('a closed backend refuses', async () => {
  const backend = openBackend('abacus-nano');
  await ask(backend, 'What is 2 + 2?');

  await backend.close();
  await backend.close();

  expect(await failureOf(ask(backend, 'What is 2 + 2?'))).toMatchObject({ kind: 'unavailable', retryable: true });
});

test('close ends an answer half way, and says what it consumed', async () => {
  const backend = openBackend('abacus-base', { concurrency: 2 });
  let closing: Promise<void> | undefined;

  const error = await failureOf(ask(backend, 'Spell lighthouse with dashes', {}, { onDelta: () => (closing ??= backend.close()) }));
  await closing;

  expect(error).toMatchObject({ kind: 'unavailable', retryable: true, settlement: 'exact', usage: { inputTokens: 15 } });
});
