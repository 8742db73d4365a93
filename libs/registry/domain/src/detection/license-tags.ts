import { catalogueBook, findInBook } from '../licenses/license-book.ts';
import type { LicenseBook } from '../licenses/license-book.ts';
import { canonicalLicense, licenseAlternatives } from '../licenses/license-expression.ts';
import type { LicenseMatch, LicenseRecognition, RecognizedBy, UncataloguedLicense } from './license-recognition.ts';

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
 * The licence that the tags of a model mean, as an id of the book; null when they mean none that is known, say nothing, or contradict each other:
 * then a person has to read, since the more permissive of two claims is never taken.
 */
export function licenseFromTags(tags: LicenseTags, licenses: LicenseBook = catalogueBook): string | null {
  return judgeClaims(claimsOf(tags, licenses)).license;
}

/** What SPDX says of a licence that it lists; undefined: it lists none of that id. */
export type FindListed = (id: string) => { readonly name: string; readonly osiApproved: boolean } | undefined;

export interface RecognizeOptions {
  /** The licences in force; absent: the catalogue as it ships. */
  readonly licenses?: LicenseBook;
  readonly findListed?: FindListed;
}

/** As {@link licenseFromTags}, with what each tag means, how sure that is, and why there is no answer when there is none. */
export function recognizeTags(tags: LicenseTags, { licenses = catalogueBook, findListed = () => undefined }: RecognizeOptions = {}): LicenseRecognition {
  const claims = claimsOf(tags, licenses);
  const { license, contradicting } = judgeClaims(claims);
  const known = claims.filter((claim): claim is Claim & { id: string } => claim.id !== null);
  const matches = [...new Set(known.map(({ id }) => id))].map((id): LicenseMatch => {
    const saying = known.filter((claim) => claim.id === id);
    const surest = Math.max(...saying.map(({ by }) => confidenceBy[by]));
    return { license: id, confidence: contradicting ? contradicted : saying.length > 1 ? agreed : surest, evidence: saying.map(({ field, words }) => `${field}: ${words}`), by: saying[0]?.by ?? 'tag' };
  });
  const unknown = claims.filter(({ id, by }) => id === null && by !== 'link');
  const uncatalogued = unknown.flatMap(({ words, by }): UncataloguedLicense[] => {
    const id = canonicalLicense(words, licenses);
    return id === null ? [] : listedLicense(id, by, findListed);
  });
  return { license: license ?? (matches.length === 0 && unknown.length === 1 ? (uncatalogued[0]?.license ?? null) : null), matches, nearMisses: [], uncatalogued, explanation: explainTags({ claims, known, unknown, license, contradicting, uncatalogued }) };
}

const confidenceBy = { tag: 0.9, name: 0.8, link: 0.7 } as const satisfies Partial<Record<RecognizedBy, number>>;
const agreed = 0.95;
const contradicted = 0.5;

/** One tag and the licence that it means; null: none that is known. */
interface Claim {
  readonly field: 'license' | 'license_name' | 'license_link';
  readonly by: 'tag' | 'name' | 'link';
  readonly words: string;
  readonly id: string | null;
}

/** A link that means nothing known claims nothing: most point at a file beside them. */
function claimsOf({ license, licenseName, licenseLink }: LicenseTags, licenses: LicenseBook): Claim[] {
  const claims: Claim[] = [];
  const tag = clean(license);
  if (!emptyTags.has(tag)) claims.push({ field: 'license', by: 'tag', words: license?.trim() ?? '', id: findInBook(tag, licenses)?.id ?? null });
  const name = clean(licenseName);
  if (!emptyTags.has(name)) claims.push({ field: 'license_name', by: 'name', words: licenseName?.trim() ?? '', id: findByName(name, licenses) });
  const link = findByLink(clean(licenseLink), licenses);
  if (link !== null) claims.push({ field: 'license_link', by: 'link', words: licenseLink?.trim() ?? '', id: link });
  return claims;
}

/** A tag that is unknown gives way to a name that is known, a name to a link where there is no tag; two that are known must agree, and a known tag with an unknown name does not. */
function judgeClaims(claims: readonly Claim[]): { readonly license: string | null; readonly contradicting: boolean } {
  const of = (by: Claim['by']) => claims.find((claim) => claim.by === by);
  const [tag, name, link] = [of('tag'), of('name'), of('link')];
  const contradicting = new Set(claims.flatMap(({ id }) => id ?? [])).size > 1;
  if (contradicting) return { license: null, contradicting };
  if (tag !== undefined && tag.id !== null && name !== undefined && name.id === null) return { license: null, contradicting };
  if (tag !== undefined && tag.id === null) return { license: name?.id ?? null, contradicting };
  return { license: tag?.id ?? name?.id ?? link?.id ?? null, contradicting };
}

interface Explained {
  readonly claims: readonly Claim[];
  readonly known: readonly (Claim & { readonly id: string })[];
  readonly unknown: readonly Claim[];
  readonly license: string | null;
  readonly contradicting: boolean;
  readonly uncatalogued: readonly UncataloguedLicense[];
}

function explainTags({ claims, known, unknown, license, contradicting, uncatalogued }: Explained): string {
  if (claims.length === 0) return 'The tags name no licence.';
  if (contradicting) return `The tags contradict each other: ${known.map(({ field, words, id }) => `${field} ${JSON.stringify(words)} means ${id}`).join(', ')}. Which was granted has to be read.`;
  if (license !== null) return `${known.map(({ field, words }) => `${field} ${JSON.stringify(words)}`).join(' and ')} ${known.length === 1 ? 'means' : 'mean'} ${license}.`;
  if (uncatalogued.length > 0) return uncatalogued.map(({ message }) => message).join(' ');
  const strange = unknown.map(({ field, words }) => `${field} ${JSON.stringify(words.slice(0, 200))}`).join(' and ');
  if (known.length > 0) return `${known.map(({ field, id }) => `${field} means ${id}`).join(', ')}, but ${strange} is not known: whether both mean the same has to be read.`;
  const [reason] = unknown.flatMap(({ words }) => (Object.hasOwn(unmappedTags, words.toLowerCase()) ? [unmappedTags[words.toLowerCase()]] : []));
  return `${strange} means no licence that is known here${reason === undefined ? '' : ` (${reason})`}.`;
}

/** What an SPDX expression, or a licence by its id or name, means. The confidence is that of a statement: nobody looked at a text. */
export function recognizeExpression(expression: string, { licenses = catalogueBook, findListed = () => undefined }: RecognizeOptions = {}): LicenseRecognition {
  const license = canonicalLicense(expression.trim(), licenses) ?? findByName(clean(expression), licenses);
  if (license === null) return { license, matches: [], nearMisses: [], uncatalogued: [], explanation: `${JSON.stringify(expression.slice(0, 200))} is neither an SPDX expression nor a licence that is known here.` };
  const named = new Map(licenseAlternatives(license, licenses).flatMap(({ licenses: together }) => together.map(({ id, entry }) => [entry?.id ?? id, entry !== null])));
  const matches = [...named].filter(([, isKnown]) => isKnown).map(([id]): LicenseMatch => ({ license: id, confidence: agreed, evidence: [expression.trim()], by: 'expression' }));
  const strangers = [...named].filter(([, isKnown]) => !isKnown).map(([id]) => id);
  const uncatalogued = strangers.flatMap((id) => listedLicense(id, 'expression', findListed));
  const unlisted = strangers.filter((id) => !uncatalogued.some((one) => one.license === id));
  const sentences = [`It means ${license}.`, ...uncatalogued.map(({ message }) => message), ...(unlisted.length === 0 ? [] : [`${unlisted.join(', ')} ${unlisted.length === 1 ? 'is' : 'are'} not in the catalogue.`])];
  return { license, matches, nearMisses: [], uncatalogued, explanation: sentences.join(' ') };
}

/** Empty: SPDX lists none of that id either. */
export function listedLicense(id: string, by: RecognizedBy, findListed: FindListed): UncataloguedLicense[] {
  const listed = findListed(id);
  if (listed === undefined) return [];
  return [{ license: id, ...listed, by, message: `This is ${id} (${listed.name}), which SPDX lists and this catalogue has not read: add it as a licence of the organisation, and decisions will know it.` }];
}

const clean = (value: string | null | undefined): string => value?.trim().toLowerCase() ?? '';

/** Names are free text: `Llama 3.1`, `llama-3.1-community-license` and `llama3.1` are one. */
function findByName(name: string, licenses: LicenseBook): string | null {
  return findInBook(name, licenses)?.id ?? squeezedNames(licenses).get(squeeze(name)) ?? null;
}

const squeeze = (name: string): string => name.toLowerCase().replaceAll(/\b(community|license|licence|agreement|the|model|v?1\.0)\b/g, '').replaceAll(/[^a-z0-9+]/g, '');
const squeezedOf = new WeakMap<LicenseBook, ReadonlyMap<string, string>>();
function squeezedNames(licenses: LicenseBook): ReadonlyMap<string, string> {
  let names = squeezedOf.get(licenses);
  if (names === undefined) {
    const entries = [...licenses.values()].flatMap(({ id, name, hfTags }) => [id.replace('LicenseRef-', ''), name, ...hfTags].map((known) => [squeeze(known), id] as const));
    squeezedOf.set(licenses, (names = new Map(entries.filter(([key]) => key !== ''))));
  }
  return names;
}

function findByLink(address: string, licenses: LicenseBook): string | null {
  if (address === '') return null;
  for (const { id, links } of licenses.values()) if (links.some((part) => address.includes(part.toLowerCase()))) return id;
  return null;
}
