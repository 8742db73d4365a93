import type { TokenUsage } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { utf8Bytes } from './token-estimate.ts';

const Tokens = z.array(z.int().min(0));
const Input = z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(2_048), Tokens.min(1), z.array(Tokens.min(1)).min(1).max(2_048)], {
  error: 'must be a string, up to 2,048 strings, a list of tokens or up to 2,048 token lists; none empty',
});

/** The body of `POST /v1/embeddings`. OpenAI's SDKs ask for `base64` where their caller names no format. */
export const EmbeddingRequest = z.looseObject({
  model: z.string().min(1).max(220),
  input: Input,
  encoding_format: z.enum(['float', 'base64']).nullish(),
  dimensions: z.int().min(1).nullish(),
  user: z.string().nullish(),
  safety_identifier: z.string().nullish(),
  /** Tells it from a chat request. */
  messages: z.undefined({ error: 'is not a field of this request' }).optional(),
});
export type EmbeddingRequest = z.infer<typeof EmbeddingRequest>;

/** Marks that a model puts around one text ([CLS], [SEP], begin, end), and a prefix that some servers add ("passage: "). */
const TOKENS_PER_INPUT = 16;

/** An upper bound of the input tokens: a token of a text stands for at least one byte of it; tokens count as what they are. */
export function estimateEmbeddingTokens({ input }: Pick<EmbeddingRequest, 'input'>): number {
  const boundOf = (one: string | number | readonly number[]) => TOKENS_PER_INPUT + (typeof one === 'string' ? utf8Bytes(one) : typeof one === 'number' ? 1 : one.length);
  if (typeof input === 'string') return boundOf(input);
  return typeof input[0] === 'number' ? TOKENS_PER_INPUT + input.length : input.reduce<number>((sum, one) => sum + boundOf(one), 0);
}

/** How many vectors the answer must have. */
export const embeddingCount = ({ input }: Pick<EmbeddingRequest, 'input'>): number => (typeof input === 'string' || typeof input[0] === 'number' ? 1 : input.length);

/** The usage of a call whose server reported none: an upper bound. */
export const estimateEmbeddingUsage = (request: Pick<EmbeddingRequest, 'input'>): TokenUsage => ({
  inputTokens: estimateEmbeddingTokens(request),
  cachedInputTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
});
