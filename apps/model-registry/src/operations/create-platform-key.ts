import type { CreatedKey, NewPlatformKey } from '@weighbridge/registry-contracts';
import type { StoredKey } from '@weighbridge/registry-data';
import { requirePlatform } from '@weighbridge/shared-adapters/auth';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { newId } from '@weighbridge/shared-adapters/ids';
import { newKeyToken } from '@weighbridge/shared-adapters/secrets';
import type { z } from 'zod';
import { keyView } from '../api-views.ts';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import { invalidField } from '../refusals.ts';

/** A key for one more administrator of the platform, so that there is a second person to approve what the first one asks for. */
export async function createPlatformKey(deps: ChangeDeps, { caller, name, expiresAt }: z.output<typeof NewPlatformKey> & { readonly caller: Caller }): Promise<z.input<typeof CreatedKey>> {
  requirePlatform(caller);
  const now = deps.now();
  if (expiresAt !== undefined && Date.parse(expiresAt) <= now.getTime()) throw invalidField('/body/expiresAt', 'must lie in the future');
  const { token, digest, hint } = newKeyToken();
  const key: StoredKey = {
    id: newId('key'),
    projectId: null,
    useCaseId: null,
    name,
    role: 'admin',
    digest,
    hint,
    requestsPerMinute: null,
    expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
    revokedAt: null,
    createdAt: now,
    createdBy: caller.keyId,
  };
  return changeRegistry(deps, caller, async ({ keys }, audit) => {
    await keys.addKey(key);
    await audit({ action: 'key.created', subject: key.id, details: { name, role: 'admin', platform: true, hint, expiresAt: expiresAt ?? null } });
    return { ...keyView(key), token };
  });
}
