import type { Caller } from '@weighbridge/shared-adapters/auth';
import { AppError } from '@weighbridge/shared-domain';
import type { KeyId } from '@weighbridge/shared-domain';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import { notFound, sees } from '../refusals.ts';

/** Revoking a key again changes nothing. The administrator's key comes from the environment and would be back at the next start. */
export async function revokeKey(deps: ChangeDeps, { caller, id }: { readonly caller: Caller; readonly id: KeyId }): Promise<void> {
  await changeRegistry(deps, caller, async ({ keys }, audit) => {
    const key = await keys.findKey(id);
    if (key === null || !sees(caller, key.projectId)) throw notFound(`key ${id} for key ${caller.keyId}`);
    if (key.projectId === null && key.createdBy === null) {
      throw new AppError('resource.wrong_state', `key ${id} is the platform's`, { detail: 'This is the key of the platform’s administrator. Set another WEIGHBRIDGE_ADMIN_KEY and restart the registry to replace it.' });
    }
    if (await keys.revokeKey(id, deps.now())) await audit({ action: 'key.revoked', subject: id, projectId: key.projectId, details: { name: key.name } });
  });
}
