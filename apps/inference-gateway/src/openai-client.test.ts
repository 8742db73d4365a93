import { waitFor } from '@weighbridge/shared-testing';
import OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startClientWorld } from './testing/start-client-world.ts';
import type { ClientWorld } from './testing/start-client-world.ts';

const model = 'abacus:production';

describe.each(['redis', 'postgres'] as const)('the official openai package, unchanged, with the queue in %s', (home) => {
  let world: ClientWorld;
  let openai: OpenAI;
  beforeAll(async () => {
    world = await startClientWorld(home);
    openai = new OpenAI({ baseURL: world.baseUrl, apiKey: world.apiKey, maxRetries: 0 });
  }, 60_000);
  afterAll(() => world[Symbol.asyncDispose](), 60_000);
  beforeEach(() => world.stub.always({ kind: 'answer' }));

  const lastBody = () => world.stub.requests.at(-1)?.body;

  test('chat completions, whole and streamed', async () => {
    const whole = await openai.chat.completions.create({ model, messages: [{ role: 'user', content: 'What does it weigh?' }] });
    const stream = openai.chat.completions.stream({ model, messages: [{ role: 'user', content: 'What does it weigh?' }] });

    expect(whole.choices[0]?.message.content).toBe('Weighed and found exact.');
    expect(await stream.finalContent()).toBe('Weighed and found exact.');
  });

  test('completions: each prompt is a call, and choices are counted over all of them', async () => {
    world.stub.always(({ body }) => ({ kind: 'answer', text: `about ${(body['messages'] as { content: string }[])[0]?.content}` }));

    const { data, response } = await openai.completions.create({ model, prompt: ['gold', 'lead'], max_tokens: 5, user: 'u-1' }).withResponse();

    expect(data).toMatchObject({ object: 'text_completion', model, id: expect.stringMatching(/^cmpl-/) });
    expect(data.choices).toEqual([
      { index: 0, text: 'about gold', logprobs: null, finish_reason: 'stop' },
      { index: 1, text: 'about lead', logprobs: null, finish_reason: 'stop' },
    ]);
    // The usage of both, and what both cost: 24 tokens at $1 and 4 at $10 a million.
    expect(data.usage).toMatchObject({ prompt_tokens: 24, completion_tokens: 4 });
    expect(response.headers.get('x-weighbridge-cost-usd')).toBe('0.000064');
    expect(lastBody()).toMatchObject({ max_tokens: 5, user: 'u-1' });
    expect(lastBody()).not.toHaveProperty('prompt');
  });

  test('completions, streamed', async () => {
    const stream = await openai.completions.create({ model, prompt: 'What does it weigh?', stream: true, stream_options: { include_usage: true } });
    const chunks: OpenAI.Completion[] = [];
    for await (const chunk of stream) chunks.push(chunk);

    expect(chunks.map((chunk) => chunk.choices[0]?.text ?? '').join('')).toBe('Weighed and found exact.');
    expect(chunks.filter((chunk) => chunk.choices[0]?.finish_reason != null)).toHaveLength(1);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 12, completion_tokens: 4, total_tokens: 16 } });
    expect(lastBody()).toMatchObject({ max_tokens: 16 });
  });

  test('embeddings: base64 as the package asks, floats, dimensions and tokens', async () => {
    const { data, response } = await openai.embeddings.create({ model, input: ['one', 'three'] }).withResponse();
    expect(lastBody()).toMatchObject({ encoding_format: 'base64', model: 'stub-model' });
    const floats = await openai.embeddings.create({ model, input: 'one', encoding_format: 'float', dimensions: 2 });
    const tokens = await openai.embeddings.create({ model, input: [[1, 2, 3], [4]], encoding_format: 'float' });

    expect(data).toMatchObject({ object: 'list', model, usage: { prompt_tokens: 8, total_tokens: 8 } });
    expect(data.data.map(({ index, embedding }) => [index, ...embedding])).toEqual([[0, 0, 1.5, 0.75, 0.375], [1, 1, 2.5, 1.25, 0.625]]);
    expect(response.headers.get('x-weighbridge-cost-usd')).toBe('0.000008');
    expect(floats.data[0]?.embedding).toEqual([0, 1.5]);
    expect(tokens.data).toHaveLength(2);
    expect(lastBody()).toMatchObject({ input: [[1, 2, 3], [4]] });
  });

  test('every door’s calls are in the ledger, each prompt and each embedding at its exact cost', async () => {
    const { response: completed } = await openai.completions.create({ model, prompt: 'hi' }).withResponse();
    const { response: embedded } = await openai.embeddings.create({ model, input: 'hi' }).withResponse();
    const { response: answered } = await openai.responses.create({ model, input: 'hi', metadata: { team: 'search' } }).withResponse();
    const eventOf = (response: Response) => waitFor(() => world.usage.find(({ jobId }) => jobId === response.headers.get('x-weighbridge-job')));

    const shared = { outcome: 'succeeded', settlement: 'exact', final: true, lane: 'interactive', model: 'abacus', version: '1' };
    expect(await eventOf(completed)).toMatchObject({ ...shared, tokens: { inputTokens: 12, outputTokens: 4 }, costUsd: '0.000052' });
    expect(await eventOf(embedded)).toMatchObject({ ...shared, tokens: { inputTokens: 4, outputTokens: 0 }, costUsd: '0.000004' });
    expect(await eventOf(answered)).toMatchObject({ ...shared, tags: { team: 'search' }, costUsd: '0.000052' });
  });

  test('models: one by each kind of reference, and 404 for what may not be called', async () => {
    for (const id of ['abacus', 'abacus@1', 'abacus:next']) expect(await openai.models.retrieve(id)).toMatchObject({ id, object: 'model', owned_by: 'Example Lab' });
    for (const id of ['nobody', 'abacus@9', 'scholar', 'idle']) await expect(openai.models.retrieve(id)).rejects.toMatchObject({ status: 404, code: 'model_not_found', type: 'not_found_error' });
  });

  test('responses: instructions, items, schema and limits reach the model as a chat', async () => {
    world.stub.always({ kind: 'answer', text: '{"grams":5}' });
    const schema = { type: 'object', properties: { grams: { type: 'number' } }, required: ['grams'], additionalProperties: false };

    const { data, response } = await openai.responses
      .create({
        model,
        instructions: 'Answer in JSON.',
        input: [
          { role: 'user', content: [{ type: 'input_text', text: 'What does it weigh?' }] },
          { type: 'function_call', call_id: 'call_1', name: 'weigh', arguments: '{}' },
          { type: 'function_call_output', call_id: 'call_1', output: '5 g' },
        ],
        tools: [{ type: 'function', name: 'weigh', parameters: { type: 'object' }, strict: null }],
        text: { format: { type: 'json_schema', name: 'weight', schema, strict: true } },
        max_output_tokens: 50,
        metadata: { team: 'search' },
      })
      .withResponse();

    expect(data.output_text).toBe('{"grams":5}');
    expect(data).toMatchObject({ status: 'completed', model, instructions: 'Answer in JSON.', max_output_tokens: 50, store: false, metadata: { team: 'search' }, usage: { input_tokens: 12, output_tokens: 1, total_tokens: 13 } });
    expect(data.text).toEqual({ format: { type: 'json_schema', name: 'weight', schema, strict: true } });
    expect(response.headers.get('x-weighbridge-job')).toBe(data.id.replace('resp_', 'job_'));
    expect(lastBody()).toMatchObject({
      messages: [
        { role: 'system', content: 'Answer in JSON.' },
        { role: 'user', content: 'What does it weigh?' },
        { role: 'assistant', content: null, tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'weigh', arguments: '{}' } }] },
        { role: 'tool', tool_call_id: 'call_1', content: '5 g' },
      ],
      tools: [{ type: 'function', function: { name: 'weigh', parameters: { type: 'object' } } }],
      response_format: { type: 'json_schema', json_schema: { name: 'weight', schema, strict: true } },
      max_tokens: 50,
    });
  });

  test('responses, streamed: the events of a text, and of a call', async () => {
    const stream = openai.responses.stream({ model, input: 'What does it weigh?' });
    const types: string[] = [];
    for await (const event of stream) types.push(event.type);
    const whole = await stream.finalResponse();

    expect([...new Set(types)]).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
    expect(whole.output_text).toBe('Weighed and found exact.');

    world.stub.always({ kind: 'answer', toolCalls: [{ id: 'call_7', name: 'weigh', arguments: '{"of":"gold"}' }] });
    const called = await openai.responses.stream({ model, input: 'Weigh it.', tools: [{ type: 'function', name: 'weigh', parameters: {}, strict: false }] }).finalResponse();
    expect(called.output).toEqual([expect.objectContaining({ type: 'function_call', call_id: 'call_7', name: 'weigh', arguments: '{"of":"gold"}', status: 'completed' })]);
  });

  test('a stream that the backend cuts ends as a failed response', async () => {
    world.stub.always({ kind: 'cut', afterChunks: 3 });

    const stream = await openai.responses.create({ model, input: 'hi', stream: true });
    const events: OpenAI.Responses.ResponseStreamEvent[] = [];
    for await (const event of stream) events.push(event);

    expect(events.at(-1)).toMatchObject({ type: 'response.failed', response: { status: 'failed', error: { code: 'upstream_error' } } });
  });

  test('a background response is polled, resumed as a stream, and stays what it was', async () => {
    const { data: queued, response } = await openai.responses.create({ model, input: 'What does it weigh?', background: true, metadata: { team: 'search' } }).withResponse();
    expect(queued).toMatchObject({ status: 'queued', background: true, store: true, output: [] });
    expect(response.headers.get('x-weighbridge-job')).toBe(queued.id.replace('resp_', 'job_'));

    const done = await waitFor(async () => {
      const now = await openai.responses.retrieve(queued.id);
      return now.status === 'completed' ? now : undefined;
    });
    expect(done).toMatchObject({ output_text: 'Weighed and found exact.', usage: { input_tokens: 12 }, metadata: { team: 'search' } });

    const all: OpenAI.Responses.ResponseStreamEvent[] = [];
    for await (const event of await openai.responses.retrieve(queued.id, { stream: true })) all.push(event);
    const rest: OpenAI.Responses.ResponseStreamEvent[] = [];
    for await (const event of await openai.responses.retrieve(queued.id, { stream: true, starting_after: 2 })) rest.push(event);
    expect(all.map((event) => event.sequence_number)).toEqual(all.map((_, index) => index));
    expect(all.slice(0, 3).map(({ type }) => type)).toEqual(['response.created', 'response.queued', 'response.in_progress']);
    expect(rest).toEqual(all.slice(3));
    expect(all.at(-1)).toMatchObject({ type: 'response.completed', response: { output: done.output } });

    // Another project's key finds nothing.
    const rival = new OpenAI({ baseURL: world.baseUrl, apiKey: world.gateway.facts.rival.runner.token, maxRetries: 0 });
    await expect(rival.responses.retrieve(queued.id)).rejects.toMatchObject({ status: 404 });
  });

  test('a background response in flight is cancelled, and the backend call with it', async () => {
    world.stub.always({ kind: 'hang' });
    const before = world.stub.requests.length;
    const stream = await openai.responses.create({ model, input: 'wait', background: true, stream: true });
    const events: OpenAI.Responses.ResponseStreamEvent[] = [];
    const read = (async () => {
      for await (const event of stream) events.push(event);
    })();
    const request = await world.stub.arrival(before + 1);
    const created = (await waitFor(() => events[0])) as OpenAI.Responses.ResponseCreatedEvent;

    const cancelled = await openai.responses.cancel(created.response.id);

    expect(cancelled.status).toBe('cancelled');
    await waitFor(() => request.outcome === 'left');
    await read;
    expect(events.at(-1)).toMatchObject({ type: 'response.failed', response: { status: 'cancelled' } });
  });
});
