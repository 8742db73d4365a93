import type { Repositories, UseCaseRecord, VersionRecord } from '@weighbridge/registry-data';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { AppError } from '@weighbridge/shared-domain';
import type { ProjectId, UseCaseId } from '@weighbridge/shared-domain';

/** One wrong field of a request, found by a rule that a schema cannot know. */
export const invalidField = (pointer: string, message: string): AppError =>
  new AppError('request.invalid', `${pointer} ${message}`, { faults: [{ pointer, message }], detail: `Not valid: ${pointer.slice(1).replaceAll('/', '.')}: ${message}.` });

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

export async function requireModel({ models }: Pick<Repositories, 'models'>, name: string): Promise<void> {
  if ((await models.findModel(name)) === null) throw new AppError('model.not_found', `no model ${name}`, { detail: `There is no model "${name}". GET /v1/models lists what is registered; POST /v1/models registers one.` });
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
