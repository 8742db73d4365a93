import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Backend, BackendDelta, BackendReply } from '@weighbridge/inference-domain';
import { ChatRequest, estimateInputTokens } from '@weighbridge/inference-domain';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createUpstreamPools } from '../upstream-pools.ts';
import { chunk, events, failureOf, json, startTestUpstream, textChunk } from './test-upstream.ts';
import type { Answer, TestUpstream } from './test-upstream.ts';

let upstream: TestUpstream;
beforeAll(async () => {
  upstream = await startTestUpstream();
});
beforeEach(() => {
  upstream.received = [];
});
afterAll(() => upstream?.close());

const request = ChatRequest.parse({ model: 'chat-default', messages: [{ role: 'user', content: 'Say hello' }], temperature: 0, custom_field: 7, metadata: { team: 'a' } });
const usage = { prompt_tokens: 19, completion_tokens: 2, total_tokens: 21 };
const completion = {
  id: 'chatcmpl-up',
  object: 'chat.completion',
  created: 1,
  model: 'upstream-1',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
  usage,
};

const call = (backend: Backend, options: { signal?: AbortSignal; onDelta?: (delta: BackendDelta) => void } = {}): Promise<BackendReply> =>
  backend.chat({ request, maxOutputTokens: 64 }, { signal: new AbortController().signal, ...options });

describe('a whole answer', () => {
  test('comes back with exact usage; the server got its own model name, our limit, and fields that we do not know', async () => {
    upstream.answer = json(200, completion, { 'x-request-id': 'up-1' });

    const reply = await call(upstream.openBackend());

    expect(reply).toMatchObject({
      message: { role: 'assistant', content: 'Hello' },
      finishReason: 'stop',
      usage: { inputTokens: 19, outputTokens: 2 },
      settlement: 'exact',
      providerRequestId: 'up-1',
      model: 'upstream-1',
    });
    expect(upstream.received[0]).toMatchObject({
      path: '/v1/chat/completions',
      headers: { authorization: 'Bearer sk-test' },
      body: { model: 'upstream-model', max_tokens: 64, temperature: 0, custom_field: 7 },
    });
    expect(upstream.received[0]?.body).not.toHaveProperty('stream');
    expect(upstream.received[0]?.body).not.toHaveProperty('metadata');
  });

  test('keeps every choice, log probabilities, tool calls and reasoning', async () => {
    const toolCall = { id: 'call_1', type: 'function', function: { name: 'f', arguments: { a: 1 } } };
    upstream.answer = json(200, {
      ...completion,
      choices: [
        { message: { content: null, reasoning: 'hm', tool_calls: [toolCall] } },
        { index: 1, message: { content: [{ type: 'text', text: 'B' }] }, finish_reason: 'length', logprobs: { content: [{ token: 'B' }] } },
      ],
    });

    const reply = await call(upstream.openBackend());

    expect(reply.message).toMatchObject({ content: null, reasoning_content: 'hm', tool_calls: [{ id: 'call_1', function: { name: 'f', arguments: '{"a":1}' } }] });
    expect(reply.finishReason).toBe('tool_calls');
    expect(reply.choices[1]).toMatchObject({ index: 1, message: { content: 'B' }, finish_reason: 'length', logprobs: { content: [{ token: 'B' }] } });
  });

  test.each([
    ['no usage', undefined],
    ['usage of a server that does not count', { prompt_tokens: 0, completion_tokens: 0 }],
    ['usage that is none', 'many'],
  ])('with %s is settled by an upper bound, and says so', async (_name, reported) => {
    upstream.answer = json(200, { ...completion, usage: reported });

    const reply = await call(upstream.openBackend());

    expect(reply.settlement).toBe('estimated');
    expect(reply.usage).toMatchObject({ inputTokens: estimateInputTokens(request), outputTokens: 6 });
  });
});

describe('a stream', () => {
  test('passes on deltas as they come and gives the whole answer with exact usage', async () => {
    const deltas: BackendDelta[] = [];
    upstream.answer = events(
      ': ping\n\n',
      chunk([{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }]),
      textChunk('Hel'),
      textChunk('lo').replaceAll('\n', '\r\n'),
      chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]),
      chunk([], { usage }),
      'data: [DONE]\n\n',
    );

    const reply = await call(upstream.openBackend(), { onDelta: (delta) => deltas.push(delta) });

    expect(upstream.received[0]?.body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
    expect(deltas).toEqual([{ index: 0 }, { index: 0, content: 'Hel' }, { index: 0, content: 'lo' }, { index: 0, finishReason: 'stop' }]);
    expect(reply).toMatchObject({ message: { content: 'Hello' }, finishReason: 'stop', usage: { inputTokens: 19, outputTokens: 2 }, settlement: 'exact' });
  });

  test('survives any cut between bytes, within characters too', async () => {
    const bytes = Buffer.from(textChunk('héllo 😀') + chunk([{ index: 0, delta: {}, finish_reason: 'stop' }], { usage }) + 'data: [DONE]');
    upstream.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const writeFrom = (at: number): void => {
        if (at >= bytes.length) response.end();
        else response.write(bytes.subarray(at, at + 1), () => writeFrom(at + 1));
      };
      writeFrom(0);
    };

    const reply = await call(upstream.openBackend(), { onDelta: () => undefined });

    expect(reply).toMatchObject({ message: { content: 'héllo 😀' }, settlement: 'exact' });
  });

  test('puts interleaved tool calls together', async () => {
    const piece = (index: number, more: object) => chunk([{ index: 0, delta: { tool_calls: [{ index, ...more }] } }]);
    upstream.answer = events(
      piece(0, { id: 'call_a', type: 'function', function: { name: 'f', arguments: '' } }),
      piece(1, { id: 'call_b', type: 'function', function: { name: 'g', arguments: '' } }),
      piece(1, { function: { arguments: '{"b"' } }),
      piece(0, { function: { arguments: '{}' } }),
      piece(1, { function: { arguments: ':2}' } }),
      chunk([{ index: 0, delta: {}, finish_reason: 'tool_calls' }]),
      'data: [DONE]\n\n',
    );

    const reply = await call(upstream.openBackend(), { onDelta: () => undefined });

    expect(reply.message.tool_calls).toEqual([
      { id: 'call_a', type: 'function', function: { name: 'f', arguments: '{}' } },
      { id: 'call_b', type: 'function', function: { name: 'g', arguments: '{"b":2}' } },
    ]);
    expect(reply.settlement).toBe('estimated');
  });

  test('that a server answers whole becomes one delta', async () => {
    const deltas: BackendDelta[] = [];
    upstream.answer = json(200, completion);

    const reply = await call(upstream.openBackend(), { onDelta: (delta) => deltas.push(delta) });

    expect(deltas).toEqual([{ index: 0, content: 'Hello', finishReason: 'stop' }]);
    expect(reply.settlement).toBe('exact');
  });

  test.each([
    ['ends early', events(textChunk('Hel')), 'cut'],
    ['breaks off with an error', events(textChunk('Hel'), 'data: {"error":{"message":"out of memory"}}\n\n'), 'cut'],
    ['turns into half a JSON', events(textChunk('Hel'), 'data: {"choices":[{"ind'), 'cut'],
    ['loses its connection', ((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(textChunk('Hel'), () => response.destroy());
    }) as Answer, 'cut'],
  ] as const)('that %s is cut, and what came is accounted for', async (_name, given, kind) => {
    upstream.answer = given;

    const error = await failureOf(call(upstream.openBackend(), { onDelta: () => undefined }));

    expect(error).toMatchObject({ kind, retryable: true, settlement: 'estimated', usage: { inputTokens: estimateInputTokens(request), outputTokens: 4 } });
  });

  test('without a chunk is a failure whose spend nobody knows', async () => {
    upstream.answer = events('data: [DONE]\n\n');

    expect(await failureOf(call(upstream.openBackend(), { onDelta: () => undefined }))).toMatchObject({ kind: 'failed', retryable: true, settlement: 'unknown' });
  });

  test('ends when its consumer fails', async () => {
    upstream.answer = events(textChunk('Hel'), textChunk('lo', 'stop'), 'data: [DONE]\n\n');
    const broken = new Error('the live channel is gone');

    const error = await failureOf(
      call(upstream.openBackend(), {
        onDelta: () => {
          throw broken;
        },
      }),
    );

    expect(error).toMatchObject({ kind: 'cancelled', cause: broken });
  });
});

describe('an answer that is none', () => {
  test.each([
    ['HTML', 200, 'text/html', '<html>welcome to the proxy</html>', /not JSON \(content type text\/html/],
    ['half a JSON', 200, 'application/json', '{"choices":[{"mess', /not JSON/],
    ['nothing', 200, 'application/json', '', /not JSON/],
    ['another JSON', 200, 'application/json', '{"ok":true}', /no chat completion: choices/],
    ['an error under status 200', 200, 'application/json', '{"error":{"message":"no capacity"}}', /is an error: no capacity/],
    ['no choice', 200, 'application/json', '{"choices":[]}', /no chat completion: choices/],
  ])('%s is a failure that says what it was', async (_name, status, type, body, message) => {
    upstream.answer = (_request, response) => {
      response.writeHead(status, { 'content-type': type });
      response.end(body);
    };

    const error = await failureOf(call(upstream.openBackend()));

    expect(error).toMatchObject({ kind: 'failed', retryable: true, settlement: 'unknown' });
    expect(error.message).toMatch(message);
  });

  test('more bytes than allowed are given up', async () => {
    upstream.answer = json(200, { ...completion, padding: 'x'.repeat(5_000) });

    expect(await failureOf(call(upstream.openBackend({ maxResponseBytes: 4_000 })))).toMatchObject({ kind: 'failed', retryable: false });
  });
});

describe('refusals of the server', () => {
  test.each([
    [400, {}, { kind: 'rejected', retryable: false }],
    [401, {}, { kind: 'failed', retryable: true }],
    [404, {}, { kind: 'failed', retryable: true }],
    [413, {}, { kind: 'rejected', retryable: false }],
    [422, {}, { kind: 'rejected', retryable: false }],
    [429, { 'retry-after': '2' }, { kind: 'unavailable', retryable: true, retryAfterMs: 2_000 }],
    [429, { 'retry-after-ms': '150', 'retry-after': '2' }, { kind: 'unavailable', retryable: true, retryAfterMs: 150 }],
    [429, { 'retry-after': 'soon' }, { kind: 'unavailable', retryable: true, retryAfterMs: undefined }],
    [500, {}, { kind: 'failed', retryable: true }],
    [501, {}, { kind: 'failed', retryable: false }],
    [503, { 'retry-after': '0' }, { kind: 'unavailable', retryable: true, retryAfterMs: 0 }],
    [504, {}, { kind: 'timeout', retryable: true }],
    [302, { location: 'http://169.254.169.254/' }, { kind: 'failed', retryable: false }],
  ] as const)('%d %j', async (status, headers, expected) => {
    upstream.answer = json(status, { error: { message: 'no', type: 't', code: 'c' } }, headers);

    const error = await failureOf(call(upstream.openBackend()));

    expect(error).toMatchObject({ ...expected, status, code: 'c', usage: undefined, settlement: undefined });
    expect(upstream.received).toHaveLength(1);
  });

  test('a client reads why its request was refused, and nothing about our key', async () => {
    upstream.answer = json(400, { error: { message: "This model's maximum context length is 256 tokens" } });
    expect(await failureOf(call(upstream.openBackend()))).toMatchObject({
      code: 'context_length_exceeded',
      publicDetail: "This model's maximum context length is 256 tokens",
    });

    upstream.answer = json(401, { error: { message: 'Incorrect API key provided: sk-te*t' } });
    expect((await failureOf(call(upstream.openBackend()))).publicDetail).toBeUndefined();
  });

  test('an HTML error page is an error by its status', async () => {
    upstream.answer = (_request, response) => {
      response.writeHead(502, { 'content-type': 'text/html' });
      response.end('<h1>Bad Gateway</h1>');
    };

    expect(await failureOf(call(upstream.openBackend()))).toMatchObject({ kind: 'failed', status: 502, retryable: true });
  });
});

describe('time', () => {
  const silent: Answer = () => undefined;
  const stalls: Answer = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(textChunk('Hel'));
  };

  test.each([
    ['no answer', silent, { totalMs: 30 }, false, /no whole answer within 30 ms/, 'unknown'],
    ['no first token', silent, { firstTokenMs: 30 }, true, /no first token within 30 ms/, 'unknown'],
    ['no next token', stalls, { firstTokenMs: 5_000, idleMs: 30 }, true, /nothing came for 30 ms/, 'estimated'],
    ['an endless stream', stalls, { totalMs: 60 }, true, /no whole answer within 60 ms/, 'estimated'],
  ] as const)('%s in time is a timeout, and the connection is closed', async (_name, given, timeouts, stream, message, settlement) => {
    let closed: Promise<unknown> | undefined;
    upstream.answer = (got, response) => {
      closed = once(response, 'close');
      given(got, response);
    };

    const error = await failureOf(call(upstream.openBackend({ timeouts }), stream ? { onDelta: () => undefined } : {}));

    expect(error).toMatchObject({ kind: 'timeout', retryable: true, settlement });
    expect(error.message).toMatch(message);
    await closed;
  });

  test('an abort ends the call at once and closes the connection', async () => {
    const controller = new AbortController();
    let closed: Promise<unknown> | undefined;
    upstream.answer = (got, response) => {
      closed = once(response, 'close');
      stalls(got, response);
    };

    const error = await failureOf(call(upstream.openBackend(), { signal: controller.signal, onDelta: () => controller.abort() }));

    expect(error).toMatchObject({ kind: 'cancelled', retryable: false, settlement: 'estimated' });
    await closed;
  });

  test('an abort before the call never reaches the server', async () => {
    const error = await failureOf(call(upstream.openBackend(), { signal: AbortSignal.abort() }));

    expect(error).toMatchObject({ kind: 'cancelled', settlement: undefined });
    expect(upstream.received).toHaveLength(0);
  });

  test('close ends what runs, and refuses what comes after', async () => {
    const backend = upstream.openBackend();
    let arrived: (() => void) | undefined;
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    upstream.answer = () => arrived?.();
    const running = failureOf(call(backend));
    await arrival;

    await backend.close();

    expect(await running).toMatchObject({ kind: 'unavailable', retryable: true, settlement: 'unknown' });
    expect(await failureOf(call(backend))).toMatchObject({ kind: 'unavailable' });
  });
});

test('a server that is not there is unavailable, and nothing was spent', async () => {
  const gone = createServer();
  gone.listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const baseUrl = new URL(`http://127.0.0.1:${(gone.address() as AddressInfo).port}/v1`);
  const pools = createUpstreamPools({ allowPrivate: true });
  gone.close();
  await once(gone, 'close');

  const error = await failureOf(call(upstream.openBackend({ baseUrl, pool: pools.poolFor(baseUrl) })));

  expect(error).toMatchObject({ kind: 'unavailable', retryable: true, status: undefined, settlement: undefined });
  await pools.close();
});

test('connections are kept: a hundred calls in a row need no more than two', async () => {
  upstream.answer = json(200, completion);
  const fresh = createUpstreamPools({ allowPrivate: true });
  const backend = upstream.openBackend({ pool: fresh.poolFor(upstream.baseUrl) });

  for (let calls = 0; calls < 100; calls += 1) await call(backend);

  expect(upstream.received).toHaveLength(100);
  expect(new Set(upstream.received.map(({ remotePort }) => remotePort)).size).toBeLessThanOrEqual(2);
  await fresh.close();
});
