import type { Model } from '@weighbridge/registry-contracts';
import type { Repositories } from '@weighbridge/registry-data';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { modelView } from '../api-views.ts';
import { requireModel } from '../refusals.ts';

/** The newest; all of them come in pages of their own. */
const shownVersions = 50;

export async function describeModel(repositories: Pick<Repositories, 'models'>, name: string, caller: Caller): Promise<Model> {
  const overview = await repositories.models.findModelOverview(name);
  if (overview !== null) return modelView(overview, (await repositories.models.listVersions(name, { limit: shownVersions, after: undefined })).slice(0, shownVersions), caller);
  await requireModel(repositories, name);
  throw new Error(`the model ${name} appeared between two queries`);
}
