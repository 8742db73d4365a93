import type { Model } from '@weighbridge/registry-contracts';
import type { Repositories } from '@weighbridge/registry-data';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { modelView } from '../api-views.ts';
import { requireModel } from '../refusals.ts';

export async function describeModel(repositories: Pick<Repositories, 'models'>, name: string, caller: Caller): Promise<Model> {
  const overview = await repositories.models.findModelOverview(name);
  if (overview !== null) return modelView(overview, await repositories.models.listVersions(name), caller);
  await requireModel(repositories, name);
  throw new Error(`the model ${name} appeared between two queries`);
}
