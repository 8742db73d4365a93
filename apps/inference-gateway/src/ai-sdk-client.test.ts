import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { embedMany, generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startClientWorld } from './testing/start-client-world.ts';
import type { ClientWorld } from './testing/start-client-world.ts';

let world: ClientWorld;
beforeAll(async () => {
  // Completions have no tools, which the SDK warns of with every call.
  globalThis.AI_SDK_LOG_WARNINGS = false;
  world = await startClientWorld('redis');
}, 60_000);
afterAll(() => world[Symbol.asyncDispose](), 60_000);
beforeEach(() => world.stub.always({ kind: 'answer' }));

const openai = () => createOpenAI({ baseURL: world.baseUrl, apiKey: world.apiKey });
const compatible = () => createOpenAICompatible({ name: 'weighbridge', baseURL: world.baseUrl, apiKey: world.apiKey, includeUsage: true });

const doors = [
  { door: 'responses, its default', model: () => openai()('abacus:production') },
  { door: 'chat', model: () => openai().chat('abacus:production') },
  { door: 'completions', model: () => openai().completion('abacus:production') },
  { door: 'chat by openai-compatible', model: () => compatible()('abacus:production') },
  { door: 'completions by openai-compatible', model: () => compatible().completionModel('abacus:production') },
];

describe('the Vercel AI SDK, unchanged', () => {
  test.each(doors)('generates text through $door', async ({ model }) => {
    const { text, usage, finishReason } = await generateText({ model: model(), prompt: 'What does it weigh?', maxRetries: 0 });

    expect({ text, finishReason }).toEqual({ text: 'Weighed and found exact.', finishReason: 'stop' });
    expect(usage).toMatchObject({ inputTokens: 12, outputTokens: 4 });
  });

  test.each(doors)('streams text through $door', async ({ model }) => {
    const result = streamText({ model: model(), prompt: 'What does it weigh?', maxRetries: 0 });
    const pieces: string[] = [];
    for await (const piece of result.textStream) pieces.push(piece);

    expect(pieces.join('')).toBe('Weighed and found exact.');
    expect(pieces.length).toBeGreaterThan(1);
    expect(await result.finishReason).toBe('stop');
    expect(await result.usage).toMatchObject({ inputTokens: 12, outputTokens: 4 });
  });

  const weigh = tool({
    inputSchema: jsonSchema<{ of: string }>({ type: 'object', properties: { of: { type: 'string' } }, required: ['of'] }),
    execute: ({ of }) => Promise.resolve(`5 g of ${of}`),
  });

  test.each([
    { door: 'chat', model: () => openai().chat('abacus:production') },
    { door: 'responses, told not to store', model: () => openai()('abacus:production') },
  ])('runs a tool and goes on, through $door', async ({ model }) => {
    world.stub.script({ kind: 'answer', toolCalls: [{ id: 'call_1', name: 'weigh', arguments: '{"of":"gold"}' }] }, { kind: 'answer', text: 'Five grams.' });

    const { text, steps } = await generateText({ model: model(), prompt: 'Weigh it.', tools: { weigh }, stopWhen: stepCountIs(3), maxRetries: 0, providerOptions: { openai: { store: false } } });

    expect(text).toBe('Five grams.');
    expect(steps).toHaveLength(2);
    expect(world.stub.requests.at(-1)?.body).toMatchObject({ messages: [{ role: 'user' }, { role: 'assistant', tool_calls: [{ id: 'call_1' }] }, { role: 'tool', tool_call_id: 'call_1', content: '5 g of gold' }] });
  });

  test.each([
    { door: 'openai', model: () => openai().embeddingModel('abacus') },
    { door: 'openai-compatible', model: () => compatible().embeddingModel('abacus') },
  ])('embeds texts by $door', async ({ model }) => {
    const { embeddings, usage } = await embedMany({ model: model(), values: ['one', 'three'], maxRetries: 0 });

    expect(embeddings).toEqual([[0, 1.5, 0.75, 0.375], [1, 2.5, 1.25, 0.625]]);
    expect(usage.tokens).toBe(8);
  });

  test('hears a refusal in OpenAI’s words, and does not ask again', async () => {
    await expect(generateText({ model: openai()('scholar'), prompt: 'hi', maxRetries: 0 })).rejects.toMatchObject({ statusCode: 403, message: expect.stringMatching(/licence/i) });
  });
});
