import type { Me } from '@weighbridge/registry-contracts';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import type { z } from 'zod';
import { projectView } from '../api-views.ts';
import type { RegistryDeps } from '../deps.ts';

export async function describeCaller({ registry }: Pick<RegistryDeps, 'registry'>, caller: Caller): Promise<z.input<typeof Me>> {
  const project = caller.projectId === null ? null : await registry.projects.findProject(caller.projectId);
  return { keyId: caller.keyId, role: caller.role, project: project === null ? null : projectView(project), useCaseId: caller.useCaseId };
}
