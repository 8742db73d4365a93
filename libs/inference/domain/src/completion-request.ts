import { z } from 'zod';
import { StopSequences, StreamOptions } from './chat.ts';

const Tokens = z.array(z.int().min(0));
const Prompt = z.union([z.string(), z.array(z.string()).min(1), Tokens.min(1), z.array(Tokens.min(1)).min(1)], {
  error: 'must be a string, a list of strings, a list of tokens or a list of token lists',
});

/** The body of `POST /v1/completions`, which evaluation harnesses still use. Unknown fields stay in it. */
export const CompletionRequest = z.looseObject({
  model: z.string().min(1).max(220),
  prompt: Prompt,
  /** 16 where absent; 0 with `echo` and `logprobs` scores a given text. */
  max_tokens: z.int().min(0).max(10_000_000).nullish(),
  n: z.int().min(1).max(128).nullish(),
  best_of: z.int().min(1).max(20).nullish(),
  echo: z.boolean().nullish(),
  logprobs: z.int().min(0).max(5).nullish(),
  suffix: z.string().nullish(),
  stop: StopSequences.nullish(),
  seed: z.int().nullish(),
  stream: z.boolean().nullish(),
  stream_options: StreamOptions.nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  user: z.string().nullish(),
});
export type CompletionRequest = z.infer<typeof CompletionRequest>;
