import { TokenUsage } from '@weighbridge/shared-domain';
import { z } from 'zod';

const count = z.int().min(0).nullish();

/** The `usage` object of Anthropic's Messages API, in a whole answer and in the events of a stream. */
export const AnthropicUsage = z.looseObject({
  /** What was neither read from nor written to the prompt cache. */
  input_tokens: count,
  cache_read_input_tokens: count,
  cache_creation_input_tokens: count,
  /** `cache_creation_input_tokens` again, by how long the entry lives; the longer life has a higher price. */
  cache_creation: z.looseObject({ ephemeral_5m_input_tokens: count, ephemeral_1h_input_tokens: count }).nullish(),
  /** Thinking included. In a stream: all so far. */
  output_tokens: count,
  output_tokens_details: z.looseObject({ thinking_tokens: count }).nullish(),
});
export type AnthropicUsage = z.infer<typeof AnthropicUsage>;

/** What two events of one stream say together. The counts only grow, so the larger of each is the later; an event may leave any of them out. */
export function mergeAnthropicUsage(earlier: unknown, later: unknown): unknown {
  const [a, b] = [AnthropicUsage.safeParse(earlier), AnthropicUsage.safeParse(later)];
  if (!b.success) return earlier;
  if (!a.success) return later;
  const larger = (first: number | null | undefined, second: number | null | undefined) => (first == null ? second : second == null ? first : Math.max(first, second));
  return {
    ...a.data,
    ...b.data,
    input_tokens: larger(a.data.input_tokens, b.data.input_tokens),
    cache_read_input_tokens: larger(a.data.cache_read_input_tokens, b.data.cache_read_input_tokens),
    cache_creation_input_tokens: larger(a.data.cache_creation_input_tokens, b.data.cache_creation_input_tokens),
    cache_creation: b.data.cache_creation ?? a.data.cache_creation,
    output_tokens: larger(a.data.output_tokens, b.data.output_tokens),
    output_tokens_details: b.data.output_tokens_details ?? a.data.output_tokens_details,
  };
}

/**
 * Reads the usage that the Messages API reported, or gives null when it is none. Unlike OpenAI's `prompt_tokens`, `input_tokens` leaves the
 * cache out, so nothing is taken out of it. `certain` is false where the counts contradict each other, then with the larger one, and where
 * entries were written for an hour, which the one price for cache writes does not cover.
 */
export function tokenUsageFromAnthropic(usage: unknown): { readonly usage: TokenUsage; readonly certain: boolean } | null {
  const parsed = AnthropicUsage.safeParse(usage);
  if (!parsed.success || parsed.data.input_tokens == null) return null;
  const reported = parsed.data;
  const hourTokens = reported.cache_creation?.ephemeral_1h_input_tokens ?? 0;
  const writtenByLife = (reported.cache_creation?.ephemeral_5m_input_tokens ?? 0) + hourTokens;
  const cacheWriteTokens = Math.max(reported.cache_creation_input_tokens ?? 0, writtenByLife);
  const outputTokens = reported.output_tokens ?? 0;
  const tokens = TokenUsage.safeParse({
    inputTokens: reported.input_tokens,
    cachedInputTokens: reported.cache_read_input_tokens ?? 0,
    cacheWriteTokens,
    outputTokens,
    reasoningTokens: Math.min(reported.output_tokens_details?.thinking_tokens ?? 0, outputTokens),
  });
  if (!tokens.success) return null;
  const agrees = reported.cache_creation == null || reported.cache_creation_input_tokens == null || writtenByLife === reported.cache_creation_input_tokens;
  return { usage: tokens.data, certain: hourTokens === 0 && agrees };
}
