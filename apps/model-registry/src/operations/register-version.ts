import type { Version } from '@weighbridge/registry-contracts';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { versionView } from '../api-views.ts';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import { addVersion } from './add-version.ts';
import type { DeclaredVersion } from './add-version.ts';

export const registerVersion = (deps: ChangeDeps, { caller, declared }: { readonly caller: Caller; readonly declared: DeclaredVersion }): Promise<Version> =>
  changeRegistry(deps, caller, async (change, audit) => versionView((await addVersion(change, audit, deps.now(), declared)).version));
