import { describe, expect, test } from 'vitest';
import { createChatStream } from './chat-stream.ts';

const head = { id: 'chatcmpl-1', created: 1, model: 'abacus' };
const usage = { inputTokens: 1, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 1, reasoningTokens: 0 };
const choice = (index: number, content: string) => ({ index, message: { role: 'assistant' as const, content }, finish_reason: 'stop' });

function stream(includeUsage = false) {
  const sent: string[] = [];
  return { sent, chunks: () => sent.slice(0, -1).map((data) => JSON.parse(data) as { choices: { index: number; delta: object; finish_reason: string | null }[]; usage?: unknown }), ...createChatStream({ head, includeUsage, send: (data) => void sent.push(data) }) };
}

describe('createChatStream', () => {
  test('begins each answer with its role and ends each once', () => {
    const { delta, finish, chunks, sent } = stream();

    delta({ index: 0, content: 'a' });
    delta({ index: 1, content: 'b' });
    delta({ index: 0, finishReason: 'stop' });
    delta({ index: 1, content: 'c', finishReason: 'length' });
    finish({ choices: [choice(0, 'a'), choice(1, 'bc')], usage, costUsd: '0' });

    const of = (index: number) => chunks().filter((chunk) => chunk.choices[0]!.index === index);
    expect(of(0).map(({ choices: [one] }) => one!.delta)).toEqual([{ role: 'assistant', content: '' }, { content: 'a' }, {}]);
    expect(of(1).map(({ choices: [one] }) => one!.finish_reason)).toEqual([null, null, null, 'length']);
    expect(sent.at(-1)).toBe('[DONE]');
  });

  test('makes an answer that did not stream one delta', () => {
    const { finish, chunks } = stream();

    finish({ choices: [choice(0, 'all at once')], usage, costUsd: '0' });

    expect(chunks().map(({ choices: [one] }) => [one!.delta, one!.finish_reason])).toEqual([[{ role: 'assistant', content: '' }, null], [{ content: 'all at once' }, null], [{}, 'stop']]);
  });

  test('tells usage and cost only to those who asked', () => {
    const [asked, silent] = [stream(true), stream(false)];

    for (const { delta, finish } of [asked, silent]) {
      delta({ index: 0, content: 'a', finishReason: 'stop' });
      finish({ choices: [choice(0, 'a')], usage, costUsd: '0.000001' });
    }

    expect(asked.chunks().slice(0, -1).every((chunk) => chunk.usage === null)).toBe(true);
    expect(asked.chunks().at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 2, weighbridge: { cost_usd: '0.000001' } } });
    expect(silent.chunks().every((chunk) => !('usage' in chunk) && chunk.choices.length === 1)).toBe(true);
  });
});
