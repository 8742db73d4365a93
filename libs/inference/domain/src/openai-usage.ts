import { TokenUsage, totalInputTokens } from '@weighbridge/shared-domain';
import { z } from 'zod';

const count = z.int().min(0).nullish();

/** The `usage` object of an OpenAI-shaped answer, with what other servers add to it. */
export const OpenAiUsage = z.looseObject({
  prompt_tokens: z.int().min(0),
  completion_tokens: count,
  total_tokens: count,
  prompt_tokens_details: z.looseObject({ cached_tokens: count, cache_write_tokens: count }).nullish(),
  completion_tokens_details: z.looseObject({ reasoning_tokens: count }).nullish(),
  /** DeepSeek: the part of `prompt_tokens` that its context cache held. */
  prompt_cache_hit_tokens: count,
});
export type OpenAiUsage = z.infer<typeof OpenAiUsage>;

/** The `usage` object as Weighbridge writes it: every count present. */
export interface OpenAiUsageBody {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details: { readonly cached_tokens: number; readonly cache_write_tokens: number; readonly audio_tokens: number };
  readonly completion_tokens_details: {
    readonly reasoning_tokens: number;
    readonly audio_tokens: number;
    readonly accepted_prediction_tokens: number;
    readonly rejected_prediction_tokens: number;
  };
}

/** OpenAI's counting: `prompt_tokens` includes what was read from and written to the cache, `completion_tokens` includes reasoning. */
export function openAiUsage(usage: TokenUsage): OpenAiUsageBody {
  const promptTokens = totalInputTokens(usage);
  return {
    prompt_tokens: promptTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: promptTokens + usage.outputTokens,
    prompt_tokens_details: { cached_tokens: usage.cachedInputTokens, cache_write_tokens: usage.cacheWriteTokens, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: usage.reasoningTokens,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

/**
 * Reads the usage that an OpenAI-compatible server reported, or gives null when it is none.
 * Cached and cache-write tokens are taken out of `prompt_tokens`. A server whose `total_tokens` is larger than its two parts by just the
 * reasoning tokens (xAI) leaves these out of `completion_tokens`; they are billed as output, so they are added. Embeddings have no output.
 */
export function tokenUsageFromOpenAi(usage: unknown): TokenUsage | null {
  const parsed = OpenAiUsage.safeParse(usage);
  if (!parsed.success) return null;
  const reported = parsed.data;
  const promptTokens = reported.prompt_tokens;
  const completionTokens = reported.completion_tokens ?? 0;
  const reasoningTokens = reported.completion_tokens_details?.reasoning_tokens ?? 0;
  const reasoningApart = reasoningTokens > 0 && reported.total_tokens === promptTokens + completionTokens + reasoningTokens;
  const outputTokens = completionTokens + (reasoningApart ? reasoningTokens : 0);
  const cachedInputTokens = Math.min(reported.prompt_tokens_details?.cached_tokens ?? reported.prompt_cache_hit_tokens ?? 0, promptTokens);
  const cacheWriteTokens = Math.min(reported.prompt_tokens_details?.cache_write_tokens ?? 0, promptTokens - cachedInputTokens);
  const tokens = TokenUsage.safeParse({
    inputTokens: promptTokens - cachedInputTokens - cacheWriteTokens,
    cachedInputTokens,
    cacheWriteTokens,
    outputTokens,
    reasoningTokens: Math.min(reasoningTokens, outputTokens),
  });
  return tokens.success ? tokens.data : null;
}
