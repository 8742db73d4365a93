import { findLicense, licenseCatalogue } from './license-catalogue.ts';

export interface LicenseTags {
  /** `license` of a model card, `general.license` of GGUF. */
  readonly license?: string | null | undefined;
  /** `license_name`, `general.license.name`. */
  readonly licenseName?: string | null | undefined;
  /** `license_link`, `general.license.link`. */
  readonly licenseLink?: string | null | undefined;
}

/** Tags of model cards that are known and mean no entry, on purpose, each with the reason: a person reads the file then. */
export const unmappedTags: Readonly<Record<string, string>> = {
  'artistic-2.0': 'its rules for modified versions speak of programs, and it was not read against weights',
  bsd: 'a family of texts that differ in their clauses',
  cc: 'a family, from public domain to non-commercial',
  'cdla-sharing-1.0': 'a data licence that was not read',
  'epl-1.0': 'not read; 2.0 is another text',
  'eupl-1.1': 'not read',
  'eupl-1.2': 'not read',
  gfdl: 'a family of licences for documents',
  gpl: 'a family: the version is missing',
  'grok2-community': 'three texts stood behind it within three months',
  lgpl: 'a family: the version is missing',
  'lgpl-lr': 'a licence for linguistic resources that was not read',
  'lppl-1.3c': 'a licence for LaTeX packages',
  llama: 'does not say which generation',
  'modified-mit': 'at least four texts go by that name, from a line to show to the loss of all rights',
  'ofl-1.1': 'a licence for fonts',
  'open-mdw': 'does not say which version',
  openrail: 'does not say which of the OpenRAIL texts',
  other: 'looks elsewhere',
  'tencent-license': 'several texts with other countries and numbers',
  unknown: 'says nothing',
};

/** Tags that say nothing but "look elsewhere". */
const emptyTags: ReadonlySet<string> = new Set(['', 'other', 'unknown', 'unlicensed', 'custom', 'none', 'n/a']);

/**
 * The licence that the tags of a model mean, as an id of the catalogue; null when they mean none that is known, say nothing, or contradict each other:
 * then a person has to read, since the more permissive of two claims is never taken.
 */
export function licenseFromTags({ license, licenseName, licenseLink }: LicenseTags): string | null {
  const tag = clean(license);
  const name = clean(licenseName);
  const byTag = emptyTags.has(tag) ? null : (findLicense(tag)?.id ?? 'unrecognized');
  const byName = emptyTags.has(name) ? null : (findByName(name) ?? 'unrecognized');
  const claimed = byTag === 'unrecognized' && byName !== null ? byName : byName === 'unrecognized' && byTag === null ? (findByLink(licenseLink) ?? byName) : (byTag ?? byName);
  if (byTag !== null && byTag !== 'unrecognized' && byName !== null && byName !== byTag) return null;
  if (claimed === 'unrecognized') return null;
  return claimed ?? findByLink(licenseLink);
}

const clean = (value: string | null | undefined): string => value?.trim().toLowerCase() ?? '';

/** Names are free text: `Llama 3.1`, `llama-3.1-community-license` and `llama3.1` are one. */
function findByName(name: string): string | null {
  const exact = findLicense(name);
  if (exact !== undefined) return exact.id;
  const squeezed = squeeze(name);
  for (const [key, id] of squeezedNames) if (key === squeezed) return id;
  return null;
}

const squeeze = (name: string): string => name.toLowerCase().replaceAll(/\b(community|license|licence|agreement|the|model|v?1\.0)\b/g, '').replaceAll(/[^a-z0-9+]/g, '');
const squeezedNames = new Map<string, string>();
for (const { id, name, hfTags } of licenseCatalogue.values()) for (const known of [id.replace('LicenseRef-', ''), name, ...hfTags]) squeezedNames.set(squeeze(known), id);

function findByLink(link: string | null | undefined): string | null {
  const address = clean(link);
  if (address === '') return null;
  for (const { id, links } of licenseCatalogue.values()) if (links.some((part) => address.includes(part.toLowerCase()))) return id;
  return null;
}
