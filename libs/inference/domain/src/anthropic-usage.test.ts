import { describe, expect, test } from 'vitest';
import { mergeAnthropicUsage, tokenUsageFromAnthropic } from './anthropic-usage.ts';

const none = { inputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 0, reasoningTokens: 0 };

describe('tokenUsageFromAnthropic', () => {
  test.each([
    { what: 'input leaves the cache out', reported: { input_tokens: 7, cache_read_input_tokens: 100, cache_creation_input_tokens: 20, output_tokens: 5 }, usage: { inputTokens: 7, cachedInputTokens: 100, cacheWriteTokens: 20, outputTokens: 5 } },
    { what: 'all of the prompt from the cache', reported: { input_tokens: 0, cache_read_input_tokens: 9, output_tokens: 1 }, usage: { cachedInputTokens: 9, outputTokens: 1 } },
    { what: 'writes by their life', reported: { input_tokens: 1, cache_creation_input_tokens: 20, cache_creation: { ephemeral_5m_input_tokens: 20, ephemeral_1h_input_tokens: 0 }, output_tokens: 1 }, usage: { inputTokens: 1, cacheWriteTokens: 20, outputTokens: 1 } },
    { what: 'writes for an hour', reported: { input_tokens: 1, cache_creation_input_tokens: 20, cache_creation: { ephemeral_1h_input_tokens: 20 }, output_tokens: 1 }, usage: { inputTokens: 1, cacheWriteTokens: 20, outputTokens: 1 }, certain: false },
    { what: 'writes that contradict each other', reported: { input_tokens: 1, cache_creation_input_tokens: 3, cache_creation: { ephemeral_5m_input_tokens: 20 }, output_tokens: 1 }, usage: { inputTokens: 1, cacheWriteTokens: 20, outputTokens: 1 }, certain: false },
    { what: 'thinking within output', reported: { input_tokens: 1, output_tokens: 30, output_tokens_details: { thinking_tokens: 25 } }, usage: { inputTokens: 1, outputTokens: 30, reasoningTokens: 25 } },
    { what: 'more thinking than output', reported: { input_tokens: 1, output_tokens: 3, output_tokens_details: { thinking_tokens: 25 } }, usage: { inputTokens: 1, outputTokens: 3, reasoningTokens: 3 } },
  ])('$what', ({ reported, usage, certain = true }) => {
    expect(tokenUsageFromAnthropic(reported)).toEqual({ usage: { ...none, ...usage }, certain });
  });

  test.each([[undefined], [null], ['many'], [{}], [{ input_tokens: -1 }], [{ input_tokens: 1.5 }], [{ input_tokens: 2e12 }], [{ output_tokens: 4 }], [{ prompt_tokens: 4 }]])('%j is none', (reported) => {
    expect(tokenUsageFromAnthropic(reported)).toBeNull();
  });
});

describe('mergeAnthropicUsage', () => {
  test('output grows, and what a later event leaves out or sets to zero stays', () => {
    const start = { input_tokens: 25, cache_read_input_tokens: 4, output_tokens: 1 };
    expect(tokenUsageFromAnthropic(mergeAnthropicUsage(start, { output_tokens: 15 }))?.usage).toEqual({ ...none, inputTokens: 25, cachedInputTokens: 4, outputTokens: 15 });
    expect(tokenUsageFromAnthropic(mergeAnthropicUsage(start, { input_tokens: 0, output_tokens: 0 }))?.usage).toEqual({ ...none, inputTokens: 25, cachedInputTokens: 4, outputTokens: 1 });
  });

  test('what is no usage changes nothing', () => {
    const start = { input_tokens: 25, output_tokens: 1 };
    expect(mergeAnthropicUsage(start, 'many')).toEqual(start);
    expect(mergeAnthropicUsage(undefined, start)).toEqual(start);
  });
});
