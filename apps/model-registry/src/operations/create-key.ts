import type { CreatedKey, NewKey } from '@weighbridge/registry-contracts';
import type { StoredKey } from '@weighbridge/registry-data';
import { projectOf } from '@weighbridge/shared-adapters/auth';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { newId } from '@weighbridge/shared-adapters/ids';
import { newKeyToken } from '@weighbridge/shared-adapters/secrets';
import { AppError, roleIncludes } from '@weighbridge/shared-domain';
import type { ProjectId } from '@weighbridge/shared-domain';
import type { z } from 'zod';
import { keyView } from '../api-views.ts';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import { invalidField, requireProject } from '../refusals.ts';

interface CreateKeyInput extends z.output<typeof NewKey> {
  readonly caller: Caller;
  readonly project: ProjectId;
}

/** The key itself leaves in this answer only: what stays is its digest. */
export async function createKey(deps: ChangeDeps, { caller, project, ...asked }: CreateKeyInput): Promise<z.input<typeof CreatedKey>> {
  const projectId = projectOf(caller, project);
  if (!roleIncludes(caller.role, asked.role)) throw new AppError('auth.forbidden', `a ${caller.role} asked for a key with role ${asked.role}`, { detail: 'A key cannot make one with a stronger role than its own.' });
  const now = deps.now();
  if (asked.expiresAt !== undefined && Date.parse(asked.expiresAt) <= now.getTime()) throw invalidField('/body/expiresAt', 'must lie in the future');
  const { token, digest, hint } = newKeyToken();
  const key: StoredKey = {
    id: newId('key'),
    projectId,
    useCaseId: asked.useCaseId ?? null,
    name: asked.name,
    role: asked.role,
    digest,
    hint,
    requestsPerMinute: asked.requestsPerMinute ?? null,
    expiresAt: asked.expiresAt === undefined ? null : new Date(asked.expiresAt),
    revokedAt: null,
    createdAt: now,
    createdBy: caller.keyId,
  };
  return changeRegistry(deps, caller, async (change, audit) => {
    await requireProject(change, projectId);
    if (key.useCaseId !== null && (await change.useCases.findUseCase(key.useCaseId))?.projectId !== projectId) throw invalidField('/body/useCaseId', 'is not a use case of this project');
    await change.keys.addKey(key);
    await audit({ action: 'key.created', subject: key.id, projectId, details: { name: key.name, role: key.role, useCaseId: key.useCaseId, hint, expiresAt: asked.expiresAt ?? null } });
    return { ...keyView(key), token };
  });
}
