import { z } from 'zod';

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
});
export type EmbeddingRequest = z.infer<typeof EmbeddingRequest>;
