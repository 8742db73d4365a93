import type { MlflowModelVersion, MlflowRegisteredModel, MlflowTagged } from '@weighbridge/registry-contracts';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { AppError } from '@weighbridge/shared-domain';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import type { RegistryDeps } from '../deps.ts';
import { requireMayChange } from '../refusals.ts';
import { ownTags } from './own-tags.ts';
import { offsetOf, pageOf } from './page-token.ts';
import { parseFilter, parseOrder } from './parse-filter.ts';
import { invalidParameter, requireModelRecord, requireName } from './refusals.ts';
import { readStage, stageAliases } from './stages.ts';
import { tagsOf } from './tags.ts';
import { latestNumbers, modelVersionView, registeredModelViews } from './views.ts';

export interface NamedModel {
  readonly name: string;
  readonly caller: Caller;
}

interface NewModelInput extends NamedModel {
  readonly tags?: readonly MlflowTagged[] | undefined;
  readonly description?: string | undefined;
}

/** The publisher is the tag of that name, or the project of the key: it is what MLflow does not ask for. */
export const createModel = (deps: ChangeDeps, { caller, name, tags = [], description }: NewModelInput): Promise<MlflowRegisteredModel> =>
  changeRegistry(deps, caller, async (change, audit) => {
    const model = requireName(name);
    if ((await change.models.findModel(model)) !== null) throw new AppError('resource.conflict', `model ${model} exists`, { detail: `Registered Model (name=${model}) already exists` });
    const publisher = await publisherOf(change, caller, tags);
    await change.models.addModel({ name: model, publisher, description: description ?? null, ownerId: caller.projectId, createdAt: deps.now() });
    const kept = tagsOf(tags, [ownTags.publisher]);
    await change.tags.setModelTags(model, kept);
    await audit({ action: 'model.registered', subject: model, details: { publisher, ...(Object.keys(kept).length > 0 && { tags: Object.keys(kept) }) } });
    const [view] = await registeredModelViews(change, [await requireModelRecord(change, model)]);
    return view as MlflowRegisteredModel;
  });

async function publisherOf({ projects }: Pick<RegistryDeps['registry'], 'projects'>, { projectId }: Caller, tags: readonly MlflowTagged[]): Promise<string> {
  const named = tags.find(({ key }) => key === ownTags.publisher)?.value.trim();
  if (named !== undefined && named !== '') return named.slice(0, 100);
  return (projectId === null ? null : await projects.findProject(projectId))?.name ?? 'unknown';
}

export async function getModel({ registry }: Pick<RegistryDeps, 'registry'>, name: string): Promise<MlflowRegisteredModel> {
  const [view] = await registeredModelViews(registry, [await requireModelRecord(registry, name)]);
  return view as MlflowRegisteredModel;
}

interface SearchInput {
  readonly filter?: string | undefined;
  readonly max_results?: number | undefined;
  readonly order_by?: readonly string[] | undefined;
  readonly page_token?: string | undefined;
}

const mostModels = 1_000;

export async function searchModels({ registry }: Pick<RegistryDeps, 'registry'>, { filter, max_results: limit = 100, order_by: orderBy, page_token: token }: SearchInput): Promise<{ registered_models: MlflowRegisteredModel[]; next_page_token?: string }> {
  if (limit > mostModels) throw invalidParameter('max_results', `must be at most ${mostModels}`);
  const asked = { filter, orderBy };
  const offset = offsetOf(token, asked);
  const found = await registry.mlflow.searchModels({ conditions: parseFilter(filter, 'models'), order: parseOrder(orderBy, 'models'), limit, offset }, stageAliases);
  const { rows, next } = pageOf(found, limit, offset, asked);
  return { registered_models: await registeredModelViews(registry, rows), ...(next === undefined ? {} : { next_page_token: next }) };
}

/** An absent description takes the one that is there away, as in MLflow. */
export const updateModel = (deps: ChangeDeps, { caller, name, description }: NamedModel & { readonly description?: string | undefined }): Promise<MlflowRegisteredModel> =>
  changeRegistry(deps, caller, async (change, audit) => {
    const before = await requireModelRecord(change, name);
    await requireMayChange(change, caller, name);
    if (before.description !== (description ?? null)) {
      await change.mlflow.describeModel(name, description ?? null);
      await audit({ action: 'model.described', subject: name });
    }
    const [view] = await registeredModelViews(change, [await requireModelRecord(change, name)]);
    return view as MlflowRegisteredModel;
  });

export async function latestVersions({ registry }: Pick<RegistryDeps, 'registry'>, { name, stages = [] }: { readonly name: string; readonly stages?: readonly string[] | undefined }): Promise<MlflowModelVersion[]> {
  const model = await requireModelRecord(registry, name);
  const wanted = stages.map((stage) => {
    const known = readStage(stage);
    if (known === null) throw invalidParameter('stages', `"${stage}" is no stage: None, Staging, Production and Archived are`);
    return known;
  });
  const numbers = wanted.length === 0 ? latestNumbers(model) : latestNumbers(model, wanted);
  const versions = new Map((await registry.mlflow.findVersions(numbers.map((number) => ({ model: name, number })))).map((version) => [version.number, version]));
  return numbers.flatMap((number) => versions.get(number) ?? []).map(modelVersionView);
}
