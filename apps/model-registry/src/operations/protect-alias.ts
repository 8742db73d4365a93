import type { AliasState, NewAliasProtection } from '@weighbridge/registry-contracts';
import { requirePlatform } from '@weighbridge/shared-adapters/auth';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import type { z } from 'zod';
import { aliasStateView } from '../api-views.ts';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import { requireModel } from '../refusals.ts';

type ProtectInput = z.output<typeof NewAliasProtection> & { readonly caller: Caller; readonly model: string; readonly alias: string };

/** The alias may point at nothing yet. Requests that wait keep the number of approvals they were made with, unless more are needed by then. */
export async function protectAlias(deps: ChangeDeps, { caller, model: name, alias, ...wanted }: ProtectInput): Promise<AliasState> {
  requirePlatform(caller);
  const approvals = wanted.protected ? wanted.approvals : null;
  return changeRegistry(deps, caller, async (change, audit) => {
    const { ownerId } = await requireModel(change, name);
    const before = await change.aliases.standing(name, alias);
    if (before.approvals !== approvals) {
      await change.aliases.protect(name, alias, approvals, deps.now());
      await audit({ action: approvals === null ? 'alias.unprotected' : 'alias.protected', subject: `${name}:${alias}`, projectId: ownerId, details: { approvals, before: before.approvals } });
    }
    return aliasStateView(name, alias, { ...before, approvals });
  });
}
