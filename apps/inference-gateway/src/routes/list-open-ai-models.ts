import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { listModels } from '../operations/list-models.ts';
import type { ListModelsDeps } from '../operations/list-models.ts';
import { namedUseCaseOf } from '../requester.ts';

export const listOpenAiModelsRoute =
  (deps: ListModelsDeps): Handler<typeof inferenceEndpoints.listOpenAiModels> =>
  ({ caller, header }) => ({ object: 'list', data: listModels(deps, { projectId: caller.projectId, useCaseId: caller.useCaseId, namedUseCase: namedUseCaseOf(header) }) });
