import type { KeyRecord } from '@weighbridge/shared-adapters/auth';
import type { RegistryDeps } from '../deps.ts';

/** A revoked key is not found, from the moment of its revocation: this service asks its own database, not a snapshot. */
export async function findLiveKey({ registry }: Pick<RegistryDeps, 'registry'>, digest: string): Promise<KeyRecord | undefined> {
  const key = await registry.keys.findKeyByDigest(digest);
  if (key === null || key.revokedAt !== null) return undefined;
  const { id, projectId, useCaseId, role, requestsPerMinute, expiresAt } = key;
  return { id, projectId, useCaseId, role, requestsPerMinute, expiresAt: expiresAt?.toISOString() ?? null };
}
