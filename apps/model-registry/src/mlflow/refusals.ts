import type { MlflowModelRecord, MlflowVersionRecord, Repositories } from '@weighbridge/registry-data';
import { AppError, ModelName } from '@weighbridge/shared-domain';
import { stageAliases } from './stages.ts';

/** A field of a request that is wrong by a rule of ours; `field` as MLflow names it. */
export const invalidParameter = (field: string, message: string): AppError => new AppError('request.invalid', `${field} ${message}`, { detail: `Not valid: ${field}: ${message}.`, faults: [{ pointer: `/${field}`, message }] });

/** The name that a model is to have here, which is stricter than MLflow's. */
export function requireName(name: string): string {
  const parsed = ModelName.safeParse(name);
  if (!parsed.success) throw invalidParameter('name', parsed.error.issues[0]?.message ?? 'is no name of a model');
  return parsed.data;
}

export async function requireModelRecord({ mlflow }: Pick<Repositories, 'mlflow'>, name: string): Promise<MlflowModelRecord> {
  const model = await mlflow.findModel(name, stageAliases);
  if (model === null) throw new AppError('model.not_found', `no model ${name}`, { detail: `Registered Model with name=${name} not found` });
  return model;
}

export async function requireNumbered(repositories: Pick<Repositories, 'mlflow'>, model: string, version: string): Promise<MlflowVersionRecord> {
  const [found] = await repositories.mlflow.findVersions([{ model, number: Number(version) }]);
  if (found !== undefined) return found;
  await requireModelRecord(repositories, model);
  throw new AppError('model.not_found', `no version ${version} of ${model}`, { detail: `Model Version (name=${model}, version=${version}) not found` });
}

/** What MLflow can take away and this registry keeps. */
export const keptForGood = (what: string, instead: string): AppError => new AppError('request.unsupported', `${what} by an MLflow client`, { detail: `${what} is not possible in Weighbridge: decisions, lineages and the audit log refer to it. ${instead}` });
