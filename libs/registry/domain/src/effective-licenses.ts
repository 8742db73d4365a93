import type { LicenseBook } from './license-book.ts';
import type { License } from './license.ts';
import { readLineage } from './lineage-terms.ts';
import type { FindVersion, LineageVersion } from './lineage.ts';

export interface EffectiveLicenses {
  /** Whose terms still say something about the version, its own first; each once. */
  readonly entries: readonly License[];
  /** False: some licence of the lineage is not known, or in doubt, so there may be others. */
  readonly complete: boolean;
}

/** The licences that reach a version through its lineage, as a decision reads them. */
export function effectiveLicenses(root: LineageVersion, find: FindVersion, licenses: LicenseBook): EffectiveLicenses {
  const { terms, unknown, missing } = readLineage(root, find, licenses);
  return { entries: [...new Set(terms.map(({ license }) => license.entry))], complete: unknown.length === 0 && missing.length === 0 && terms.every(({ way }) => (way.version.conflictingLicenses ?? []).length === 0) };
}
