import type { Version } from '@weighbridge/registry-contracts';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { versionView } from '../api-views.ts';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import { requireMayChange } from '../refusals.ts';
import { addVersion } from './add-version.ts';
import type { DeclaredVersion, Voucher } from './add-version.ts';

/** What is registered already, with the same content, is anyone's to post again. */
export const registerVersion = (deps: ChangeDeps, { caller, declared }: { readonly caller: Caller; readonly declared: DeclaredVersion }): Promise<Version> =>
  changeRegistry(deps, caller, async (change, audit) => {
    const { version, added } = await addVersion(change, audit, deps.now(), declared, voucherOf(caller));
    if (added) await requireMayChange(change, caller, declared.model);
    return versionView(version);
  });

/** A platform administrator answers for what they register. */
const voucherOf = ({ projectId, role, keyId }: Caller): Voucher | null => (projectId === null && role === 'admin' ? { reason: 'registered by a platform administrator', keyId } : null);
