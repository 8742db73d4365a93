import { findLicense, licenseCatalogue } from './license-catalogue.ts';

export interface LicenseTags {
  /** `license` of a model card, `general.license` of GGUF. */
  readonly license?: string | null | undefined;
  /** `license_name`, `general.license.name`. */
  readonly licenseName?: string | null | undefined;
  /** `license_link`, `general.license.link`. */
  readonly licenseLink?: string | null | undefined;
}

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
