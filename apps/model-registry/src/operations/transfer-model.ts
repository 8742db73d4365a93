import type { Model } from '@weighbridge/registry-contracts';
import { requirePlatform } from '@weighbridge/shared-adapters/auth';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import type { ProjectId } from '@weighbridge/shared-domain';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import { requireModel, requireProject } from '../refusals.ts';
import { describeModel } from './describe-model.ts';

/** Whose editors may change the model from now on; null: only administrators of the platform. */
export async function transferModel(deps: ChangeDeps, { caller, model, owner }: { readonly caller: Caller; readonly model: string; readonly owner: ProjectId | null }): Promise<Model> {
  requirePlatform(caller);
  return changeRegistry(deps, caller, async (change, audit) => {
    const { ownerId } = await requireModel(change, model);
    if (owner !== null) await requireProject(change, owner);
    if (ownerId !== owner) {
      await change.models.setOwner(model, owner);
      await audit({ action: 'model.transferred', subject: model, details: { from: ownerId, to: owner } });
    }
    return describeModel(change, model, caller);
  });
}
