import type { Backend, BackendDelta, BackendReply } from '@weighbridge/inference-domain';
import { BackendError, ChatRequest, estimateInputTokens } from '@weighbridge/inference-domain';
import type { AnthropicStubAnswer, AnthropicStubBehaviour, StubAnthropicServer } from '@weighbridge/shared-testing';
import { startStubAnthropicServer, waitFor } from '@weighbridge/shared-testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { HttpServerOptions } from '../http/http-backend.ts';
import type { UpstreamPools } from '../upstream-pools.ts';
import { createUpstreamPools } from '../upstream-pools.ts';
import { createAnthropicBackend } from './anthropic-backend.ts';

let server: StubAnthropicServer;
let pools: UpstreamPools;
let backend: Backend;

const open = (options: Partial<HttpServerOptions> = {}): Backend => {
  const baseUrl = new URL(server.url);
  return createAnthropicBackend({ baseUrl, upstreamModel: 'claude-stub', apiKey: 'sk-ant-stub', pool: pools.poolFor(baseUrl), ...options });
};

beforeAll(async () => {
  server = await startStubAnthropicServer();
  pools = createUpstreamPools({ allowPrivate: true });
});
beforeEach(() => {
  backend = open();
});
afterAll(async () => {
  await pools.close();
  await server.stop();
});

const plain = { model: 'chat-default', messages: [{ role: 'user', content: 'Weigh this' }] };

interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onDelta?: (delta: BackendDelta) => void;
}
const call = (request: unknown = plain, { signal = new AbortController().signal, onDelta }: CallOptions = {}): Promise<BackendReply> =>
  backend.chat({ request: ChatRequest.parse(request), maxOutputTokens: 64 }, { signal, ...(onDelta === undefined ? {} : { onDelta }) });

const failureOf = async (promise: Promise<unknown>): Promise<BackendError> => {
  const error: unknown = await promise.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof BackendError)) throw error;
  return error;
};

const streamed = async (behaviour: AnthropicStubBehaviour, request: unknown = plain) => {
  server.script(behaviour);
  const deltas: BackendDelta[] = [];
  const reply = await call(request, { onDelta: (delta) => deltas.push(delta) });
  return { reply, deltas };
};

const cachedUsage = { input_tokens: 7, cache_read_input_tokens: 100, cache_creation_input_tokens: 20, cache_creation: { ephemeral_5m_input_tokens: 20, ephemeral_1h_input_tokens: 0 }, output_tokens: 5 };
const cachedTokens = { inputTokens: 7, cachedInputTokens: 100, cacheWriteTokens: 20, outputTokens: 5, reasoningTokens: 0 };
const toolCalls = [
  { id: 'toolu_1', name: 'weigh', input: { item: 'feather', grams: 2 } },
  { id: 'toolu_2', name: 'list', input: {} },
];
const asToolCalls = [
  { id: 'toolu_1', type: 'function', function: { name: 'weigh', arguments: '{"item":"feather","grams":2}' } },
  { id: 'toolu_2', type: 'function', function: { name: 'list', arguments: '{}' } },
];

describe('an answer', () => {
  const answer: AnthropicStubAnswer = { kind: 'answer', text: 'Two grams exactly.', usage: cachedUsage };

  test('whole: text, finish reason, the model’s name, and usage by its kinds', async () => {
    server.script(answer);

    expect(await call()).toMatchObject({
      message: { role: 'assistant', content: 'Two grams exactly.' },
      finishReason: 'stop',
      usage: cachedTokens,
      settlement: 'exact',
      model: 'claude-stub',
      serviceTier: 'default',
      providerRequestId: 'req_stub',
    });
    expect(server.requests.at(-1)).toMatchObject({ path: '/v1/messages', headers: { 'x-api-key': 'sk-ant-stub', 'anthropic-version': '2023-06-01' }, body: { model: 'claude-stub', max_tokens: 64 } });
  });

  test('streamed: the same, with a delta for each piece', async () => {
    const { reply, deltas } = await streamed(answer);

    expect(reply).toMatchObject({ message: { content: 'Two grams exactly.' }, finishReason: 'stop', usage: cachedTokens, settlement: 'exact', model: 'claude-stub', serviceTier: 'default' });
    expect(deltas).toEqual([{ index: 0 }, { index: 0, content: 'Two ' }, { index: 0, content: 'grams ' }, { index: 0, content: 'exactly.' }, { index: 0, finishReason: 'stop' }]);
  });

  test.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['refusal', 'content_filter'],
    ['pause_turn', 'stop'],
    ['a_reason_of_next_year', 'a_reason_of_next_year'],
  ])('stop reason %s is finish reason %s', async (stopReason, finishReason) => {
    server.script({ kind: 'answer', stopReason });
    expect((await call()).finishReason).toBe(finishReason);
    expect((await streamed({ kind: 'answer', stopReason })).reply.finishReason).toBe(finishReason);
  });

  test('with tool calls, whole and streamed, gives OpenAI’s tool calls', async () => {
    server.script({ kind: 'answer', toolCalls });
    const whole = await call();
    const { reply, deltas } = await streamed({ kind: 'answer', toolCalls });

    for (const { message, finishReason } of [whole, reply]) {
      expect(message).toMatchObject({ content: null, tool_calls: asToolCalls });
      expect(finishReason).toBe('tool_calls');
    }
    const pieces = deltas.flatMap((delta) => delta.toolCalls ?? []);
    expect(pieces.filter(({ id }) => id !== undefined)).toMatchObject([{ index: 0, id: 'toolu_1', function: { name: 'weigh', arguments: '' } }, { index: 1, id: 'toolu_2', function: { name: 'list', arguments: '' } }]);
    const argumentsOf = (index: number) => pieces.filter((piece) => piece.index === index).map((piece) => (piece.function as { arguments?: string }).arguments ?? '').join('');
    expect([argumentsOf(0), argumentsOf(1)]).toEqual(['{"item":"feather","grams":2}', '{}']);
  });

  test('with thinking shows it as reasoning, and keeps its blocks to be sent back', async () => {
    server.script({ kind: 'answer', thinking: 'hm', text: 'Yes.', usage: { output_tokens: 30, output_tokens_details: { thinking_tokens: 28 } } });
    const reply = await call();

    expect(reply.message).toMatchObject({ content: 'Yes.', reasoning_content: 'hm', thinking_blocks: [{ type: 'thinking', thinking: 'hm', signature: 'c3R1Yg==' }] });
    expect(reply.usage).toMatchObject({ outputTokens: 30, reasoningTokens: 28 });
    expect((await streamed({ kind: 'answer', thinking: 'hm', text: 'Yes.' })).reply.message).toEqual({ ...reply.message });
  });

  test.each([
    ['no input', { input_tokens: 0 }],
    ['no output beside a text', { output_tokens: 0 }],
    ['no usage', { input_tokens: null, output_tokens: null }],
    ['text for counts', { input_tokens: 'many' }],
  ])('with usage that contradicts the text (%s) is settled by an upper bound', async (_what, usage) => {
    server.script({ kind: 'answer', text: 'Two grams.', usage });
    const reply = await call();
    expect(reply).toMatchObject({ settlement: 'estimated', usage: { inputTokens: estimateInputTokens(ChatRequest.parse(plain)), outputTokens: 11 } });
  });

  test('with one token for a very long text is not believed either', async () => {
    server.script({ kind: 'answer', text: 'grams '.repeat(500), usage: { output_tokens: 1 } });
    expect((await call()).settlement).toBe('estimated');
  });
});

describe('a conversation', () => {
  test('with a tool round trip is one that the API takes', async () => {
    const tools = [{ type: 'function', function: { name: 'weigh', description: 'Weighs', parameters: { type: 'object', properties: { item: { type: 'string' } } } } }, { type: 'function', function: { name: 'list' } }];
    server.script({ kind: 'answer', toolCalls });
    const first = await call({ ...plain, tools, tool_choice: 'required', parallel_tool_calls: false });
    const messages = [
      { role: 'system', content: 'Be exact.' },
      ...plain.messages,
      first.message,
      { role: 'tool', tool_call_id: 'toolu_1', content: '2 g' },
      { role: 'tool', tool_call_id: 'toolu_2', content: [{ type: 'text', text: 'feather' }] },
      { role: 'user', content: 'So?' },
    ];

    expect(await call({ ...plain, tools, messages })).toMatchObject({ finishReason: 'stop' });
    expect(server.requests.at(-2)?.body).toMatchObject({
      tools: [{ name: 'weigh', description: 'Weighs', input_schema: { type: 'object', properties: { item: { type: 'string' } } } }, { name: 'list', input_schema: { type: 'object' } }],
      tool_choice: { type: 'any', disable_parallel_tool_use: true },
    });
    expect(server.requests.at(-1)?.body).toMatchObject({
      system: [{ type: 'text', text: 'Be exact.' }],
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Weigh this' }] },
        { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'weigh', input: { item: 'feather', grams: 2 } }, { type: 'tool_use', id: 'toolu_2' }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: '2 g' }, { type: 'tool_result', tool_use_id: 'toolu_2' }, { type: 'text', text: 'So?' }] },
      ],
    });
  });
});

describe('refusals of the API', () => {
  test.each([
    [400, 'invalid_request_error', 'prompt is too long: 9 tokens > 8 maximum', { kind: 'rejected', retryable: false, code: 'context_length_exceeded', publicDetail: 'prompt is too long: 9 tokens > 8 maximum' }],
    [400, 'invalid_request_error', 'Your credit balance is too low to access the API', { kind: 'failed', retryable: true, status: 402, publicDetail: undefined }],
    [401, 'authentication_error', 'invalid x-api-key', { kind: 'failed', retryable: true, status: 401, publicDetail: undefined }],
    [403, 'permission_error', 'no', { kind: 'failed', retryable: true, status: 403 }],
    [404, 'not_found_error', 'model: claude-stub', { kind: 'failed', retryable: true, status: 404, publicDetail: undefined }],
    [413, 'request_too_large', 'no', { kind: 'rejected', retryable: false, status: 413 }],
    [429, 'rate_limit_error', 'no', { kind: 'unavailable', retryable: true, status: 429, retryAfterMs: 7_000 }],
    [500, 'api_error', 'no', { kind: 'failed', retryable: true, status: 500 }],
    [529, 'overloaded_error', 'Overloaded', { kind: 'unavailable', retryable: true, status: 529 }],
  ] as const)('%d %s: %s', async (status, type, message, expected) => {
    server.script({ kind: 'fail', status, type, message, ...(status === 429 ? { retryAfter: '7' } : {}) });
    expect(await failureOf(call())).toMatchObject({ ...expected, usage: undefined, settlement: undefined, providerRequestId: 'req_stub' });
  });

  test('a wrong key of ours is told to nobody', async () => {
    backend = open({ apiKey: 'sk-ant-wrong' });
    const error = await failureOf(call());
    expect(error).toMatchObject({ status: 401, publicDetail: undefined });
    expect(error.message).not.toContain('sk-ant');
  });

  test.each([
    ['overloaded_error', { kind: 'unavailable', status: 529, settlement: undefined }],
    ['rate_limit_error', { kind: 'unavailable', status: 429, settlement: undefined }],
    ['invalid_request_error', { kind: 'rejected', status: 400, settlement: undefined }],
    ['an_error_of_next_year', { kind: 'failed', retryable: true, settlement: 'unknown' }],
  ])('%s as the first event of a stream is a refusal by its kind', async (type, expected) => {
    server.script({ kind: 'error-event', afterEvents: 0, type });
    expect(await failureOf(call(plain, { onDelta: () => undefined }))).toMatchObject(expected);
  });
});

describe('a stream that ends half way', () => {
  // message_start, ping, content_block_start, and two words.
  const afterEvents = 5;
  const answer: AnthropicStubAnswer = { kind: 'answer', text: 'Two grams exactly.', usage: cachedUsage };

  test.each([
    ['an error in the middle', { kind: 'error-event', afterEvents, type: 'overloaded_error', answer }],
    ['a lost connection', { kind: 'cut', afterEvents, answer }],
  ] as const)('by %s counts the input as told and the output by what came', async (_what, behaviour) => {
    server.script(behaviour);
    const error = await failureOf(call(plain, { onDelta: () => undefined }));
    expect(error).toMatchObject({ kind: 'cut', retryable: true, settlement: 'estimated', usage: { inputTokens: 7, cachedInputTokens: 100, cacheWriteTokens: 20, outputTokens: 'Two grams '.length + 1 } });
  });

  test('before its first event: nobody knows', async () => {
    server.script({ kind: 'cut', afterEvents: 0 });
    expect(await failureOf(call(plain, { onDelta: () => undefined }))).toMatchObject({ kind: 'unavailable', retryable: true, settlement: 'unknown' });
  });

  test('after its stop reason is whole', async () => {

    server.script({ kind: 'raw', contentType: 'text/event-stream', body: 'data: {"type":"message_start","message":{"role":"assistant","content":[],"usage":{"input_tokens":3,"output_tokens":1}}}\n\ndata: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}}\n\n' });
    expect(await call(plain, { onDelta: () => undefined })).toMatchObject({ finishReason: 'stop', usage: { inputTokens: 3, outputTokens: 2 }, settlement: 'exact' });
  });

  test('because the client left ends the call at the server, and counts what came', async () => {
    server.script({ kind: 'hang', afterEvents, answer });
    const leaving = new AbortController();
    const error = await failureOf(call(plain, { signal: leaving.signal, onDelta: (delta) => delta.content === 'grams ' && leaving.abort() }));
    expect(error).toMatchObject({ kind: 'cancelled', retryable: false, settlement: 'estimated', usage: { inputTokens: 7, cachedInputTokens: 100 } });
    await waitFor(() => server.requests.at(-1)?.outcome === 'left');
  });

  test('because nothing more comes is a timeout', async () => {
    backend = open({ timeouts: { idleMs: 40 } });
    server.script({ kind: 'hang', afterEvents, answer });
    expect(await failureOf(call(plain, { onDelta: () => undefined }))).toMatchObject({ kind: 'timeout', settlement: 'estimated' });
  });
});

describe('garbage', () => {
  const sse = 'text/event-stream';
  test.each([
    ['HTML', 'text/html', '<html>'],
    ['half a JSON', 'application/json', '{"type":"message","role":"assist'],
    ['another JSON', 'application/json', '{"ok":true}'],
    ['an OpenAI answer', 'application/json', '{"choices":[{"message":{"role":"assistant","content":"x"}}],"usage":{"prompt_tokens":1}}'],
    ['content of the wrong type', 'application/json', '{"role":"assistant","content":"text"}'],
    ['a stream of nothing', sse, ''],
    ['a stream of pings', sse, 'event: ping\ndata: {"type":"ping"}\n\n'],
    ['a stream that is no JSON', sse, 'data: {"type":\n\n'],
    ['an OpenAI stream', sse, 'data: {"choices":[{"delta":{"content":"x"}}]}\n\ndata: [DONE]\n\n'],
    ['a delta before the start', sse, 'data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"x"}}\n\n'],
    ['a start that is none', sse, 'data: {"type":"message_start","message":7}\n\n'],
  ])('%s is a failure whose spend nobody knows', async (_what, contentType, body) => {
    server.script({ kind: 'raw', body, contentType });
    expect(await failureOf(call(plain, { onDelta: () => undefined }))).toMatchObject({ kind: 'failed', retryable: true, settlement: 'unknown' });
  });

  const start = 'data: {"type":"message_start","message":{"role":"assistant","content":[],"usage":{"input_tokens":3,"output_tokens":1}}}\n\n';
  test.each([
    ['a delta of a block that never began', 'data: {"type":"content_block_delta","index":4,"delta":{"type":"text_delta","text":"x"}}\n\n'],
    ['an index without end', 'data: {"type":"content_block_start","index":4000000000,"content_block":{"type":"text","text":""}}\n\n'],
    ['a second start', start],
    ['a block that begins twice', 'data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}\n\n'.repeat(2)],
  ])('%s within a stream cuts it', async (_what, more) => {
    server.script({ kind: 'raw', body: start + more, contentType: sse });
    expect(await failureOf(call(plain, { onDelta: () => undefined }))).toMatchObject({ kind: 'cut', settlement: 'estimated', usage: { inputTokens: 3 } });
  });

  test('events, blocks and deltas that are newer than we are pass by', async () => {
    const newer = [
      'event: weather\ndata: {"type":"weather","sun":true}\n\n',
      'data: {"type":"content_block_start","index":0,"content_block":{"type":"hologram","beam":1}}\n\n',
      'data: {"type":"content_block_delta","index":0,"delta":{"type":"beam_delta","beam":2}}\n\n',
      'data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":"Yes"}}\n\n',
      'data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":4}}\n\n',
    ];
    const { reply } = await streamed({ kind: 'raw', body: start + newer.join(''), contentType: sse });
    expect(reply).toMatchObject({ message: { content: 'Yes' }, usage: { inputTokens: 3, outputTokens: 4 }, settlement: 'exact' });
  });
});

describe('a strict schema', () => {
  const schema = { type: 'object', properties: {}, additionalProperties: false };
  const request = { ...plain, response_format: { type: 'json_schema', json_schema: { name: 'nothing', strict: true, schema } } };
  const asked = () => server.requests.map(({ body }) => body).map((body) => (body['output_config'] === undefined ? 'in words' : 'enforced'));

  test('that the server does not know how to enforce is told in words, learned once', async () => {
    const before = server.requests.length;
    server.script({ kind: 'fail', status: 400, type: 'invalid_request_error', message: 'output_config.format: Extra inputs are not permitted' });
    await call(request);
    await call(request);
    expect(asked().slice(before)).toEqual(['enforced', 'in words', 'in words']);
  });

  test('with a fault of its own is its caller’s business, and the next one is enforced', async () => {
    const before = server.requests.length;
    server.script({ kind: 'fail', status: 400, type: 'invalid_request_error', message: "output_config.format.schema: For 'integer' type, property 'minimum' is not supported" });
    expect(await failureOf(call(request))).toMatchObject({ kind: 'rejected', publicDetail: expect.stringContaining('minimum') as string });
    await call(request);
    expect(asked().slice(before)).toEqual(['enforced', 'enforced']);
  });
});

test('a base URL may end in /v1 or not, and may have a path', async () => {
  for (const [base, expected] of [['', '/v1/messages'], ['/v1', '/v1/messages'], ['/v1/', '/v1/messages'], ['/proxy', '/proxy/v1/messages']] as const) {
    backend = open({ baseUrl: new URL(`${server.url}${base}`) });
    await call().catch(() => undefined);
    expect(server.requests.at(-1)?.path).toBe(expected);
  }
});
