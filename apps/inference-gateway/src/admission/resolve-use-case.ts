import { AppError } from '@weighbridge/shared-domain';
import type { ProjectId, UseCaseId } from '@weighbridge/shared-domain';
import type { RegistryIndex, SnapshotUseCase } from '../facts/registry-index.ts';

export interface UseCaseWish {
  readonly projectId: ProjectId;
  /** What the request names: an id or a name. */
  readonly named: string | undefined;
  /** What the key stands for. */
  readonly ofKey: UseCaseId | null;
}

/** The use case that a request is for: the one it names, else the key's. There is no request without one, since no licence could be checked. */
export function resolveUseCase(registry: Pick<RegistryIndex, 'findUseCase'>, { projectId, named, ofKey }: UseCaseWish): SnapshotUseCase {
  const wanted = named ?? ofKey;
  if (wanted === null) {
    throw new AppError('request.invalid', 'no use case', {
      detail: 'A request is always for a declared use case: use a key that is bound to one, or name one of your project with the header x-weighbridge-use-case (jobs: the field useCaseId).',
      faults: [{ pointer: '/headers/x-weighbridge-use-case', message: 'name a use case, or use a key that is bound to one' }],
    });
  }
  const useCase = registry.findUseCase(projectId, wanted);
  if (useCase === undefined) {
    throw new AppError('request.invalid', `use case ${wanted} is not of project ${projectId}`, {
      detail: `There is no use case "${wanted}" in this project.`,
      faults: [{ pointer: '/headers/x-weighbridge-use-case', message: 'is not a use case of this project' }],
    });
  }
  return useCase;
}
