import { licenseCatalogue } from './license-catalogue.ts';
import type { License } from './license.ts';

/** The licences in force, by id: the catalogue, and over it what the organisation added or amended. Any map of licences is one. */
export type LicenseBook = Pick<ReadonlyMap<string, License>, 'get' | 'values'>;

/** The catalogue as it ships. */
export const catalogueBook: LicenseBook = licenseCatalogue;

/** The catalogue overlaid by the organisation's entries in force: one with the id of a catalogue entry stands in its place. */
export function createLicenseBook(organisation: Iterable<License>): LicenseBook {
  const entries = [...organisation];
  if (entries.length === 0) return catalogueBook;
  const book = new Map(licenseCatalogue);
  for (const entry of entries) book.set(entry.id, entry);
  return book;
}

const indexes = new WeakMap<LicenseBook, ReadonlyMap<string, License>>();

/** By id, name, or tag of a model card, whatever the case; undefined: not in the book, or a tag that does not say which text is meant. */
export function findInBook(idOrTag: string, book: LicenseBook = catalogueBook): License | undefined {
  let index = indexes.get(book);
  if (index === undefined) indexes.set(book, (index = indexBook(book)));
  return index.get(idOrTag.trim().toLowerCase());
}

/** An id is never taken over by the name or tag of another entry. */
function indexBook(book: LicenseBook): ReadonlyMap<string, License> {
  const index = new Map<string, License>();
  for (const entry of book.values()) for (const word of [entry.name, ...entry.hfTags]) index.set(word.toLowerCase(), entry);
  for (const entry of book.values()) index.set(entry.id.toLowerCase(), entry);
  return index;
}
