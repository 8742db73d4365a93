import type { LicenseSigns } from '@weighbridge/registry-contracts';
import { catalogueBook, detectLicense, recognizeExpression, recognizeTags } from '@weighbridge/registry-domain';
import type { FindListed, LicenseBook, LicenseRecognition } from '@weighbridge/registry-domain';
import { sha256Hex } from '@weighbridge/shared-adapters/secrets';
import spdxLicenses from 'spdx-license-list/spdx.json' with { type: 'json' };

const listed: Readonly<Record<string, { readonly name: string; readonly osiApproved: boolean }>> = spdxLicenses;

/** Names alone, which is 120 kB; the texts, 5 MB, stay where they are: those that are compared with are fingerprints. */
export const findListedLicense: FindListed = (id) => {
  const found = Object.hasOwn(listed, id) ? listed[id] : undefined;
  return found === undefined ? undefined : { name: found.name, osiApproved: found.osiApproved };
};

/** What a text is, and what it nearly is, by the licences in force; see {@link detectLicense}. */
export const recognizeText = (text: string, licenses: LicenseBook = catalogueBook): LicenseRecognition => detectLicense(text, { sha256Hex, licenses, findListed: findListedLicense });

/** What a text, tags or an expression mean, with confidence and evidence. */
export function recognizeSigns({ text, tags, expression }: LicenseSigns, licenses: LicenseBook = catalogueBook): LicenseRecognition {
  const options = { licenses, findListed: findListedLicense };
  if (text !== undefined) return recognizeText(text, licenses);
  return tags === undefined ? recognizeExpression(expression ?? '', options) : recognizeTags(tags, options);
}
