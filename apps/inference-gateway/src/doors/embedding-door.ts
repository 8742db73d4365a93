import { embeddingListBody } from '@weighbridge/inference-domain';
import type { EmbeddingRequest } from '@weighbridge/inference-domain';
import { Tags } from '@weighbridge/shared-domain';
import { usageOf } from './door.ts';
import type { Door } from './door.ts';

/** `POST /v1/embeddings`. */
export const embeddingDoor = (path: string, request: EmbeddingRequest): Door => ({
  path,
  body: request,
  modelReference: request.model,
  requests: [request],
  tags: Tags.safeParse(request['metadata']).data ?? {},
  answer: (calls) => embeddingListBody({ model: request.model, embeddings: calls.flatMap(({ done }) => done.reply.embeddings ?? []), format: request.encoding_format, usage: usageOf(calls) }),
});
