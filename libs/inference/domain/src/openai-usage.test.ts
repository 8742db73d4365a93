import { describe, expect, test } from 'vitest';
import { openAiUsage, tokenUsageFromOpenAi } from './openai-usage.ts';

describe('tokenUsageFromOpenAi', () => {
  test.each([
    ['plain', { prompt_tokens: 19, completion_tokens: 10, total_tokens: 29 }, [19, 0, 0, 10, 0]],
    ['cached tokens are part of the prompt', { prompt_tokens: 100, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 64, cache_write_tokens: 20 } }, [16, 64, 20, 5, 0]],
    ['DeepSeek: hit and miss sum to the prompt', { prompt_tokens: 100, completion_tokens: 5, total_tokens: 105, prompt_cache_hit_tokens: 64, prompt_cache_miss_tokens: 36 }, [36, 64, 0, 5, 0]],
    ['reasoning is part of the completion', { prompt_tokens: 10, completion_tokens: 50, total_tokens: 60, completion_tokens_details: { reasoning_tokens: 40 } }, [10, 0, 0, 50, 40]],
    ['xAI: reasoning beside the completion, as the total shows', { prompt_tokens: 10, completion_tokens: 5, total_tokens: 55, completion_tokens_details: { reasoning_tokens: 40 } }, [10, 0, 0, 45, 40]],
    ['embeddings have no output', { prompt_tokens: 8, total_tokens: 8 }, [8, 0, 0, 0, 0]],
    ['null details', { prompt_tokens: 8, completion_tokens: 1, prompt_tokens_details: null, completion_tokens_details: null }, [8, 0, 0, 1, 0]],
    ['more cached than there were', { prompt_tokens: 8, completion_tokens: 1, prompt_tokens_details: { cached_tokens: 9 } }, [0, 8, 0, 1, 0]],
  ])('%s', (_name, reported, [inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens, reasoningTokens]) => {
    expect(tokenUsageFromOpenAi(reported)).toEqual({ inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens, reasoningTokens });
  });

  test.each([[null], [undefined], ['19'], [{}], [{ prompt_tokens: -1 }], [{ prompt_tokens: 1.5, completion_tokens: 1 }], [{ completion_tokens: 3 }], [{ prompt_tokens: 2e9 }]])(
    '%j is no usage',
    (reported) => {
      expect(tokenUsageFromOpenAi(reported)).toBeNull();
    },
  );
});

test('usage survives the way to OpenAI and back', () => {
  const usage = { inputTokens: 7, cachedInputTokens: 3, cacheWriteTokens: 2, outputTokens: 11, reasoningTokens: 4 };

  expect(tokenUsageFromOpenAi(openAiUsage(usage))).toEqual(usage);
});
