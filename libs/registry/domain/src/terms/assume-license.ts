import type { LicenseBook } from '../licenses/license-book.ts';
import { licenseIdsOf } from '../licenses/license-ids.ts';
import type { License } from '../licenses/license.ts';
import type { LineageVersion } from '../lineage/lineage.ts';

/** A licence, wherever it is; or the licence of one version, by `name@version`. */
export type ImpactSubject = { readonly license: string } | { readonly version: string };

/** What is assumed of it: that it were this licence (null: one that nobody knows), that it read like this entry, or that it no longer allowed commercial use. */
export type Assumption = { readonly license: string | null } | { readonly entry: License } | { readonly commercialUse: false };

export interface AssumedLicenses {
  readonly licenses: LicenseBook;
  /** The version as it were; the same object where nothing of it changes. */
  readonly assumed: (version: LineageVersion) => LineageVersion;
}

/** Where nobody knows a licence, one that is well known says what "no commercial use" means. */
const nonCommercial = 'CC-BY-NC-4.0';
const unknownLicense = 'LicenseRef-Unknown';

/** Lineage and licences as they would be under an assumption; everything else stays. Pure: give the result to `decide`, and compare. */
export function assumeLicense(subject: ImpactSubject, assumption: Assumption, licenses: LicenseBook): AssumedLicenses {
  return 'license' in subject ? assumeOfLicense(subject.license, assumption, licenses) : assumeOfVersion(subject.version, assumption, licenses);
}

function assumeOfLicense(id: string, assumption: Assumption, licenses: LicenseBook): AssumedLicenses {
  const same = (version: LineageVersion) => version;
  if ('license' in assumption) return { licenses, assumed: (version) => (licenseIdsOf(version.license).includes(id) ? { ...version, license: replaced(version.license, new Map([[id, assumption.license]])) } : version) };
  if ('entry' in assumption) return { licenses: overlaid(licenses, [{ ...assumption.entry, id }]), assumed: same };
  const entry = licenses.get(id);
  return { licenses: entry === undefined ? licenses : overlaid(licenses, [withoutCommerce(entry)]), assumed: same };
}

function assumeOfVersion(ref: string, assumption: Assumption, licenses: LicenseBook): AssumedLicenses {
  const under = (book: LicenseBook, licenseOf: (license: string | null) => string | null): AssumedLicenses => ({ licenses: book, assumed: (version) => (version.ref === ref ? { ...version, license: licenseOf(version.license) } : version) });
  if ('license' in assumption) return under(licenses, () => assumption.license);
  if ('entry' in assumption) {
    // Other versions under a licence of that id keep theirs.
    const entry = licenses.get(assumption.entry.id) === undefined ? assumption.entry : { ...assumption.entry, id: assumedId(assumption.entry.id) };
    return under(overlaid(licenses, [entry]), () => entry.id);
  }
  const extra = [...licenses.values()].map((entry) => ({ ...withoutCommerce(entry), id: assumedId(entry.id) }));
  return under(overlaid(licenses, extra), (license) => {
    const ids = licenseIdsOf(license);
    return ids.length === 0 ? nonCommercial : replaced(license, new Map(ids.map((id) => [id, licenses.get(id) === undefined ? nonCommercial : assumedId(id)])));
  });
}

const assumedId = (id: string): string => `LicenseRef-Assumed-${id.replace(/^LicenseRef-/, '')}`;

const withoutCommerce = (entry: License): License => ({ ...entry, permissions: { ...entry.permissions, 'commercial-use': { answer: 'no', clause: null } } });

const overlaid = (licenses: LicenseBook, entries: readonly License[]): LicenseBook => new Map([...[...licenses.values()].map((entry) => [entry.id, entry] as const), ...entries.map((entry) => [entry.id, entry] as const)]);

/** Ids of an expression for others; one licence alone, assumed to be unknown, is none. */
function replaced(expression: string | null, by: ReadonlyMap<string, string | null>): string | null {
  if (expression === null) return null;
  if (by.has(expression)) return by.get(expression) ?? null;
  return expression.replaceAll(/[A-Za-z0-9][A-Za-z0-9.+-]*/g, (id) => (by.has(id) ? (by.get(id) ?? unknownLicense) : id));
}
