import { describe, expect, test } from 'vitest';
import { ChatRequest, maxOutputTokens, messageText, worstCaseOutputTokens } from './chat.ts';

const base = { model: 'abacus-base', messages: [{ role: 'user', content: 'What is 2 + 2?' }] };

describe('ChatRequest accepts what OpenAI accepts', () => {
  test.each([
    ['the least', base],
    ['all five roles', {
      model: 'm',
      messages: [
        { role: 'developer', content: 'd' },
        { role: 'system', content: 's' },
        { role: 'user', content: [{ type: 'text', text: 'u' }, { type: 'image_url', image_url: { url: 'https://example.com/a.png' } }] },
        { role: 'assistant', content: null, tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } }] },
        { role: 'tool', content: 't', tool_call_id: 'call_1' },
      ],
    }],
    ['null for what is optional', { ...base, temperature: null, stop: null, n: null, stream: null, max_tokens: null, tools: null }],
    ['fields newer than this code, at any depth', { ...base, brand_new: { a: 1 }, messages: [{ role: 'user', content: 'x', newer: true }] }],
  ])('%s', (_name, body) => {
    const parsed = ChatRequest.safeParse(body);

    expect(parsed.error).toBeUndefined();
    expect(parsed.data).toEqual(body);
  });
});

describe('ChatRequest names every faulty field at once', () => {
  test.each([
    [{ model: 'm' }, ['messages']],
    [{ ...base, messages: [] }, ['messages']],
    [{ ...base, messages: [{ role: 'robot', content: 'x' }] }, ['messages.0.role']],
    [{ ...base, messages: [{ role: 'user', content: 7 }] }, ['messages.0.content']],
    [{ ...base, messages: [{ role: 'user' }] }, ['messages.0.content']],
    [{ ...base, messages: [{ role: 'tool', content: 'x' }] }, ['messages.0.tool_call_id']],
    [{ ...base, messages: [{ role: 'assistant', content: null }] }, ['messages.0.content']],
    [{ ...base, temperature: 'hot', n: 0, stop: ['a', 'b', 'c', 'd', 'e'], stream: 'yes' }, ['temperature', 'n', 'stop', 'stream']],
    [{ ...base, max_completion_tokens: 1.5, max_tokens: -1 }, ['max_completion_tokens', 'max_tokens']],
    [{ ...base, response_format: { type: 'json_schema' } }, ['response_format.json_schema']],
  ])('%j', (body, paths) => {
    const parsed = ChatRequest.safeParse(body);

    expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toEqual(paths);
  });
});

describe('the limit of output tokens', () => {
  test.each([
    [{}, 256, 256],
    [{ max_tokens: 10 }, 10, 10],
    [{ max_tokens: 10, max_completion_tokens: 20 }, 20, 20],
    [{ max_tokens: 10, n: 3 }, 10, 30],
    [{ max_completion_tokens: null, max_tokens: null, n: null }, 256, 256],
  ])('%j: %d for one answer, %d for all', (limits, one, all) => {
    expect(maxOutputTokens(limits, 256)).toBe(one);
    expect(worstCaseOutputTokens(limits, 256)).toBe(all);
  });
});

test('the text of a message is its text parts in order', () => {
  expect(messageText('a')).toBe('a');
  expect(messageText(null)).toBe('');
  expect(messageText([{ type: 'text', text: 'a' }, { type: 'image_url' }, { type: 'text', text: 'b' }])).toBe('ab');
});
