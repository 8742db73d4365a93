import { recognizeText } from '@weighbridge/registry-adapters/recognize-license';
import { canonicalLicense, catalogueBook, findInBook, licenseFromTags } from '@weighbridge/registry-domain';
import type { LicenseBook, LicenseRecognition } from '@weighbridge/registry-domain';

export interface IdentifiedLicense {
  /** An id or a canonical SPDX expression; null: a person has to read. */
  readonly id: string | null;
  readonly declared: string | null;
  /** What was found in a text; null where none was given. */
  readonly recognition: LicenseRecognition | null;
}

/**
 * The licence that was declared, or null: never a guess, since a decision about an unknown licence is `review`. A text counts only if every word of it was
 * compared, and it is one licence and no other: a near miss is none.
 */
export function identifyLicense({ license, licenseText }: { readonly license?: string | undefined; readonly licenseText?: string | undefined }, book: LicenseBook = catalogueBook): IdentifiedLicense {
  if (license !== undefined) return { id: findInBook(license, book)?.id ?? licenseFromTags({ license }, book) ?? canonicalLicense(license, book), declared: license, recognition: null };
  if (licenseText === undefined) return { id: null, declared: null, recognition: null };
  const recognition = recognizeText(licenseText, book);
  return { id: recognition.license, declared: licenseText, recognition };
}
