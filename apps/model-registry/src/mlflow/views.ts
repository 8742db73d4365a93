import type { MlflowModelVersion, MlflowRegisteredModel, MlflowTagged } from '@weighbridge/registry-contracts';
import type { MlflowModelRecord, MlflowVersionRecord, Registry, Repositories } from '@weighbridge/registry-data';
import { isReserved, ownTags } from './own-tags.ts';
import { stageOf, stages } from './stages.ts';

type Tags = readonly MlflowTagged[];

/** Tags that people set, and then ours. */
const shown = (tags: Tags, own: Tags): MlflowTagged[] => [...tags.filter(({ key }) => !isReserved(key)), ...own];
const newest = (...dates: readonly Date[]): number => Math.max(...dates.map((date) => date.getTime()));

/** A version as MLflow knows versions. What it has no field for is a tag: our name of the version and its licence. */
export function modelVersionView({ model, version, number, license, createdAt, sources, tags, aliases, ...details }: MlflowVersionRecord): MlflowModelVersion {
  return {
    name: model,
    version: String(number),
    creation_timestamp: createdAt.getTime(),
    last_updated_timestamp: newest(createdAt, ...aliases.map(({ updatedAt }) => updatedAt)),
    current_stage: stageOf(aliases.map(({ name }) => name)),
    ...(details.description === null ? {} : { description: details.description }),
    source: sourceOf({ source: details.source, sources }),
    ...(details.runId === null ? {} : { run_id: details.runId }),
    ...(details.runLink === null ? {} : { run_link: details.runLink }),
    status: 'READY',
    tags: shown(tags, [
      { key: ownTags.version, value: version },
      { key: ownTags.license, value: license ?? 'not recognised' },
    ]),
    aliases: aliases.map(({ name }) => name),
  };
}

/** What it was registered with; else the first address among its sources. */
export const sourceOf = ({ source, sources }: Pick<MlflowVersionRecord, 'source' | 'sources'>): string => source ?? sources.find(({ url }) => url !== null)?.url ?? sources[0]?.title ?? '';

function registeredModelView({ name, publisher, description, createdAt, tags, aliases }: MlflowModelRecord, latest: readonly MlflowVersionRecord[]): MlflowRegisteredModel {
  return {
    name,
    creation_timestamp: createdAt.getTime(),
    last_updated_timestamp: newest(createdAt, ...aliases.map(({ updatedAt }) => updatedAt), ...latest.map((version) => version.createdAt)),
    ...(description === null ? {} : { description }),
    latest_versions: latest.map(modelVersionView),
    tags: shown(tags, [{ key: ownTags.publisher, value: publisher }]),
    aliases: aliases.map(({ name: alias, number }) => ({ alias, version: String(number) })),
  };
}

/** The number of the newest version of each stage: where the stage's alias points, and under no stage the newest that none points at. */
export function latestNumbers({ aliases, newestUnstaged }: MlflowModelRecord, wanted: readonly string[] = ['None', ...Object.keys(stages)]): number[] {
  const numbers = wanted.map((stage) => (stage === 'None' ? newestUnstaged : aliases.find(({ name }) => name === stages[stage])?.number));
  return [...new Set(numbers.filter((number) => number !== null && number !== undefined))];
}

/** With the newest versions of all of them in one query. */
export async function registeredModelViews({ mlflow }: Pick<Registry | Repositories, 'mlflow'>, models: readonly MlflowModelRecord[]): Promise<MlflowRegisteredModel[]> {
  const wanted = models.flatMap((model) => latestNumbers(model).map((number) => ({ model: model.name, number })));
  const versions = new Map((await mlflow.findVersions(wanted)).map((version) => [`${version.model} ${version.number}`, version]));
  return models.map((model) => registeredModelView(model, latestNumbers(model).flatMap((number) => versions.get(`${model.name} ${number}`) ?? [])));
}
