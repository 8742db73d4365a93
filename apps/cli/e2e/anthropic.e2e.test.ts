import { join } from 'node:path';
import type { UsageEvent } from '@weighbridge/cost-domain';
import { formatUsd, parseUsd } from '@weighbridge/shared-domain';
import type { AnthropicStubAnswer, StubAnthropicServer } from '@weighbridge/shared-testing';
import { startStubAnthropicServer, waitFor } from '@weighbridge/shared-testing';
import OpenAI from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPlatform } from '../src/embedded/start-platform.ts';
import type { Platform } from '../src/embedded/start-platform.ts';
import { createClients } from '../src/tour/clients.ts';
import type { Clients } from '../src/tour/clients.ts';
import { adminKey, place, root } from './launcher.ts';

const model = 'claude-e2e';
/** Reads from the cache are a tenth of the input's price, writes to it a quarter dearer. */
const price = { inputUsdPerMillion: '3', cachedInputUsdPerMillion: '0.3', cacheWriteUsdPerMillion: '3.75', outputUsdPerMillion: '15' };
const cached: AnthropicStubAnswer = { kind: 'answer', text: 'Two grams exactly.', usage: { input_tokens: 7, cache_read_input_tokens: 1_000, cache_creation_input_tokens: 200, output_tokens: 5 } };
/** 7 x 3 + 1,000 x 0.3 + 200 x 3.75 + 5 x 15 millionths of a dollar. */
const cachedUsd = '0.001146';
const messages = [{ role: 'user' as const, content: 'How heavy is a feather?' }];
const schema = { type: 'object', properties: { grams: { type: 'integer' } }, required: ['grams'], additionalProperties: false };
const responseFormat = { type: 'json_schema' as const, json_schema: { name: 'weight', strict: true, schema } };

let at: Awaited<ReturnType<typeof place>>;
let upstream: StubAnthropicServer;
let platform: Platform;
let admin: Clients;
let client: Clients;

beforeAll(async () => {
  [at, upstream] = await Promise.all([place(), startStubAnthropicServer()]);
  platform = await startPlatform({ root, dataDirectory: join(at.folder, 'data'), port: at.port, adminKey, env: { ALLOW_PRIVATE_ADDRESSES: 'true' }, say: () => {} });
  admin = createClients(platform.origin, adminKey);
  const { id } = await admin.registry.createProject({ body: { name: 'feathers', unknownPricePolicy: 'deny' } });
  const facts = { purposes: ['customer-support'], commercial: true, monthlyActiveUsers: 20_000, annualRevenueUsd: 8_000_000, regions: ['EU' as const], distribution: 'service' as const, trainOnOutputs: false };
  const useCase = await admin.registry.createUseCase({ body: { project: id, name: 'support', facts } });
  client = createClients(platform.origin, (await admin.registry.createKey({ params: { id }, body: { name: 'runner', role: 'editor', useCaseId: useCase.id } })).token);
  await client.registry.createModel({ body: { name: model, publisher: 'Acme' } });
  await client.registry.registerVersion({ params: { name: model }, body: { version: '1', artifacts: [], license: 'apache-2.0' } });
  await admin.registry.createDeployment({ params: { name: model }, body: { version: '1', pool: 'default', backend: { kind: 'anthropic', baseUrl: upstream.url, upstreamModel: 'claude-stub', apiKey: 'sk-ant-stub' } } });
  await admin.cost.createPrices({ body: { entries: [{ model, price, source: 'test' }] } });
  await waitFor(async () => client.openai.chat.completions.create({ model, messages, max_completion_tokens: 64 }).then(() => true, () => false), { timeoutMs: 20_000 });
});

afterAll(async () => {
  await platform.stop();
  await upstream.stop();
  at.remove();
});

/** The ledger's events of attempts that ended since then, oldest first, once there are so many; records of earlier ones may still be under way. */
async function recorded(count: number, since: Date): Promise<UsageEvent[]> {
  let events: UsageEvent[] = [];
  await waitFor(async () => {
    const { data } = await client.cost.listUsageEvents({ query: { from: new Date(since.getTime() - 3_600_000).toISOString(), to: new Date(Date.now() + 60_000).toISOString(), limit: 200 } });
    events = data.filter(({ occurredAt }) => Date.parse(occurredAt) >= since.getTime());
    return events.length >= count;
  }, { timeoutMs: 20_000 });
  return events.toSorted((a, b) => a.attempt - b.attempt);
}

test('a chat with cached tokens: OpenAI’s counting for the client, exact tokens and cost in the ledger', async () => {
  const since = new Date();
  upstream.script(cached);

  const { data, response } = await client.openai.chat.completions.create({ model, messages, temperature: 1.4, user: 'u-1' }).withResponse();

  expect(data).toMatchObject({
    model,
    choices: [{ message: { role: 'assistant', content: 'Two grams exactly.' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 1_207, completion_tokens: 5, total_tokens: 1_212, prompt_tokens_details: { cached_tokens: 1_000, cache_write_tokens: 200 } },
  });
  expect(response.status).toBe(200);
  expect(upstream.requests.at(-1)?.body).toMatchObject({ temperature: 1, metadata: { user_id: 'u-1' } });
  const [event] = await recorded(1, since);
  expect(event).toMatchObject({ backend: 'anthropic', outcome: 'succeeded', settlement: 'exact', tokens: { inputTokens: 7, cachedInputTokens: 1_000, cacheWriteTokens: 200, outputTokens: 5 }, final: true });
  expect(formatUsd(parseUsd(event?.costUsd ?? '0'))).toBe(cachedUsd);
});

test('a stream: the text as it comes, usage at its end, the same tokens and cost', async () => {
  const since = new Date();
  upstream.script(cached);
  let text = '';
  let usage: OpenAI.CompletionUsage | null | undefined;

  for await (const chunk of await client.openai.chat.completions.create({ model, messages, stream: true, stream_options: { include_usage: true } })) {
    text += chunk.choices[0]?.delta.content ?? '';
    usage = chunk.usage ?? usage;
  }

  expect([text, usage?.prompt_tokens, usage?.prompt_tokens_details?.cached_tokens]).toEqual(['Two grams exactly.', 1_207, 1_000]);
  const [event] = await recorded(1, since);
  expect(event).toMatchObject({ settlement: 'exact', tokens: { cacheWriteTokens: 200 } });
  expect(formatUsd(parseUsd(event?.costUsd ?? '0'))).toBe(cachedUsd);
});

test('a tool round trip through the client’s own stream helper', async () => {
  const tools = [{ type: 'function' as const, function: { name: 'weigh', parameters: { type: 'object', properties: { item: { type: 'string' } } } } }];
  upstream.script({ kind: 'answer', toolCalls: [{ id: 'toolu_1', name: 'weigh', input: { item: 'feather' } }] }, { kind: 'answer', text: 'Two grams.' });

  const asked = (await client.openai.chat.completions.stream({ model, messages, tools }).finalChatCompletion()).choices[0]?.message;
  expect(asked?.tool_calls).toMatchObject([{ id: 'toolu_1', function: { name: 'weigh', arguments: '{"item":"feather"}' } }]);
  if (asked === undefined) throw new Error('no answer');

  const told = await client.openai.chat.completions.create({ model, tools, messages: [...messages, asked, { role: 'tool', tool_call_id: 'toolu_1', content: '2 g' }] });
  expect(told.choices[0]?.message.content).toBe('Two grams.');
});

test('an overloaded upstream is tried again; the failed attempt costs nothing', async () => {
  const since = new Date();
  upstream.script({ kind: 'fail', status: 529, type: 'overloaded_error' }, cached);

  expect((await client.openai.chat.completions.create({ model, messages })).choices[0]?.message.content).toBe('Two grams exactly.');
  expect((await recorded(2, since)).map(({ outcome, costUsd }) => [outcome, formatUsd(parseUsd(costUsd))])).toEqual([['failed', '0'], ['succeeded', cachedUsd]]);
});

test('a stream that breaks off throws at the client, and is settled by what came', async () => {
  const since = new Date();
  upstream.script({ kind: 'error-event', afterEvents: 4, type: 'overloaded_error', answer: cached });

  const reading = async () => {
    for await (const chunk of await client.openai.chat.completions.create({ model, messages, stream: true })) void chunk;
  };
  await expect(reading()).rejects.toThrow(OpenAI.APIError);
  expect((await recorded(1, since))[0]).toMatchObject({ outcome: 'failed', settlement: 'estimated', tokens: { inputTokens: 7, cachedInputTokens: 1_000, cacheWriteTokens: 200 } });
});

test('an answer that misses its schema is asked for once more; both are paid', async () => {
  const since = new Date();
  upstream.script({ kind: 'answer', text: 'About two grams.' }, { kind: 'answer', text: '{"grams":2}' });

  const { choices } = await client.openai.chat.completions.create({ model, messages, response_format: responseFormat });

  expect(choices[0]?.message.content).toBe('{"grams":2}');
  expect((await recorded(2, since)).map(({ outcome, errorCode, settlement }) => [outcome, errorCode, settlement])).toEqual([['failed', 'output.schema_mismatch', 'exact'], ['succeeded', null, 'exact']]);
});

test('one that misses it twice is an error that says so; a stream says it at its end', async () => {
  const wrong: AnthropicStubAnswer = { kind: 'answer', text: '{"grams":"two"}' };
  upstream.script(wrong, wrong, wrong);

  const refused: unknown = await client.openai.chat.completions.create({ model, messages, response_format: responseFormat }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ status: 502, code: 'output_schema_mismatch' });

  let text = '';
  const reading = async () => {
    for await (const chunk of await client.openai.chat.completions.create({ model, messages, response_format: responseFormat, stream: true })) text += chunk.choices[0]?.delta.content ?? '';
  };
  await expect(reading()).rejects.toThrow(/does not fit/);
  expect(text).toBe('{"grams":"two"}');
});

test('what the Messages API cannot do is refused in OpenAI’s shape', async () => {
  const refused: unknown = await client.openai.chat.completions.create({ model, messages, n: 2 }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ status: 400, message: expect.stringContaining('more than one answer') as string });
});
