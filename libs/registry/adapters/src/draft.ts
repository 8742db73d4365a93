import type { Provenance } from '@weighbridge/registry-contracts';
import { findReferenceByRepository } from '@weighbridge/registry-domain';
import { ModelName, VersionName } from '@weighbridge/shared-domain';

/** Collects, while a model is read, where each field stood and what did not fit together. */
export class DraftNotes {
  readonly provenance: Provenance[] = [];
  readonly findings: string[] = [];

  /** Notes the place of a value; nothing for null. */
  read(field: string, value: string | number | null, readFrom: string): void {
    if (value !== null && this.provenance.length < maxProvenance) this.provenance.push({ field, value: String(value).slice(0, 1_000), readFrom: readFrom.slice(0, 300) });
  }

  found(sentence: string): void {
    this.findings.push(sentence);
  }
}

const maxProvenance = 200;

/** `Llama 3.1 8B Instruct` -> `llama-3.1-8b-instruct`; null when nothing usable is left. */
export function modelNameFrom(text: string): string | null {
  const slug = slugOf(text)?.toLowerCase() ?? null;
  return slug !== null && ModelName.safeParse(slug).success ? slug : null;
}

export function versionNameFrom(text: string | null): string | null {
  const slug = text === null ? null : slugOf(text);
  return slug !== null && VersionName.safeParse(slug).success ? slug : null;
}

function slugOf(text: string): string | null {
  const slug = text
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 100)
    .replace(/-+$/, '');
  return slug === '' ? null : slug;
}

type Relation = 'finetune' | 'adapter' | 'quantized' | 'merge' | 'distilled';

/** Stands in for the version of a base model that the file names without one. Nothing of that name is registered, so decisions about the draft say `review`. */
export const unstatedVersion = 'unstated';

/**
 * A base model as files name it (`owner/name` or a URL that ends so). One from the reference catalogue is recognised; any other is kept under
 * a name made from it: leaving it out would drop its licence from every decision.
 */
export function baseModelOf(named: string, version: string | null, relation: Relation, notes: DraftNotes, readFrom: string): { model: string; version: string; relation: Relation } {
  const repository = named.replace(/^https?:\/\/[^/]+\//, '').replace(/\/+$/, '');
  notes.read('baseModels', named, readFrom);
  const known = findReferenceByRepository(repository);
  if (known !== null) return { ...known, relation };
  const model = modelNameFrom(repository.split('/').at(-1) ?? '') ?? 'unnamed-base-model';
  const draft = { model, version: versionNameFrom(version) ?? unstatedVersion, relation };
  notes.found(`The base model ${JSON.stringify(named.slice(0, 100))} is not in the reference catalogue: check that ${draft.model}@${draft.version} is what it is called here.`);
  return draft;
}
