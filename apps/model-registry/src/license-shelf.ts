import type { LicenseInForce } from '@weighbridge/registry-contracts';
import type { LicenseRevisionRecord, Registry, Repositories } from '@weighbridge/registry-data';
import { catalogueBook, createLicenseBook, licenseCatalogue } from '@weighbridge/registry-domain';
import type { License, LicenseBook } from '@weighbridge/registry-domain';
import { AppError } from '@weighbridge/shared-domain';

/** Where the stories of this service get the licences in force. */
export interface LicenseShelf {
  /** The catalogue with the organisation's entries over it, as of the newest revision of the registry. The same object while no licence changes. */
  readonly book: () => Promise<LicenseBook>;
}

/** The book is read anew only when the registry has changed, and made anew only when a licence has. */
export function createLicenseShelf(registry: Registry): LicenseShelf {
  let kept: { readonly revision: number; readonly edition: string; readonly book: LicenseBook } = { revision: -1, edition: '', book: catalogueBook };
  return {
    book: async () => {
      const revision = await registry.revision();
      if (revision === kept.revision) return kept.book;
      const newest = await registry.licenses.listNewestRevisions();
      const edition = editionOf(newest);
      kept = { revision, edition, book: edition === kept.edition ? kept.book : bookOf(newest) };
      return kept.book;
    },
  };
}

const editionOf = (newest: readonly LicenseRevisionRecord[]): string => newest.map(({ license, revision }) => `${license} ${revision}`).join('\n');

const bookOf = (newest: readonly LicenseRevisionRecord[]): LicenseBook => createLicenseBook(newest.flatMap(({ entry }) => (entry === null ? [] : [entry])));

/** Inside a change, which sees what it has done itself. */
export const readBook = async ({ licenses }: Pick<Repositories, 'licenses'>): Promise<LicenseBook> => bookOf(await licenses.listNewestRevisions());

/** With who entered it, and the newest revision of the organisation. Null: nothing is in force under that id. */
export function inForce(id: string, newest: LicenseRevisionRecord | null): LicenseInForce | null {
  const shipped = licenseCatalogue.get(id);
  const own = newest?.entry ?? null;
  const license: License | undefined = own ?? shipped;
  if (license === undefined) return null;
  return { ...license, origin: own === null ? 'catalogue' : 'organisation', amends: own !== null && shipped !== undefined, revision: newest?.revision ?? 0 };
}

export const licenseNotFound = (id: string): AppError => new AppError('resource.not_found', `no licence ${id}`, { detail: `There is no licence "${id}". GET /v1/licenses lists what is in force.` });
