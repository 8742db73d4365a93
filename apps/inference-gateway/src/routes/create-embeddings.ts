import { inferenceEndpoints } from '@weighbridge/inference-contracts';
import { EmbeddingRequest } from '@weighbridge/inference-domain';
import { parseJsonBody, readBody, validationError } from '@weighbridge/shared-adapters/http';
import type { RawHandler } from '@weighbridge/shared-adapters/http';
import { embeddingDoor } from '../doors/embedding-door.ts';
import { serveDoor } from '../doors/serve-door.ts';
import type { ServeDoorDeps } from '../doors/serve-door.ts';

const { path, maxBodyBytes } = inferenceEndpoints.createEmbeddings;

export const createEmbeddingsRoute =
  (deps: ServeDoorDeps): RawHandler<typeof inferenceEndpoints.createEmbeddings> =>
  async (request) => {
    const parsed = EmbeddingRequest.safeParse(parseJsonBody(await readBody(request.req, maxBodyBytes)));
    if (!parsed.success) throw validationError('body', parsed.error);
    return serveDoor(deps, request, embeddingDoor(path, parsed.data));
  };
