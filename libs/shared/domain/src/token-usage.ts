import { z } from 'zod';

const count = z.int().min(0).max(1_000_000_000);

/**
 * Tokens of one attempt, by kind; the kinds do not overlap.
 * `inputTokens` leaves out what the provider read from or wrote to its prompt cache; `outputTokens` includes reasoning tokens,
 * of which `reasoningTokens` says how many. Providers count differently (OpenAI's `prompt_tokens` includes cached ones, Anthropic's does not):
 * the backend adapters translate, nobody else does.
 */
export const TokenUsage = z.object({
  inputTokens: count,
  cachedInputTokens: count,
  cacheWriteTokens: count,
  outputTokens: count,
  reasoningTokens: count,
});
export type TokenUsage = z.infer<typeof TokenUsage>;

export const noTokens: TokenUsage = { inputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 0, reasoningTokens: 0 };

/** All tokens that went in, cached or not. */
export const totalInputTokens = (usage: TokenUsage): number => usage.inputTokens + usage.cachedInputTokens + usage.cacheWriteTokens;
