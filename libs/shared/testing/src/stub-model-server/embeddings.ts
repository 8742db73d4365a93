import type { CountedTokens, StubRequest } from './behaviour.ts';

const dimensionsByDefault = 4;

/** Vectors that tell which input they are of, in the format that was asked for; four tokens an input. */
export function embeddingsOf({ body }: Pick<StubRequest, 'body'>): { readonly json: string; readonly tokens: CountedTokens } {
  const { input, encoding_format: format, dimensions } = body;
  const inputs = Array.isArray(input) && typeof input[0] !== 'number' ? input : [input];
  const data = inputs.map((one, index) => {
    const length = Array.isArray(one) ? one.length : String(one).length;
    const vector = Float32Array.from({ length: typeof dimensions === 'number' ? dimensions : dimensionsByDefault }, (_, position) => (position === 0 ? index : length / 2 ** position));
    return { object: 'embedding', index, embedding: format === 'base64' ? Buffer.from(vector.buffer).toString('base64') : [...vector] };
  });
  const inputTokens = 4 * inputs.length;
  return {
    json: JSON.stringify({ object: 'list', data, model: body.model ?? 'stub-model', usage: { prompt_tokens: inputTokens, total_tokens: inputTokens } }),
    tokens: { inputTokens, cachedInputTokens: 0, outputTokens: 0 },
  };
}
