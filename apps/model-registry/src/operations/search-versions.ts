import type { FoundVersion, FoundVersions, registryEndpoints } from '@weighbridge/registry-contracts';
import { searchCursor } from '@weighbridge/registry-data';
import type { FoundVersionRecord, Registry, TagRecord, VersionFilter } from '@weighbridge/registry-data';
import { canonicalPublisher } from '@weighbridge/registry-domain';
import type { DecisionOutcome, LicenseBook, LicenseProperty, UseCaseFacts } from '@weighbridge/registry-domain';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { toPage } from '@weighbridge/shared-contracts';
import type { QueryOf } from '@weighbridge/shared-contracts';
import type { RegistryDeps } from '../deps.ts';
import { pageRequest } from '../page-request.ts';
import { requireUseCase } from '../refusals.ts';
import type { TermsView } from '../terms-desk.ts';
import { factsOf, findTerms } from './find-by-terms.ts';

export type VersionSearch = QueryOf<typeof registryEndpoints.searchVersions>;

/**
 * What is asked of the licences is decided once for each kind of terms, by the rules themselves; the database then gives the page. Where no version has the words
 * as they are written, those with words that are nearly alike are given, without further pages.
 */
export async function searchVersions({ registry, terms: desk }: Pick<RegistryDeps, 'registry' | 'terms'>, { caller, query }: { readonly caller: Caller; readonly query: VersionSearch }): Promise<FoundVersions> {
  const terms = await desk.read();
  const allowedFor = query.allowedFor === undefined ? undefined : await factsOf({ registry }, caller, query.allowedFor);
  const shownFor = query.useCase === undefined ? allowedFor : (await requireUseCase(registry, caller, query.useCase)).facts;
  const filter: VersionFilter = {
    words: wordsOf(query.query),
    publisherKey: query.publisher === undefined || query.publisher === '' ? undefined : canonicalPublisher(query.publisher),
    license: query.license,
    terms: findTerms(terms, { allowedFor: allowedFor === undefined ? [] : [allowedFor], properties: query.licenseProperty }),
    tags: query.tag,
    minParameters: query.minParameters,
    maxParameters: query.maxParameters,
    format: query.format,
    deployed: query.deployed,
  };
  const exact = toPage(await registry.search.searchVersions(filter, query.order, pageRequest(query)), query.limit, (row) => searchCursor(query.order, row));
  const similar = exact.data.length === 0 && query.cursor === undefined && filter.words.length > 0;
  const found = similar ? { data: await registry.search.searchSimilar(filter, query.limit), nextCursor: null } : exact;
  const views = await describe(registry, terms, found.data, shownFor);
  return { data: views, nextCursor: found.nextCursor, similar: similar && views.length > 0, pending: terms.pending };
}

/** Some words at most, so that a pasted page is no hard question. */
const mostWords = 8;
export const wordsOf = (text: string | undefined): string[] => [...new Set((text ?? '').toLowerCase().split(/\s+/).filter((word) => word !== ''))].slice(0, mostWords);

async function describe(registry: Registry, terms: TermsView, rows: readonly FoundVersionRecord[], shownFor: UseCaseFacts | undefined): Promise<FoundVersion[]> {
  if (rows.length === 0) return [];
  const tags = await registry.tags.listVersionTags(rows);
  const [properties, outcomes] = [terms.properties(), shownFor === undefined ? undefined : terms.outcomes(shownFor)];
  return rows.map((row) => viewOf(row, terms.licenses, { tags: tags.get(`${row.model}@${row.version}`), properties: ofTerms(properties, row), outcome: outcomes === undefined ? undefined : ofTerms(outcomes, row) }));
}

const ofTerms = <T>(answers: ReadonlyMap<number, T>, { termsId }: FoundVersionRecord): T | undefined => (termsId === null ? undefined : answers.get(termsId));

interface Looked {
  readonly tags: TagRecord | undefined;
  readonly properties: ReadonlySet<LicenseProperty> | undefined;
  readonly outcome: DecisionOutcome | undefined;
}

const viewOf = ({ node: _, termsId: __, createdAt, ...row }: FoundVersionRecord, book: LicenseBook, { tags = {}, properties, outcome }: Looked): FoundVersion => ({
  ...row,
  ref: `${row.model}@${row.version}`,
  licenseName: row.license === null ? null : licenseName(row.license, book),
  outcome: outcome ?? null,
  licenseProperties: properties === undefined ? null : [...properties],
  tags,
  createdAt: createdAt.toISOString(),
});

/** Of an expression, each licence by its name. */
export const licenseName = (license: string, book: LicenseBook): string => book.get(license)?.name ?? license.replaceAll(/[A-Za-z0-9][A-Za-z0-9.+-]*/g, (id) => book.get(id)?.name ?? id);
