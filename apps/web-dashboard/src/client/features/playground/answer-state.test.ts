import { describe, expect, test } from 'vitest';
import { asked, nextAnswer, tokensPerSecond } from './answer-state.ts';
import type { AnswerEvent } from './answer-state.ts';

const data = (value: unknown, atMs: number): AnswerEvent => ({ kind: 'data', data: typeof value === 'string' ? value : JSON.stringify(value), atMs });
const delta = (content: string, more: object = {}) => ({ choices: [{ delta: { content }, finish_reason: null, ...more }] });
const run = (events: readonly AnswerEvent[]) => events.reduce(nextAnswer, asked);

describe('nextAnswer', () => {
  test('a whole stream: text, first word, finish, usage and cost', () => {
    const state = run([
      { kind: 'opened', version: 'abacus@base' },
      data(delta(''), 5),
      data(delta('4'), 10),
      data(delta('2'), 20),
      data(delta('', { finish_reason: 'stop' }), 25),
      data({ choices: [], usage: { prompt_tokens: 12, completion_tokens: 3, weighbridge: { cost_usd: '0.00012' } } }, 30),
      data('[DONE]', 110),
    ]);
    expect(state).toEqual({ ...asked, phase: 'done', text: '42', version: 'abacus@base', firstWordMs: 10, finishedMs: 110, finishReason: 'stop', inputTokens: 12, outputTokens: 3, costUsd: '0.00012' });
    expect(tokensPerSecond(state)).toBe(20);
  });

  test('reasoning counts as a first word and is kept apart from the answer', () => {
    expect(run([data({ choices: [{ delta: { reasoning_content: 'hm' } }] }, 7)])).toMatchObject({ reasoning: 'hm', text: '', firstWordMs: 7 });
  });

  test.each([
    { what: 'an error in the stream', event: data({ error: { message: 'the backend stalled' } }, 9), error: 'the backend stalled' },
    { what: 'what is no JSON', event: data('<html>', 9), error: 'The stream could not be read.' },
    { what: 'a refusal', event: { kind: 'failed', message: 'the licence does not allow it', atMs: 9 } as const, error: 'the licence does not allow it' },
  ])('$what ends it as failed, and the text so far stays', ({ event, error }) => {
    expect(run([data(delta('so far'), 3), event])).toMatchObject({ phase: 'failed', text: 'so far', error, finishedMs: 9 });
  });
});

describe('tokensPerSecond', () => {
  test('says nothing before the end, or of one token', () => {
    expect(tokensPerSecond({ ...asked, outputTokens: 10, firstWordMs: 5 })).toBeNull();
    expect(tokensPerSecond({ ...asked, outputTokens: 1, firstWordMs: 5, finishedMs: 50 })).toBeNull();
  });
});
