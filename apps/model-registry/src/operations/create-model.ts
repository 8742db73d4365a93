import type { Model, NewModel } from '@weighbridge/registry-contracts';
import type { ModelRecord } from '@weighbridge/registry-data';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { AppError } from '@weighbridge/shared-domain';
import type { z } from 'zod';
import { modelView } from '../api-views.ts';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import { describeModel } from './describe-model.ts';

/** The project of the key owns it; a key of the platform makes it the organisation's. The same words again are the same model; other words under the same name are a conflict. */
export async function createModel(deps: ChangeDeps, { caller, name, publisher, description = null }: Omit<z.output<typeof NewModel>, 'description'> & { readonly description?: string | null | undefined; readonly caller: Caller }): Promise<Model> {
  const model: ModelRecord = { name, publisher, description, ownerId: caller.projectId, createdAt: deps.now() };
  return changeRegistry(deps, caller, async (change, audit) => {
    const existing = await change.models.findModel(name);
    if (existing === null) {
      await change.models.addModel(model);
      await audit({ action: 'model.registered', subject: name, details: { publisher } });
      return modelView({ ...model, versions: 0, latestVersion: null, licenses: [], aliases: [], deployed: false }, [], caller);
    }
    const differing = (['publisher', 'description'] as const).filter((field) => existing[field] !== model[field]);
    if (differing.length > 0) throw new AppError('resource.conflict', `model ${name} exists`, { detail: `The model "${name}" exists with another ${differing.join(' and ')}.`, extensions: { differing } });
    return describeModel(change, name, caller);
  });
}
