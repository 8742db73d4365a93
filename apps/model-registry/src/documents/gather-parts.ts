import type { DeploymentRecord, DescribedVersion, LineageRecord, Registry } from '@weighbridge/registry-data';
import type { LicenseBook, NoticeVersion } from '@weighbridge/registry-domain';
import type { VersionKey } from '@weighbridge/registry-data';
import { AppError } from '@weighbridge/shared-domain';
import type { VersionId } from '@weighbridge/shared-domain';
import type { RegistryDeps } from '../deps.ts';
import { requireModel, versionNotFound } from '../refusals.ts';

/** What documents are made of: versions, everything they were made from, and the licences in force. */
export interface DocumentParts {
  readonly roots: readonly string[];
  /** Whole, by `name@version`. */
  readonly versions: ReadonlyMap<string, DescribedVersion>;
  /** As decisions see them. */
  readonly lineage: ReadonlyMap<string, LineageRecord>;
  readonly licenses: LicenseBook;
  /** Of a project: those that its use cases may call. */
  readonly deployments: readonly DeploymentRecord[];
}

/** Versions that one document may be about: it is made between other requests, in a fraction of a second, and nobody reads more. */
const mostVersions = 2_000;
/** Of all of them together: each may have a thousand artifacts and a megabyte of licence. */
const mostArtifacts = 10_000;
const mostCharacters = 16_000_000;
const readAtATime = 50;

export async function gatherParts({ registry, licenses }: Pick<RegistryDeps, 'registry' | 'licenses'>, keys: readonly VersionKey[], deployments: readonly DeploymentRecord[] = []): Promise<DocumentParts> {
  const lineage = new Map((await registry.versions.listLineage(keys)).map((record) => [record.ref, record]));
  if (lineage.size > mostVersions) throw tooMuch(lineage.size, mostVersions, 'versions');
  const roots: string[] = [];
  for (const { model, version } of keys) {
    const ref = `${model}@${version}`;
    if (!lineage.has(ref)) {
      await requireModel(registry, model);
      throw versionNotFound(model, version);
    }
    if (!roots.includes(ref)) roots.push(ref);
  }
  const records = await readVersions(registry, [...lineage.values()].map(({ id }) => id));
  return { roots, lineage, licenses: await licenses.book(), deployments, versions: new Map(records.map((record) => [`${record.model}@${record.version}`, record])) };
}

/** A few at a time, and no more than fits into memory. */
async function readVersions({ versions }: Pick<Registry, 'versions'>, ids: readonly VersionId[]): Promise<DescribedVersion[]> {
  const records: DescribedVersion[] = [];
  let [artifacts, characters] = [0, 0];
  for (let from = 0; from < ids.length; from += readAtATime) {
    const some = await versions.listVersions(ids.slice(from, from + readAtATime));
    for (const record of some) {
      artifacts += record.artifacts.length;
      characters += (record.licenseDeclared?.length ?? 0) + record.provenance.reduce((sum, { value }) => sum + value.length, 0);
    }
    if (artifacts > mostArtifacts) throw tooMuch(artifacts, mostArtifacts, 'artifacts');
    if (characters > mostCharacters) throw tooMuch(characters, mostCharacters, 'characters of licences');
    records.push(...some);
  }
  return records;
}

const tooMuch = (count: number, most: number, what: string): AppError =>
  new AppError('request.unsupported', `a document of ${count} ${what}`, { detail: `This would be about ${count.toLocaleString('en')} ${what} or more, and ${most.toLocaleString('en')} is the most of one document: ask for parts of the lineage.` });

/** With what a notice says of a version beside the facts that decide. */
export function noticeVersionOf({ lineage, versions }: Pick<DocumentParts, 'lineage' | 'versions'>, ref: string): NoticeVersion | undefined {
  const facts = lineage.get(ref);
  if (facts === undefined) return undefined;
  const record = versions.get(ref);
  return { ...facts, licenseDeclared: record?.licenseDeclared ?? null, sources: record?.sources ?? [], copyright: record === undefined ? [] : copyrightOf(record) };
}

/** Copyright lines, and the lines of its notice file, as an importer read them in the files of the version; each once. */
export const copyrightOf = ({ provenance }: Pick<DescribedVersion, 'provenance'>): string[] => [
  ...new Set(
    provenance
      .flatMap(({ field, value }) => (field === 'copyright' || field === 'notice' ? value.split(/\r\n|[\r\n]/) : []))
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];
