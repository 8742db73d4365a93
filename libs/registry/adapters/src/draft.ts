import type { ImportDraft, ImportFinding, ImportKind, ImportedScore, LicenseFile, Provenance } from '@weighbridge/registry-contracts';
import { findReferenceByRepository } from '@weighbridge/registry-domain';
import { ModelName, VersionName } from '@weighbridge/shared-domain';
import { requirePlausible } from './plausible.ts';
import type { Publication } from './publication.ts';

export type Severity = ImportFinding['severity'];

const maxProvenance = 200;
const maxFindings = 500;
const severities: readonly Severity[] = ['error', 'warning', 'info'];

/** Collects, while a model is read, where each field stood and what did not fit together. */
export class DraftNotes {
  readonly provenance: Provenance[] = [];
  readonly scores: ImportedScore[] = [];
  readonly licenseFiles: LicenseFile[] = [];
  readonly #findings: ImportFinding[] = [];

  /** Notes the place of a value; nothing for null. */
  read(field: string, value: string | number | null, readFrom: string): void {
    if (value !== null && this.provenance.length < maxProvenance) this.provenance.push({ field: storable(field).slice(0, 100), value: storable(String(value)).slice(0, 1_000), readFrom: storable(readFrom).slice(0, 300) });
  }

  /** Notes what does not fit, is missing, or is good to know; `sources` are the places that disagree. The same sentence counts once. */
  found(sentence: string, severity: Severity = 'warning', sources: readonly string[] = []): void {
    const message = storable(sentence).slice(0, 2_000);
    if (this.#findings.length < maxFindings && !this.#findings.some((finding) => finding.message === message)) this.#findings.push({ severity, message, sources: sources.slice(0, 10).map((source) => storable(source).slice(0, 300)) });
  }

  /** Errors first; within a severity in the order in which they were found. */
  get findings(): ImportFinding[] {
    return this.#findings.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  }
}

/** PostgreSQL takes no U+0000 and no half of a surrogate pair; other control characters have no place in a sentence. */
const storable = (text: string): string => text.toWellFormed().replaceAll(/(?![\t\n\r])\p{Cc}/gu, '\ufffd');

/** What the reader of one kind gives; the rest of the draft comes from the notes. */
export interface ReadModel {
  readonly kind: Exclude<ImportKind, 'auto'>;
  readonly name: string | null;
  readonly publisher: string | null;
  readonly version: string | null;
  readonly license: { readonly id: string | null; readonly declared: string | null; readonly conflicting: string[] };
  readonly baseModels: ImportDraft['version']['baseModels'];
  readonly multimodal: boolean | null;
  readonly architecture: ImportDraft['version']['architecture'];
  readonly artifacts: ImportDraft['version']['artifacts'];
}

const maxArtifacts = 1_000;
const maxBaseModels = 50;

export function draftOf(publication: Publication, read: ReadModel, notes: DraftNotes): ImportDraft {
  const baseModels = read.baseModels.filter((base, index) => read.baseModels.findIndex((other) => other.model === base.model && other.version === base.version && other.relation === base.relation) === index);
  if (baseModels.length > maxBaseModels) notes.found(`It names ${baseModels.length} base models, and only ${maxBaseModels} are kept.`, 'error');
  if (read.artifacts.length > maxArtifacts) notes.found(`It has ${read.artifacts.length} weight files, and only ${maxArtifacts} are kept.`, 'error');
  const publisher = (read.publisher ?? publication.publisher)?.trim().slice(0, 100) ?? null;
  return {
    kind: read.kind,
    suggestedModel: modelNameFrom(read.name ?? publication.name ?? ''),
    suggestedPublisher: publisher === '' ? null : publisher,
    version: {
      version: versionNameFrom(read.version ?? publication.version),
      releasedOn: null,
      license: read.license.declared === null ? null : storable(read.license.declared).slice(0, 200),
      baseModels: baseModels.slice(0, maxBaseModels),
      multimodal: read.multimodal,
      conflictingLicenses: read.license.conflicting.slice(0, 20),
      // Counted sizes come on top of those that a file states.
      architecture: read.architecture === null ? null : requirePlausible(read.architecture, read.name ?? publication.name ?? 'the weights'),
      artifacts: read.artifacts.slice(0, maxArtifacts),
      sources: publication.sources.slice(0, 50),
      provenance: notes.provenance,
    },
    licenseId: read.license.id,
    licenseFiles: notes.licenseFiles.slice(0, 50),
    scores: notes.scores.slice(0, 500),
    findings: notes.findings,
  };
}

/** `Llama 3.1 8B Instruct` -> `llama-3.1-8b-instruct`; null when nothing usable is left. */
function modelNameFrom(text: string): string | null {
  const slug = slugOf(text)?.toLowerCase() ?? null;
  return slug !== null && ModelName.safeParse(slug).success ? slug : null;
}

function versionNameFrom(text: string | null): string | null {
  const slug = text === null ? null : slugOf(text);
  return slug !== null && VersionName.safeParse(slug).success ? slug : null;
}

function slugOf(text: string): string | null {
  const slug = text
    .slice(0, 500)
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 100)
    .replace(/-+$/, '');
  return slug === '' ? null : slug;
}

export type Relation = 'finetune' | 'adapter' | 'quantized' | 'merge' | 'distilled';
export type BaseModelDraft = ImportDraft['version']['baseModels'][number];

/** Stands in for the version of a base model that the file names without one. Nothing of that name is registered, so decisions about the draft say `review`. */
const unstatedVersion = 'unstated';

/** `owner/name` out of a repository id or a URL that ends so. */
export const repositoryOf = (named: string): string => named.replace(/^https?:\/\/[^/]+\//, '').replace(/\/+$/, '');

/**
 * A base model as files name it (`owner/name` or a URL that ends so). One from the reference catalogue is recognised; any other is kept under
 * a name made from it: leaving it out would drop its licence from every decision.
 */
export function baseModelOf(named: string, version: string | null, relation: Relation, notes: DraftNotes, readFrom: string): BaseModelDraft {
  const repository = repositoryOf(named);
  notes.read('baseModels', named, readFrom);
  const known = findReferenceByRepository(repository);
  if (known !== null) return { ...known, relation };
  const model = modelNameFrom(repository.split('/').at(-1) ?? '') ?? 'unnamed-base-model';
  const draft = { model, version: versionNameFrom(version) ?? unstatedVersion, relation };
  notes.found(`The base model ${JSON.stringify(named.slice(0, 100))} is not in the reference catalogue: check that ${draft.model}@${draft.version} is what it is called here.`, 'warning', [readFrom]);
  return draft;
}
