import { inferenceEndpoints } from '@weighbridge/inference-contracts';
import { CompletionRequest } from '@weighbridge/inference-domain';
import { parseJsonBody, readBody, validationError } from '@weighbridge/shared-adapters/http';
import type { RawHandler } from '@weighbridge/shared-adapters/http';
import { completionDoor } from '../doors/completion-door.ts';
import { serveDoor } from '../doors/serve-door.ts';
import type { ServeDoorDeps } from '../doors/serve-door.ts';

const { path, maxBodyBytes } = inferenceEndpoints.createCompletion;

export const createCompletionRoute =
  (deps: ServeDoorDeps): RawHandler<typeof inferenceEndpoints.createCompletion> =>
  async (request) => {
    const parsed = CompletionRequest.safeParse(parseJsonBody(await readBody(request.req, maxBodyBytes)));
    if (!parsed.success) throw validationError('body', parsed.error);
    return serveDoor(deps, request, completionDoor(path, parsed.data));
  };
