import type { Version } from '@weighbridge/registry-contracts';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { AppError } from '@weighbridge/shared-domain';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import { requireVersion } from '../refusals.ts';
import { vouch } from './add-version.ts';
import { describeVersion } from './describe-version.ts';

/** Publishers are typed by whoever registers a model; a licence ends at its licensor's own versions only where that was checked. The first word stays. */
export async function verifyPublisher(deps: ChangeDeps, { caller, model, version: name, reason }: { readonly caller: Caller; readonly model: string; readonly version: string; readonly reason: string }): Promise<Version> {
  if (caller.projectId !== null) throw new AppError('auth.forbidden', `key ${caller.keyId} belongs to a project`, { detail: 'Versions are shared by all projects: only a platform administrator may vouch for their publisher.' });
  return changeRegistry(deps, caller, async (change, audit) => {
    const version = await requireVersion(change, model, name);
    if (!version.publisherVerified) await vouch(change, audit, deps.now(), version, { reason, keyId: caller.keyId });
    return describeVersion(change, { ...version, publisherVerified: true });
  });
}
