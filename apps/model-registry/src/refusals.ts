import type { ModelRecord, Repositories, UseCaseRecord, VersionRecord } from '@weighbridge/registry-data';
import { findContradictions } from '@weighbridge/registry-domain';
import type { UseCaseFacts } from '@weighbridge/registry-domain';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { AppError, roleIncludes } from '@weighbridge/shared-domain';
import type { ProjectId, UseCaseId } from '@weighbridge/shared-domain';

/** One wrong field of a request, found by a rule that a schema cannot know. */
export const invalidField = (pointer: string, message: string): AppError =>
  new AppError('request.invalid', `${pointer} ${message}`, { faults: [{ pointer, message }], detail: `Not valid: ${pointer.slice(1).replaceAll('/', '.')}: ${message}.` });

/** Facts that contradict each other are refused, with every field that has a part in it. `pointer` is where the facts are. */
export function refuseContradictions(facts: UseCaseFacts, pointer: string): void {
  const contradictions = findContradictions(facts);
  if (contradictions.length === 0) return;
  const faults = contradictions.flatMap(({ fields, message }) => fields.map((field) => ({ pointer: `${pointer}/${field}`, message })));
  throw new AppError('request.invalid', 'facts contradict each other', { faults, detail: `The declared facts contradict each other: ${contradictions.map(({ fields, message }) => `${fields.join(' and ')}: ${message}`).join('; ')}.` });
}

export const notFound = (what: string): AppError => new AppError('resource.not_found', `no ${what}`);

/** What belongs to another project does not exist, in word and deed. Keys of the platform see all. */
export const sees = (caller: Caller, projectId: ProjectId | null): boolean => caller.projectId === null || caller.projectId === projectId;

export async function requireProject({ projects }: Pick<Repositories, 'projects'>, id: ProjectId): Promise<void> {
  if ((await projects.findProject(id)) === null) throw notFound(`project ${id}`);
}

export async function requireUseCase({ useCases }: Pick<Repositories, 'useCases'>, caller: Caller, id: UseCaseId): Promise<UseCaseRecord> {
  const useCase = await useCases.findUseCase(id);
  if (useCase === null || !sees(caller, useCase.projectId)) throw notFound(`use case ${id} for key ${caller.keyId}`);
  return useCase;
}

export async function requireModel({ models }: Pick<Repositories, 'models'>, name: string): Promise<ModelRecord> {
  const model = await models.findModel(name);
  if (model === null) throw new AppError('model.not_found', `no model ${name}`, { detail: `There is no model "${name}". GET /v1/models lists what is registered; POST /v1/models registers one.` });
  return model;
}

/** Whether a key may change a model that everyone may use: keys of the platform, and editors of the project that owns it. */
export const mayChange = (caller: Pick<Caller, 'projectId' | 'role'>, ownerId: ProjectId | null): boolean => roleIncludes(caller.role, 'editor') && (caller.projectId === null || caller.projectId === ownerId);

export async function requireMayChange(repositories: Pick<Repositories, 'models'>, caller: Caller, name: string): Promise<ModelRecord> {
  const model = await requireModel(repositories, name);
  if (mayChange(caller, model.ownerId)) return model;
  throw new AppError('auth.forbidden', `key ${caller.keyId} of ${caller.projectId} does not own ${name}`, {
    detail: `Every project may use the model "${name}", but only editors of the project that owns it and administrators of the platform may change it. An administrator of the platform can give it to your project: PUT /v1/models/${name}/owner.`,
  });
}

export async function requireVersion(repositories: Pick<Repositories, 'models' | 'versions'>, model: string, version: string): Promise<VersionRecord> {
  const found = await repositories.versions.findVersion(model, version);
  if (found !== null) return found;
  await requireModel(repositories, model);
  throw versionNotFound(model, version);
}

export const versionNotFound = (model: string, version: string): AppError =>
  new AppError('model.not_found', `no version ${model}@${version}`, { detail: `The model "${model}" has no version "${version}". GET /v1/models/${model} lists its versions.` });

/** `name@version`, which was checked to be one. */
export function splitReference(reference: string): { readonly model: string; readonly version: string } {
  const at = reference.indexOf('@');
  return { model: reference.slice(0, at), version: reference.slice(at + 1) };
}

export const policyNotFound = (name: string): AppError => new AppError('resource.not_found', `no policy ${name}`, { detail: `There is no policy "${name}". GET /v1/policies lists what there is.` });
