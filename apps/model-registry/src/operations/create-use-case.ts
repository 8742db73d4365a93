import type { NewUseCase, UseCase } from '@weighbridge/registry-contracts';
import type { UseCaseRecord } from '@weighbridge/registry-data';
import { projectOf } from '@weighbridge/shared-adapters/auth';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { newId } from '@weighbridge/shared-adapters/ids';
import { AppError } from '@weighbridge/shared-domain';
import type { z } from 'zod';
import { useCaseView } from '../api-views.ts';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import { refuseContradictions, requireProject } from '../refusals.ts';

export async function createUseCase(deps: ChangeDeps, { caller, project, name, description, facts, labels }: z.output<typeof NewUseCase> & { readonly caller: Caller }): Promise<UseCase> {
  refuseContradictions(facts, '/body/facts');
  const projectId = projectOf(caller, project);
  const useCase: UseCaseRecord = { id: newId('useCase'), projectId, name, description: description ?? null, facts, labels, createdAt: deps.now() };
  return changeRegistry(deps, caller, async (change, audit) => {
    await requireProject(change, projectId);
    if ((await change.useCases.findUseCaseByName(projectId, name)) !== null) {
      throw new AppError('resource.conflict', `use case name taken in ${projectId}`, { detail: `The project has a use case "${name}" already. Declared facts do not change: declare the new ones under another name.` });
    }
    await change.useCases.addUseCase(useCase);
    await audit({ action: 'use_case.declared', subject: useCase.id, projectId, details: { name, facts, labels } });
    return useCaseView(useCase);
  });
}
