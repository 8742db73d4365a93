import type { Backend, BackendReply } from '@weighbridge/inference-domain';
import { BackendError, ChatRequest } from '@weighbridge/inference-domain';
import { noTokens } from '@weighbridge/shared-domain';
import { describe, expect, test } from 'vitest';
import { SchemaError, outputCheckFor } from './output-check.ts';
import { withOutputCheck } from './with-output-check.ts';

const weight = { type: 'object', properties: { grams: { type: 'integer', minimum: 0 } }, required: ['grams'], additionalProperties: false };
const nested = (levels: number): object => (levels === 0 ? { type: 'string' } : { properties: { a: nested(levels - 1) } });

describe('outputCheckFor', () => {
  test.each([
    ['fits', weight, '{"grams":2}', true],
    ['white space around it', weight, ' {"grams":2}\n', true],
    ['a wrong type', weight, '{"grams":"2"}', '/grams must be integer'],
    ['out of range', weight, '{"grams":-1}', '/grams must be >= 0'],
    ['a member too many', weight, '{"grams":2,"x":1}', 'the whole must NOT have additional properties'],
    ['words around it', weight, 'Here: {"grams":2}', 'it is not JSON'],
    ['nothing', weight, '', 'it is not JSON'],
    ['draft-07 lists', { $schema: 'http://json-schema.org/draft-07/schema#', items: [{ type: 'string' }], additionalItems: false }, '["a"]', true],
    ['references into itself', { $defs: { n: { type: 'object', properties: { next: { $ref: '#/$defs/n' } } } }, $ref: '#/$defs/n' }, '{"next":{"next":3}}', '/next/next must be object'],
    ['a format is an annotation', { type: 'string', format: 'email' }, '"nobody"', true],
    ['keywords that nobody knows', { type: 'string', 'x-order': 1 }, '"a"', true],
    ['true takes anything', true, '7', true],
  ] as const)('%s', (_what, schema, content, expected) => {
    expect(outputCheckFor(schema)(content)).toEqual(expected === true ? { ok: true } : { ok: false, why: expected });
  });

  test.each([
    ['no object', 'text', /must be an object/],
    ['a list', [], /must be an object/],
    ['a type that is none', { type: 'weight' }, /schema is invalid/],
    ['a remote reference', { $ref: 'https://schemas.example/weight.json' }, /into itself/],
    ['a file', { properties: { a: { $ref: 'file:///etc/passwd' } } }, /into itself/],
    ['a reference to nowhere', { $ref: '#/$defs/none' }, /can't resolve reference/],
    ['too deep', nested(40), /deeper than/],
    ['too long', { description: 'x'.repeat(200_000) }, /longer than/],
    ['too many parts', { enum: Array.from({ length: 20_001 }, (_, index) => index) }, /more than/],
    ['a pattern that is none', { pattern: '(' }, /./],
    ['a pattern without end', { pattern: 'a'.repeat(501) }, /pattern is longer/],
    ['asynchronous', { $async: true }, /\$async/],
  ])('%s is refused', (_what, schema, words) => {
    expect(() => outputCheckFor(schema)).toThrow(words);
    expect(() => outputCheckFor(schema)).toThrow(SchemaError);
  });

  test('a pattern that would run for ages is given up', () => {
    const startedAt = performance.now();
    expect(outputCheckFor({ type: 'string', pattern: '^(a+)+$' })(JSON.stringify(`${'a'.repeat(60)}!`))).toEqual({ ok: false, why: 'it takes too long to check' });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    // And the next check is a whole one.
    expect(outputCheckFor(weight)('{"grams":2}')).toEqual({ ok: true });
  });
});

describe('a backend with checked answers', () => {
  const usage = { ...noTokens, inputTokens: 5, outputTokens: 3 };
  const replying = (content: string | null, finishReason = 'stop', more: object = {}): Backend => {
    const message = { role: 'assistant' as const, content, ...more };
    const reply: BackendReply = { message, finishReason, choices: [{ index: 0, message, finish_reason: finishReason }], usage, settlement: 'exact', firstTokenMs: 1 };
    return withOutputCheck({ kind: 'openai', chat: async () => reply, health: () => 'healthy', close: async () => {} });
  };
  const outcome = async (backend: Backend, format: object) => {
    const request = ChatRequest.parse({ model: 'm', messages: [{ role: 'user', content: 'x' }], response_format: format });
    try {
      await backend.chat({ request, maxOutputTokens: 9 }, { signal: new AbortController().signal });
      return 'passed';
    } catch (error) {
      if (error instanceof BackendError) return error;
      throw error;
    }
  };
  const schema = (more: object = { strict: true }) => ({ type: 'json_schema', json_schema: { name: 'weight', schema: weight, ...more } });

  test('fails an answer that does not fit, with what it cost and no word of it', async () => {
    const error = await outcome(replying('{"grams":"a secret"}'), schema());
    expect(error).toMatchObject({ kind: 'failed', retryable: true, code: 'output_schema_mismatch', usage, settlement: 'exact', publicDetail: expect.stringContaining('/grams must be integer') as string });
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  test.each([
    ['an answer that fits', replying('{"grams":1}'), schema()],
    ['a schema that is not strict by its word', replying('no'), schema({ strict: false })],
    ['a schema without one', replying('no'), { type: 'json_schema', json_schema: { name: 'x' } }],
    ['an answer cut by its limit', replying('{"gra', 'length'), schema()],
    ['a refusal', replying(null, 'stop', { refusal: 'no' }), schema()],
    ['a filtered answer', replying('', 'content_filter'), schema()],
    ['a call of tools', replying(null, 'tool_calls', { tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '' } }] }), schema()],
    ['an object', replying('{}'), { type: 'json_object' }],
    ['text', replying('no'), { type: 'text' }],
  ])('passes %s', async (_what, backend, format) => {
    expect(await outcome(backend, format)).toBe('passed');
  });

  test.each([
    ['no JSON', '```json\n{}\n```'],
    ['a list', '[]'],
  ])('fails json_object with %s', async (_what, content) => {
    expect(await outcome(replying(content), { type: 'json_object' })).toMatchObject({ code: 'output_schema_mismatch' });
  });

  test('refuses a schema that cannot be checked before the call', async () => {
    expect(await outcome(replying('{}'), schema({ schema: { $ref: 'https://x.example/y' } }))).toMatchObject({ kind: 'rejected', code: 'invalid_json_schema', usage: undefined, settlement: undefined });
  });
});
