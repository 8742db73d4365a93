import { AppError, parseModelReference } from '@weighbridge/shared-domain';
import { listModels } from './list-models.ts';
import type { ListModelsDeps, ListModelsInput, OpenAiModel } from './list-models.ts';

/** A reference that may be called now. Throws `model.not_found`, whether it is unknown or may not be used. */
export function findModel(deps: ListModelsDeps, reference: string, input: ListModelsInput): OpenAiModel {
  const parsed = parseModelReference(reference);
  const found = parsed === null ? undefined : listModels(deps, input, parsed.model).find(({ id }) => id === reference);
  if (found === undefined) throw new AppError('model.not_found', `no callable model ${reference}`, { detail: `There is no model "${reference}" that this key may call now.` });
  return found;
}
