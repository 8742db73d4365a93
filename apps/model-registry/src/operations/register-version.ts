import { checkArtifacts } from '@weighbridge/registry-adapters/importers';
import type { ArtifactCheck } from '@weighbridge/registry-adapters/importers';
import type { Version } from '@weighbridge/registry-contracts';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import type { RegistryDeps } from '../deps.ts';
import { invalidField, mayChange, requireMayChange, requireModel } from '../refusals.ts';
import { addVersion } from './add-version.ts';
import type { DeclaredVersion, Voucher } from './add-version.ts';
import { describeVersion } from './describe-version.ts';

export type RegisterVersionDeps = ChangeDeps & Pick<RegistryDeps, 'importDir' | 'downloadDir'>;

interface RegisterVersionInput {
  readonly caller: Caller;
  readonly declared: DeclaredVersion;
  readonly signal: AbortSignal;
}

/**
 * Registers a version. What is registered already, with the same content, is anyone's to post again. Files that this service can see are read first: one that is not
 * what the version declares is `request.invalid`.
 */
export async function registerVersion(deps: RegisterVersionDeps, { caller, declared, signal }: RegisterVersionInput): Promise<Version> {
  const { ownerId } = await requireModel(deps.registry, declared.model);
  // Reading a file takes as long as it is; a change may not wait for that, and nobody makes us read for a model that is not theirs.
  const artifactChecks = mayChange(caller, ownerId) ? await checkedArtifacts(deps, declared, signal) : [];
  return changeRegistry(deps, caller, async (change, audit) => {
    const { version, added } = await addVersion(change, audit, deps.now(), declared, { voucher: voucherOf(caller), artifactChecks });
    if (added) await requireMayChange(change, caller, declared.model);
    return describeVersion(change, version);
  });
}

async function checkedArtifacts({ importDir, downloadDir }: RegisterVersionDeps, { artifacts }: DeclaredVersion, signal: AbortSignal) {
  const checks = await checkArtifacts([downloadDir, importDir].filter((folder) => folder !== null), artifacts, signal);
  for (const [index, check] of checks.entries()) if (check.state === 'differs') throw differing(index, artifacts[index], check);
  return checks.flatMap(({ fileName, state }) => (state === 'differs' ? [] : [{ fileName, state }]));
}

function differing(index: number, declared: DeclaredVersion['artifacts'][number] | undefined, found: Extract<ArtifactCheck, { state: 'differs' }>): Error {
  const what = declared?.sha256 === found.sha256 ? `is declared with ${declared.bytes} bytes, and the file has ${found.bytes}` : `is ${declared?.sha256}, and the file that is here has ${found.sha256}`;
  return invalidField(`/body/artifacts/${index}/${declared?.sha256 === found.sha256 ? 'bytes' : 'sha256'}`, `${what} (${found.fileName})`);
}

/** A platform administrator answers for what they register. */
const voucherOf = ({ projectId, role, keyId }: Caller): Voucher | null => (projectId === null && role === 'admin' ? { reason: 'registered by a platform administrator', keyId } : null);
