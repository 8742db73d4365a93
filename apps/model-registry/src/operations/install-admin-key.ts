import { newId } from '@weighbridge/shared-adapters/ids';
import { keyDigest } from '@weighbridge/shared-adapters/secrets';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';

const adminKeyName = 'platform administrator';

/** At start: the key from the environment takes the place of the one that an earlier start has installed, which is revoked. Keys that administrators made stay. */
export async function installAdminKey(deps: ChangeDeps, token: string): Promise<void> {
  const digest = keyDigest(token);
  const now = deps.now();
  await changeRegistry(deps, { keyId: null, projectId: null }, async ({ keys }, audit) => {
    const known = await keys.findKeyByDigest(digest);
    if (known !== null && known.projectId !== null) throw new Error('WEIGHBRIDGE_ADMIN_KEY is the key of a project: make another one');
    for (const earlier of await keys.listInstalledKeys()) {
      if (earlier.digest === digest) continue;
      await keys.revokeKey(earlier.id, now);
      await audit({ action: 'key.revoked', subject: earlier.id, details: { name: earlier.name, because: 'WEIGHBRIDGE_ADMIN_KEY changed' } });
    }
    if (known === null) {
      const id = newId('key');
      await keys.addKey({
        id,
        projectId: null,
        useCaseId: null,
        name: adminKeyName,
        role: 'admin',
        digest,
        hint: `${token.slice(0, 7)}…${token.slice(-4)}`,
        requestsPerMinute: null,
        expiresAt: null,
        revokedAt: null,
        createdAt: now,
        createdBy: null,
      });
      await audit({ action: 'key.created', subject: id, details: { name: adminKeyName, role: 'admin' } });
    } else if (known.revokedAt !== null) {
      await keys.restoreKey(known.id);
      await audit({ action: 'key.restored', subject: known.id, details: { name: adminKeyName } });
    }
  });
}
