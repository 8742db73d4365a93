import type { TokenUsage } from '@weighbridge/shared-domain';
import { totalInputTokens } from '@weighbridge/shared-domain';
import { z } from 'zod';
import type { EmbeddingRequest } from './embedding-request.ts';

/** Numbers, or the base64 form of little-endian 32-bit floats. */
export const EmbeddingVector = z.union([z.string(), z.array(z.number())]);
export type EmbeddingVector = z.infer<typeof EmbeddingVector>;

/** The answer to `POST /v1/embeddings`. */
export const EmbeddingList = z.looseObject({
  object: z.literal('list'),
  model: z.string(),
  data: z.array(z.looseObject({ object: z.literal('embedding'), index: z.int().min(0), embedding: EmbeddingVector })),
  usage: z.looseObject({ prompt_tokens: z.int().min(0), total_tokens: z.int().min(0) }),
});
export type EmbeddingList = z.infer<typeof EmbeddingList>;

export interface EmbeddingListParts {
  /** As the client asked for it. */
  readonly model: string;
  /** In the order of the inputs. */
  readonly embeddings: readonly EmbeddingVector[];
  /** What the client asked for; servers that know one form only answer in that. */
  readonly format: EmbeddingRequest['encoding_format'];
  readonly usage: TokenUsage;
}

export function embeddingListBody({ model, embeddings, format, usage }: EmbeddingListParts): EmbeddingList {
  const tokens = totalInputTokens(usage);
  return {
    object: 'list',
    data: embeddings.map((vector, index) => ({ object: 'embedding', index, embedding: format === 'base64' ? toBase64(vector) : toNumbers(vector) })),
    model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}

const bytesPerFloat = 4;

function toBase64(vector: EmbeddingVector): string {
  if (typeof vector === 'string') return vector;
  const view = new DataView(new ArrayBuffer(vector.length * bytesPerFloat));
  for (const [index, value] of vector.entries()) view.setFloat32(index * bytesPerFloat, value, true);
  let binary = '';
  for (let index = 0; index < view.byteLength; index += 1) binary += String.fromCharCode(view.getUint8(index));
  return btoa(binary);
}

function toNumbers(vector: EmbeddingVector): number[] {
  if (typeof vector !== 'string') return vector;
  const binary = atob(vector);
  const view = new DataView(new ArrayBuffer(binary.length - (binary.length % bytesPerFloat)));
  for (let index = 0; index < view.byteLength; index += 1) view.setUint8(index, binary.charCodeAt(index));
  return Array.from({ length: view.byteLength / bytesPerFloat }, (_, index) => view.getFloat32(index * bytesPerFloat, true));
}
