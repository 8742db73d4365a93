import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { waitFor } from '../wait-for.ts';
import { startStubModelServer } from './start-stub-model-server.ts';
import type { StubModelServer } from './start-stub-model-server.ts';

let stub: StubModelServer;
beforeEach(async () => {
  stub = await startStubModelServer({ models: ['one', 'two'] });
});
afterEach(() => stub.stop());

const ask = (body: object = {}, signal: AbortSignal | null = null) =>
  fetch(`${stub.url}/chat/completions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ model: 'one', messages: [], ...body }), signal });

const askForStream = (body: object = {}, signal?: AbortSignal) => ask({ stream: true, stream_options: { include_usage: true }, ...body }, signal);

const eventsOf = (text: string) => text.split('\n\n').filter(Boolean).map((event) => event.slice('data: '.length));

describe('answers', () => {
  test('a completion with usage', async () => {
    const response = await ask();

    expect(await response.json()).toMatchObject({
      object: 'chat.completion',
      model: 'one',
      choices: [{ message: { role: 'assistant', content: 'Weighed and found exact.' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 12, completion_tokens: 4, total_tokens: 16 },
    });
  });

  test('a stream: role, words, finish reason, usage, done', async () => {
    const events = eventsOf(await (await askForStream()).text());

    expect(events.at(-1)).toBe('[DONE]');
    const chunks = events.slice(0, -1).map((event) => JSON.parse(event) as { choices: { delta: { content?: string }; finish_reason: string | null }[]; usage?: object });
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe('Weighed and found exact.');
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop');
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 12, completion_tokens: 4 } });
  });

  test('a stream tells usage only when asked', async () => {
    expect(await (await ask({ stream: true })).text()).not.toContain('usage');
  });

  test('never more tokens than the request allows', async () => {
    stub.script({ kind: 'answer', outputTokens: 500 });

    expect(await (await ask({ max_tokens: 2 })).json()).toMatchObject({ choices: [{ message: { content: 'Weighed and ' }, finish_reason: 'length' }], usage: { completion_tokens: 2 } });
  });

  test('scripted text, tokens and tool calls', async () => {
    stub.script({ kind: 'answer', inputTokens: 1000, cachedInputTokens: 900, outputTokens: 7, toolCalls: [{ id: 'call_1', name: 'weigh', arguments: '{"what":"gold"}' }] });

    expect(await (await ask()).json()).toMatchObject({
      choices: [{ message: { content: null, tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'weigh' } }] }, finish_reason: 'tool_calls' }],
      usage: { prompt_tokens: 1000, completion_tokens: 7, prompt_tokens_details: { cached_tokens: 900 } },
    });
  });

  test('the list of models', async () => {
    expect(await (await fetch(`${stub.url}/models`)).json()).toMatchObject({ object: 'list', data: [{ id: 'one' }, { id: 'two' }] });
  });
});

describe('failures', () => {
  test('a status with Retry-After, once; then the usual again', async () => {
    stub.script({ kind: 'fail', status: 429, retryAfter: '3' });

    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('3');
    expect(await refused.json()).toMatchObject({ error: { type: 'rate_limit_error' } });
    expect((await ask()).status).toBe(200);
  });

  test('a stream that is cut after two chunks', async () => {
    stub.script({ kind: 'cut', afterChunks: 2 });
    const response = await askForStream();
    const received: string[] = [];

    const reading = (async () => {
      for await (const part of response.body!.pipeThrough(new TextDecoderStream())) received.push(part);
    })();

    await expect(reading).rejects.toThrow('terminated');
    expect(eventsOf(received.join(''))).toHaveLength(2);
  });

  test('a plain answer that is cut', async () => {
    stub.script({ kind: 'cut' });

    await expect(ask().then((response) => response.text())).rejects.toThrow();
  });

  test('garbage', async () => {
    stub.script({ kind: 'garbage' }, { kind: 'garbage' });

    await expect(ask().then((response) => response.json())).rejects.toThrow(SyntaxError);
    expect(eventsOf(await (await askForStream()).text())).toEqual(['{"choices":[{"delta"']);
  });

  test('a connection that breaks at once', async () => {
    stub.script({ kind: 'reset' });

    await expect(ask()).rejects.toThrow('fetch failed');
  });

  test.each([{ stream: false }, { stream: true }])('a hang ends when the caller leaves (stream: $stream)', async ({ stream }) => {
    stub.script(stream ? { kind: 'hang', afterChunks: 1 } : { kind: 'hang' });
    const caller = new AbortController();
    const asking = ask({ stream }, caller.signal).then((response) => response.text());

    const request = await stub.arrival(1);
    caller.abort();

    await expect(asking).rejects.toThrow('aborted');
    await waitFor(() => request.outcome === 'left');
  });

  test('a caller that leaves a slow stream is noticed, and not counted as served', async () => {
    stub.script({ kind: 'answer', chunkGapMs: 60_000 });
    const caller = new AbortController();
    const asking = askForStream({}, caller.signal).then((response) => response.text());

    const request = await stub.arrival(1);
    caller.abort();

    await expect(asking).rejects.toThrow('aborted');
    await waitFor(() => request.outcome === 'left');
    expect(stub.served.requests).toBe(0);
  });
});

describe('records', () => {
  test('what was asked, and what was served', async () => {
    stub.always((request) => (request.body['user'] === 'unlucky' ? { kind: 'fail', status: 500 } : { kind: 'answer', inputTokens: 3, outputTokens: 2 }));
    for (const user of ['lucky', 'unlucky', 'lucky']) await (await ask({ user })).text();

    expect(stub.requests.map(({ body, index, outcome }) => [index, body['user'], outcome])).toEqual([
      [0, 'lucky', 'answered'],
      [1, 'unlucky', 'failed'],
      [2, 'lucky', 'answered'],
    ]);
    expect(stub.served).toEqual({ requests: 2, inputTokens: 6, outputTokens: 4 });
  });

  test('instant mode counts without recording, plain and streamed', async () => {
    await using instant = await startStubModelServer({ instant: true });
    const post = (body: object) => fetch(`${instant.url}/chat/completions`, { method: 'POST', body: JSON.stringify(body) });

    expect(await (await post({})).json()).toMatchObject({ usage: { total_tokens: 16 } });
    expect(eventsOf(await (await post({ stream: true, stream_options: { include_usage: true } })).text()).at(-2)).toContain('"usage"');

    expect(instant.served).toEqual({ requests: 2, inputTokens: 24, outputTokens: 8 });
    expect(instant.requests).toEqual([]);
  });
});
