import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { findModel } from '../operations/find-model.ts';
import type { ListModelsDeps } from '../operations/list-models.ts';
import { namedUseCaseOf } from '../requester.ts';

export const getOpenAiModelRoute =
  (deps: ListModelsDeps): Handler<typeof inferenceEndpoints.getOpenAiModel> =>
  ({ caller, header, params: { id } }) => findModel(deps, id, { projectId: caller.projectId, useCaseId: caller.useCaseId, namedUseCase: namedUseCaseOf(header) });
