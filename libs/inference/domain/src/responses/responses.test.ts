import { describe, expect, test } from 'vitest';
import { ResponsesRequest, chatOfResponse, createResponseStream, followResponse, outputOfChoice, responseBody, responseOfJob } from '../index.ts';
import type { BackendDelta, ChatChoice, JobStatus, ResponseEvent, ResponseHead, ResponseJob, ResponseObject } from '../index.ts';

const translate = (more: object) => chatOfResponse(ResponsesRequest.parse({ model: 'm', input: 'hi', ...more }));
const usage = { inputTokens: 5, cachedInputTokens: 2, cacheWriteTokens: 1, outputTokens: 4, reasoningTokens: 3 };
const call = { type: 'function_call', call_id: 'c1', name: 'f', arguments: '{}' };
const tool = { type: 'function', name: 'f', description: 'does', parameters: { type: 'object' }, strict: true };

describe('a response as a chat', () => {
  test.each([
    { what: 'a text', more: {}, is: { messages: [{ role: 'user', content: 'hi' }] } },
    { what: 'instructions', more: { instructions: 'Be brief.' }, is: { messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'hi' }] } },
    { what: 'messages with and without a type', more: { input: [{ role: 'developer', content: 'a' }, { type: 'message', role: 'user', content: 'b' }] }, is: { messages: [{ role: 'developer', content: 'a' }, { role: 'user', content: 'b' }] } },
    { what: 'a single text part as text', more: { input: [{ role: 'user', content: [{ type: 'input_text', text: 'a' }] }] }, is: { messages: [{ role: 'user', content: 'a' }] } },
    {
      what: 'texts, images and files',
      more: { input: [{ role: 'user', content: [{ type: 'input_text', text: 'a' }, { type: 'input_image', image_url: 'https://x/y.png', detail: 'low' }, { type: 'input_file', file_data: 'data:x', filename: 'y.pdf' }] }] },
      is: { messages: [{ content: [{ type: 'text', text: 'a' }, { type: 'image_url', image_url: { url: 'https://x/y.png', detail: 'low' } }, { type: 'file', file: { file_data: 'data:x', filename: 'y.pdf' } }] }] },
    },
    {
      what: 'what the assistant said, thought and called, as one turn',
      more: { input: [{ type: 'reasoning', id: 'rs_1', summary: [] }, { role: 'assistant', content: [{ type: 'output_text', text: 'a' }, { type: 'output_text', text: 'b' }] }, call, { ...call, call_id: 'c2' }, { type: 'function_call_output', call_id: 'c1', output: '1' }, { type: 'function_call_output', call_id: 'c2', output: [{ type: 'input_text', text: '2' }] }] },
      is: {
        messages: [
          { role: 'assistant', content: 'ab', tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' } }, { id: 'c2' }] },
          { role: 'tool', tool_call_id: 'c1', content: '1' },
          { role: 'tool', tool_call_id: 'c2', content: '2' },
        ],
      },
    },
    { what: 'a call without a text', more: { input: [{ role: 'user', content: 'a' }, call] }, is: { messages: [{ role: 'user' }, { role: 'assistant', content: null, tool_calls: [{ id: 'c1' }] }] } },
    { what: 'a refusal', more: { input: [{ role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] }] }, is: { messages: [{ role: 'assistant', content: '', refusal: 'No.' }] } },
    { what: 'limits, sampling and who asks', more: { max_output_tokens: 9, temperature: 0.1, top_p: 0.9, user: 'u', safety_identifier: 's', metadata: { a: 'b' }, service_tier: 'flex', prompt_cache_key: 'k' }, is: { max_completion_tokens: 9, temperature: 0.1, top_p: 0.9, user: 'u', safety_identifier: 's', metadata: { a: 'b' }, service_tier: 'flex', prompt_cache_key: 'k' } },
    { what: 'effort and verbosity', more: { reasoning: { effort: 'low', summary: 'auto' }, text: { verbosity: 'low' } }, is: { reasoning_effort: 'low', verbosity: 'low' } },
    { what: 'a schema', more: { text: { format: { type: 'json_schema', name: 's', schema: { type: 'object' }, strict: true } } }, is: { response_format: { type: 'json_schema', json_schema: { name: 's', schema: { type: 'object' }, strict: true } } } },
    { what: 'any JSON', more: { text: { format: { type: 'json_object' } } }, is: { response_format: { type: 'json_object' } } },
    { what: 'functions and the choice among them', more: { tools: [tool], tool_choice: { type: 'function', name: 'f' }, parallel_tool_calls: false }, is: { tools: [{ type: 'function', function: { name: 'f', description: 'does', parameters: { type: 'object' }, strict: true } }], tool_choice: { type: 'function', function: { name: 'f' } }, parallel_tool_calls: false } },
    { what: 'a choice by word', more: { tools: [tool], tool_choice: 'required' }, is: { tool_choice: 'required' } },
    { what: 'log probabilities', more: { include: ['message.output_text.logprobs'], top_logprobs: 2 }, is: { logprobs: true, top_logprobs: 2 } },
  ])('$what', ({ more, is }) => {
    expect(translate(more)).toMatchObject({ ok: true, value: { model: 'm', ...is } });
  });

  test.each([
    { what: 'plain text as the format', more: { text: { format: { type: 'text' } } }, absent: ['response_format'] },
    { what: 'no tools', more: { tools: [], tool_choice: 'auto' }, absent: ['tools', 'tool_choice'] },
    { what: 'what clients ask for on their own', more: { include: ['reasoning.encrypted_content'], truncation: 'disabled', store: true, previous_response_id: null }, absent: ['include', 'truncation', 'store', 'previous_response_id', 'logprobs'] },
    { what: 'how it is delivered', more: { stream: true, background: true }, absent: ['stream', 'background', 'input', 'instructions'] },
  ])('leaves out $what', ({ more, absent }) => {
    const chat = translate(more);
    expect(chat.ok).toBe(true);
    for (const field of absent) expect(chat.ok && chat.value).not.toHaveProperty(field);
  });

  test.each([
    { more: { previous_response_id: 'resp_1' }, paths: ['previous_response_id'] },
    { more: { conversation: 'conv_1', prompt: { id: 'p' }, context_management: [] }, paths: ['conversation', 'prompt', 'context_management'] },
    { more: { truncation: 'auto' }, paths: ['truncation'] },
    { more: { background: true, store: false }, paths: ['store'] },
    { more: { include: ['file_search_call.results'] }, paths: ['include.0'] },
    { more: { tools: [tool, { type: 'web_search' }] }, paths: ['tools.1.type'] },
    { more: { tools: [tool], tool_choice: { type: 'web_search' } }, paths: ['tool_choice.type'] },
    { more: { input: [{ type: 'item_reference', id: 'msg_1' }] }, paths: ['input.0.type'] },
    { more: { input: [{ type: 'computer_call' }, { role: 'user', content: [{ type: 'input_audio' }] }] }, paths: ['input.0.type', 'input.1.content.0.type'] },
  ])('refuses what it cannot obey: $paths', ({ more, paths }) => {
    const chat = translate(more);
    expect(chat.ok ? [] : chat.faults.map(({ path }) => path.join('.'))).toEqual(paths);
    expect(chat.ok || chat.faults.every(({ unsupported }) => unsupported)).toBe(true);
  });

  test.each([
    { more: { input: [{ role: 'nobody', content: 'a' }] }, paths: ['input.0.role'] },
    { more: { input: [{ role: 'user' }] }, paths: ['input.0.content'] },
    { more: { input: [{ role: 'user', content: [{ type: 'input_text' }] }] }, paths: ['input.0.content.0.text'] },
    { more: { input: [{ ...call, name: '' }] }, paths: ['input.0.name'] },
    { more: { input: [{ type: 'function_call_output', output: 'a' }] }, paths: ['input.0.call_id'] },
    { more: { input: [{ type: 'reasoning' }] }, paths: ['input'] },
  ])('names what is not valid: $paths', ({ more, paths }) => {
    const chat = translate(more);
    expect(chat.ok ? [] : chat.faults.map(({ path }) => path.join('.'))).toEqual(paths);
    expect(chat.ok || chat.faults.some(({ unsupported }) => unsupported)).toBe(false);
  });
});

const head: ResponseHead = { id: 'resp_1', createdAt: 10, chat: { model: 'm', messages: [{ role: 'user', content: 'hi' }] }, instructions: null, background: false };
const choice = (message: Partial<ChatChoice['message']>, finishReason = 'stop'): ChatChoice => ({ index: 0, message: { role: 'assistant', content: null, ...message }, finish_reason: finishReason });
const piece = (more: Partial<BackendDelta>): BackendDelta => ({ index: 0, ...more });

function run(deltas: readonly BackendDelta[], end: ChatChoice = choice({})): ResponseEvent[] {
  const events: ResponseEvent[] = [];
  const stream = createResponseStream({ head, send: (event) => events.push(event) });
  for (const delta of deltas) stream.delta(delta);
  stream.finish({ choices: [end], usage, completedAt: 11 });
  return events;
}
const short = (events: readonly ResponseEvent[]) => events.map(({ type, output_index: output, content_index: content }) => [type.replace('response.', ''), output, content].filter((part) => part !== undefined).map(String).join(' '));

describe('a streamed response', () => {
  test('of a thought, a text and two calls has each item from added to done', () => {
    const events = run([
      piece({ reasoning: 'Hm.' }),
      piece({ content: 'Let me ' }),
      piece({ content: 'see.' }),
      piece({ toolCalls: [{ index: 0, id: 'c1', type: 'function', function: { name: 'f', arguments: '' } }] }),
      piece({ toolCalls: [{ index: 1, id: 'c2', function: { name: 'g', arguments: '{' } }, { index: 0, function: { arguments: '{}' } }] }),
      piece({ toolCalls: [{ index: 1, function: { arguments: '}' } }], finishReason: 'tool_calls' }),
    ]);

    expect(short(events)).toEqual([
      'created', 'in_progress',
      'output_item.added 0', 'content_part.added 0 0', 'reasoning_text.delta 0 0', 'reasoning_text.done 0 0', 'content_part.done 0 0', 'output_item.done 0',
      'output_item.added 1', 'content_part.added 1 0', 'output_text.delta 1 0', 'output_text.delta 1 0', 'output_text.done 1 0', 'content_part.done 1 0', 'output_item.done 1',
      'output_item.added 2', 'output_item.added 3', 'function_call_arguments.delta 3', 'function_call_arguments.delta 2', 'function_call_arguments.delta 3',
      'function_call_arguments.done 2', 'output_item.done 2', 'function_call_arguments.done 3', 'output_item.done 3',
      'completed',
    ]);
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
    expect(events.at(-1)).toMatchObject({
      response: {
        status: 'completed',
        completed_at: 11,
        output: [
          { type: 'reasoning', content: [{ type: 'reasoning_text', text: 'Hm.' }] },
          { type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: 'Let me see.', annotations: [] }] },
          { type: 'function_call', call_id: 'c1', name: 'f', arguments: '{}', status: 'completed' },
          { type: 'function_call', call_id: 'c2', name: 'g', arguments: '{}', status: 'completed' },
        ],
        usage: { input_tokens: 8, input_tokens_details: { cached_tokens: 2, cache_write_tokens: 1 }, output_tokens: 4, output_tokens_details: { reasoning_tokens: 3 }, total_tokens: 12 },
      },
    });
  });

  test.each([
    { finishReason: 'length', reason: 'max_output_tokens' },
    { finishReason: 'content_filter', reason: 'content_filter' },
  ])('that ends by $finishReason is incomplete: $reason', ({ finishReason, reason }) => {
    expect(run([piece({ content: 'a' }), piece({ finishReason })]).at(-1)).toMatchObject({ type: 'response.incomplete', response: { status: 'incomplete', completed_at: null, incomplete_details: { reason }, output: [{ status: 'incomplete' }] } });
  });

  test('of a refusal tells it as one', () => {
    expect(short(run([piece({ refusal: 'No.' })]))).toContain('refusal.delta 0 0');
  });

  test('carries log probabilities with their text, and all with its end', () => {
    const events = run([piece({ content: 'a', logprobs: { content: [{ token: 'a' }] } }), piece({ content: 'b', logprobs: { content: [{ token: 'b' }] } })]);
    expect(events.filter(({ type }) => type === 'response.output_text.delta').map((event) => event['logprobs'])).toEqual([[{ token: 'a' }], [{ token: 'b' }]]);
    expect(events.find(({ type }) => type === 'response.output_text.done')?.['logprobs']).toEqual([{ token: 'a' }, { token: 'b' }]);
  });

  test.each([
    { what: 'a text', message: { content: 'ab' }, deltas: [piece({ content: 'ab', finishReason: 'stop' })] },
    { what: 'a call', message: { tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' } }] }, deltas: [piece({ toolCalls: [{ index: 0, id: 'c1', function: { name: 'f', arguments: '{}' } }] })] },
    { what: 'a thought', message: { reasoning_content: 'Hm.', content: 'ab' }, deltas: [piece({ reasoning: 'Hm.' }), piece({ content: 'ab' })] },
  ])('of a server that answers at once ends like one that streams: $what', ({ message, deltas }) => {
    const whole = run(deltas).at(-1)?.['response'] as ResponseObject;
    expect(run([], choice(message)).at(-1)?.['response']).toEqual(whole);
    expect(outputOfChoice('resp_1', choice(message)).output).toEqual(whole.output);
  });

  test('leaves out answers beside the first', () => {
    expect(short(run([{ index: 1, content: 'other' }]))).toEqual(['created', 'in_progress', 'completed']);
  });

  test('that fails keeps what came, as incomplete', () => {
    const events: ResponseEvent[] = [];
    const stream = createResponseStream({ head, send: (event) => events.push(event) });
    stream.delta(piece({ content: 'half' }));
    stream.fail({ status: 'failed', error: { code: 'upstream_error', message: 'gone' } });
    expect(events.at(-1)).toMatchObject({ type: 'response.failed', response: { status: 'failed', error: { code: 'upstream_error' }, output: [{ status: 'incomplete', content: [{ text: 'half' }] }] } });
  });
});

describe('a response object', () => {
  test('says with what settings it was made', () => {
    const chat = translate({ tools: [tool], tool_choice: { type: 'function', name: 'f' }, text: { format: { type: 'json_schema', name: 's', schema: {}, strict: true }, verbosity: 'low' }, reasoning: { effort: 'high' }, max_output_tokens: 9 });
    if (!chat.ok) throw new Error('it is valid');
    expect(responseBody({ ...head, chat: chat.value, instructions: 'i' }, { status: 'in_progress' })).toMatchObject({
      instructions: 'i',
      max_output_tokens: 9,
      tools: [tool],
      tool_choice: { type: 'function', name: 'f' },
      text: { format: { type: 'json_schema', name: 's', schema: {}, strict: true }, verbosity: 'low' },
      reasoning: { effort: 'high' },
      store: false,
      usage: null,
      error: null,
      output: [],
    });
  });
});

describe('a background response', () => {
  const job = (status: JobStatus, more: Partial<ResponseJob> = {}): ResponseJob => ({ status, choices: [], usage: null, error: null, finishedAt: null, ...more });
  const failed = job('failed', { error: { code: 'upstream_error', message: 'gone' } });
  const succeeded = job('succeeded', { choices: [choice({ content: 'ab' })], usage, finishedAt: new Date(12_000) });

  test.each([
    { state: job('queued'), is: { status: 'queued', error: null } },
    { state: job('running'), is: { status: 'in_progress' } },
    { state: succeeded, is: { status: 'completed', completed_at: 12, output: [{ type: 'message' }], usage: { total_tokens: 12 } } },
    { state: job('succeeded', { choices: [choice({ content: 'a' }, 'length')] }), is: { status: 'incomplete', completed_at: null, incomplete_details: { reason: 'max_output_tokens' } } },
    { state: failed, is: { status: 'failed', error: { code: 'upstream_error' } } },
    { state: job('cancelled', { error: { code: 'cancelled', message: 'x' } }), is: { status: 'cancelled', error: null } },
    { state: job('expired', { error: { code: 'total_timeout', message: 'x' } }), is: { status: 'failed', error: { code: 'total_timeout' } } },
  ])('of a job that is $state.status', ({ state, is }) => {
    expect(responseOfJob(head, state)).toMatchObject(is);
  });

  test.each([
    { what: 'seen from its beginning', states: [job('queued'), job('running'), succeeded] },
    { what: 'seen late', states: [job('running'), succeeded] },
    { what: 'seen at its end only', states: [succeeded] },
    { what: 'that went back to the queue', states: [job('queued'), job('running'), job('queued'), job('running'), succeeded] },
  ])('$what has the same events with the same numbers', ({ states }) => {
    const events: ResponseEvent[] = [];
    const follow = followResponse(head, (event) => events.push(event));
    for (const state of states) follow(state);
    expect(short(events)).toEqual(['created', 'queued', 'in_progress', 'output_item.added 0', 'content_part.added 0 0', 'output_text.delta 0 0', 'output_text.done 0 0', 'content_part.done 0 0', 'output_item.done 0', 'completed']);
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
  });

  test.each([
    { state: failed, response: { status: 'failed', error: { code: 'upstream_error' } } },
    { state: job('cancelled'), response: { status: 'cancelled', error: null } },
  ])('that is $state.status ends its events so', ({ state, response }) => {
    const events: ResponseEvent[] = [];
    followResponse(head, (event) => events.push(event))(state);
    expect(events.at(-1)).toMatchObject({ type: 'response.failed', response });
  });
});
