import type { Project } from '@weighbridge/registry-contracts';
import type { ProjectRecord } from '@weighbridge/registry-data';
import { requirePlatform } from '@weighbridge/shared-adapters/auth';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { newId } from '@weighbridge/shared-adapters/ids';
import { projectView } from '../api-views.ts';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';

export async function createProject(deps: ChangeDeps, { caller, ...fields }: Pick<ProjectRecord, 'name' | 'unknownPricePolicy'> & { readonly caller: Caller }): Promise<Project> {
  requirePlatform(caller);
  const project: ProjectRecord = { ...fields, id: newId('project'), createdAt: deps.now() };
  return changeRegistry(deps, caller, async ({ projects }, audit) => {
    await projects.addProject(project);
    await audit({ action: 'project.created', subject: project.id, projectId: project.id, details: { name: project.name, unknownPricePolicy: project.unknownPricePolicy } });
    return projectView(project);
  });
}
