import type { LicenseSigns } from '@weighbridge/registry-contracts';
import { canonicalLicense, catalogueBook, detectLicense, findInBook, licenseFromTags } from '@weighbridge/registry-domain';
import type { LicenseBook, LicenseRecognition } from '@weighbridge/registry-domain';

/** Below it, a text has the sentences that must be there but hardly any of the others. */
const sureEnough = 0.9;

/**
 * The licence that was declared, as an id or a canonical SPDX expression, or null: never a guess, since a decision about an unknown licence is `review`.
 * A text counts only if it is surely one licence and no other.
 */
export function recogniseLicense({ license, licenseText }: { readonly license?: string | undefined; readonly licenseText?: string | undefined }, book: LicenseBook = catalogueBook): { readonly id: string | null; readonly declared: string | null } {
  if (license !== undefined) return { id: findInBook(license, book)?.id ?? licenseFromTags({ license }) ?? canonicalLicense(license, book), declared: license };
  if (licenseText === undefined) return { id: null, declared: null };
  const matches = detectLicense(licenseText).filter(({ confidence }) => confidence >= sureEnough);
  return { id: matches.length === 1 ? (matches[0]?.license ?? null) : null, declared: licenseText };
}

/** What a text, tags or an expression mean, with the evidence. */
export function detectFromSigns({ text, tags, expression }: LicenseSigns): LicenseRecognition {
  if (text !== undefined) {
    const matches = detectLicense(text).map(({ license, confidence, evidence }) => ({ license, confidence, evidence: [...evidence], by: 'markers' as const }));
    const { id } = recogniseLicense({ licenseText: text });
    return { license: id, matches, nearMisses: [], uncatalogued: [], explanation: id === null ? 'The text is none that is known for sure.' : `The text is ${id}.` };
  }
  const license = licenseFromTags(tags ?? { license: expression });
  const by = tags === undefined ? 'expression' : 'tag';
  return { license, matches: license === null ? [] : [{ license, confidence: 0.9, evidence: [], by }], nearMisses: [], uncatalogued: [], explanation: license === null ? 'It names no licence that is known.' : `It names ${license}.` };
}
