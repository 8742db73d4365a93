import { NewVersion } from '@weighbridge/registry-contracts';
import type { MlflowModelVersion, MlflowTagged } from '@weighbridge/registry-contracts';
import type { Repositories } from '@weighbridge/registry-data';
import { LineageRelation } from '@weighbridge/registry-domain';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { AppError, VersionName } from '@weighbridge/shared-domain';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import type { RegistryDeps } from '../deps.ts';
import { addVersion } from '../operations/add-version.ts';
import { requireMayChange } from '../refusals.ts';
import { ownTags } from './own-tags.ts';
import { offsetOf, pageOf } from './page-token.ts';
import { parseFilter, parseOrder } from './parse-filter.ts';
import { invalidParameter, requireModelRecord, requireNumbered } from './refusals.ts';
import { tagsOf } from './tags.ts';
import { modelVersionView, sourceOf } from './views.ts';

export interface NumberedVersion {
  readonly name: string;
  readonly version: string;
  readonly caller: Caller;
}

interface NewVersionInput {
  readonly caller: Caller;
  readonly name: string;
  readonly source: string;
  readonly run_id?: string | undefined;
  readonly run_link?: string | undefined;
  readonly tags?: readonly MlflowTagged[] | undefined;
  readonly description?: string | undefined;
}

/**
 * Registers a version as the next number. Its papers come in tags: `weighbridge.license` (or `license`), `weighbridge.base_models` and
 * `weighbridge.version`, its name here; without a licence, decisions about it say `review`.
 */
export const createVersion = (deps: ChangeDeps, input: NewVersionInput): Promise<MlflowModelVersion> =>
  changeRegistry(deps, input.caller, async (change, audit) => {
    const { caller, name, tags = [] } = input;
    await requireModelRecord(change, name);
    await requireMayChange(change, caller, name);
    const kept = tagsOf(tags, Object.values(ownTags));
    const version = await versionNameOf(change, name, tags);
    const declared = declaredVersion(input, version);
    const { added } = await addVersion(change, audit, deps.now(), { ...declared, model: name });
    if (!added) throw new AppError('resource.conflict', `version ${name}@${version} exists`, { detail: `Model Version (name=${name}, ${ownTags.version}=${version}) already exists` });
    await change.tags.setVersionTags({ model: name, version }, kept);
    await change.mlflow.addDetails({ model: name, version }, detailsOf(input));
    const [newest] = await change.mlflow.searchVersions({ conditions: [{ field: 'name', comparator: '=', value: name }], order: [{ by: 'number', descending: true }], limit: 1, offset: 0 });
    if (newest?.version !== version) throw new Error(`${name}@${version} is not the newest version of its model`);
    return modelVersionView(newest);
  });

/** Empty text is what MLflow's messages have for nothing. */
const orNull = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);
const detailsOf = ({ source, description, run_id: runId, run_link: runLink }: NewVersionInput) => ({ source, description: orNull(description), runId: orNull(runId), runLink: orNull(runLink) });

const ownTag = (tags: readonly MlflowTagged[], key: string): string | undefined => tags.find((tag) => tag.key === key)?.value.trim() || undefined;

/** The name that a tag gives, else the number that it is going to have. */
async function versionNameOf({ mlflow, versions }: Repositories, model: string, tags: readonly MlflowTagged[]): Promise<string> {
  const named = ownTag(tags, ownTags.version);
  if (named !== undefined) {
    const parsed = VersionName.safeParse(named);
    if (!parsed.success) throw invalidParameter(ownTags.version, parsed.error.issues[0]?.message ?? 'is no name of a version');
    return parsed.data;
  }
  const [newest] = await mlflow.searchVersions({ conditions: [{ field: 'name', comparator: '=', value: model }], order: [{ by: 'number', descending: true }], limit: 1, offset: 0 });
  const number = String((newest?.number ?? 0) + 1);
  return (await versions.findVersion(model, number)) === null ? number : `${number}-mlflow`;
}

function declaredVersion({ source, run_id: runId, tags = [] }: NewVersionInput, version: string): NewVersion {
  const license = ownTag(tags, ownTags.license) ?? ownTag(tags, 'license');
  const readFrom = 'MLflow, model-versions/create';
  const parsed = NewVersion.safeParse({
    version,
    ...(license === undefined ? {} : { license }),
    baseModels: baseModelsOf(ownTag(tags, ownTags.baseModels)),
    sources: [{ title: source.slice(0, 300), url: /^https?:\/\//i.test(source) && URL.canParse(source) ? source : null }],
    provenance: [{ field: 'source', readFrom, value: source }, ...(runId === undefined || runId === '' ? [] : [{ field: 'run_id', readFrom, value: runId }])],
  });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw invalidParameter(issue?.path[0] === 'license' ? ownTags.license : String(issue?.path[0] ?? 'tags'), issue?.message ?? 'is not valid');
}

/** `finetune llama-3.3-70b@instruct, distilled teacher@2`. */
function baseModelsOf(text: string | undefined): { model: string; version: string; relation: LineageRelation }[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [, relation = '', model = '', version = ''] = /^(\w+)\s+([^@\s]+)@([^@\s]+)$/.exec(part) ?? [];
      const known = LineageRelation.safeParse(relation);
      if (!known.success || model === '') throw invalidParameter(ownTags.baseModels, `"${part}" is not like "finetune name@version"; relations are ${LineageRelation.options.join(', ')}`);
      return { model, version, relation: known.data };
    });
}

export const getVersion = async ({ registry }: Pick<RegistryDeps, 'registry'>, { name, version }: Omit<NumberedVersion, 'caller'>): Promise<MlflowModelVersion> => modelVersionView(await requireNumbered(registry, name, version));

interface SearchInput {
  readonly filter?: string | undefined;
  readonly max_results?: number | undefined;
  readonly order_by?: readonly string[] | undefined;
  readonly page_token?: string | undefined;
}

/** More are asked for by default (200,000) than one answer should hold: the rest is on the next pages. */
const mostVersions = 10_000;

export async function searchVersions({ registry }: Pick<RegistryDeps, 'registry'>, { filter, max_results: wanted = mostVersions, order_by: orderBy, page_token: token }: SearchInput): Promise<{ model_versions: MlflowModelVersion[]; next_page_token?: string }> {
  const limit = Math.min(wanted, mostVersions);
  const asked = { filter, orderBy };
  const offset = offsetOf(token, asked);
  const found = await registry.mlflow.searchVersions({ conditions: parseFilter(filter, 'versions'), order: parseOrder(orderBy, 'versions'), limit, offset });
  const { rows, next } = pageOf(found, limit, offset, asked);
  return { model_versions: rows.map(modelVersionView), ...(next === undefined ? {} : { next_page_token: next }) };
}

/** The description is a note beside the version, which itself never changes. */
export const updateVersion = (deps: ChangeDeps, { caller, name, version: number, description }: NumberedVersion & { readonly description?: string | undefined }): Promise<MlflowModelVersion> =>
  changeRegistry(deps, caller, async (change, audit) => {
    const { version, description: before } = await requireNumbered(change, name, number);
    await requireMayChange(change, caller, name);
    const after = orNull(description);
    if (before !== after) {
      await change.mlflow.describeVersion({ model: name, version }, after);
      await audit({ action: 'version.described', subject: `${name}@${version}` });
    }
    return modelVersionView(await requireNumbered(change, name, number));
  });

export async function getDownloadUri({ registry }: Pick<RegistryDeps, 'registry'>, { name, version }: Omit<NumberedVersion, 'caller'>): Promise<string> {
  const uri = sourceOf(await requireNumbered(registry, name, version));
  if (uri === '') throw invalidParameter('version', 'was registered without a source, so there is nothing to download from');
  return uri;
}
