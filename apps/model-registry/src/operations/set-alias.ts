import type { Alias } from '@weighbridge/registry-contracts';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import type { z } from 'zod';
import { aliasView } from '../api-views.ts';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import { requireVersion } from '../refusals.ts';

interface SetAliasInput {
  readonly caller: Caller;
  readonly model: string;
  readonly alias: string;
  readonly version: string;
}

export async function setAlias(deps: ChangeDeps, { caller, model, alias, version }: SetAliasInput): Promise<z.input<typeof Alias>> {
  return changeRegistry(deps, caller, async (change, audit) => {
    await requireVersion(change, model, version);
    const before = await change.models.findAlias(model, alias);
    if (before?.version === version) return aliasView(before);
    const moved = await change.models.moveAlias(model, alias, version, deps.now());
    await audit({ action: 'alias.moved', subject: `${model}:${alias}`, details: { from: before?.version ?? null, to: version } });
    return aliasView(moved);
  });
}
