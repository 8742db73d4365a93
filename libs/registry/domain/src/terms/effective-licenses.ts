import type { LicenseBook } from '../licenses/license-book.ts';
import type { License } from '../licenses/license.ts';
import { readLineage } from './lineage-terms.ts';
import type { ArrivingTerms } from './lineage-terms.ts';
import type { FindVersion, LineageVersion } from '../lineage/lineage.ts';

export interface EffectiveLicenses {
  /** Whose terms still say something about the version, its own first, those among which the licensee may choose too; each once. */
  readonly entries: readonly License[];
  /** False: some licence of the lineage is not known, or in doubt, so there may be others. */
  readonly complete: boolean;
  /** Whether all that apply are approved by the Open Source Initiative; of a choice, one is enough. Null: not known. */
  readonly osiApproved: boolean | null;
}

/** The licences that reach a version through its lineage, as a decision reads them. */
export function effectiveLicenses(root: LineageVersion, find: FindVersion, licenses: LicenseBook): EffectiveLicenses {
  const { terms, unknown, choices, missing } = readLineage(root, find, licenses);
  const alternatives = choices.flatMap((choice) => choice.alternatives);
  const entries = [...new Set([...terms, ...alternatives.flatMap((alternative) => alternative.terms)].map(({ license }) => license.entry))];
  const inDoubt = [...terms, ...choices].some(({ way }) => (way.version.conflictingLicenses ?? []).length > 0);
  const complete = !inDoubt && unknown.length === 0 && missing.length === 0 && alternatives.every((alternative) => alternative.unknown.length === 0);
  const openness = [areOpen({ terms, unknown }), ...choices.map((choice) => eitherOf(choice.alternatives.map(areOpen)))];
  return { entries, complete, osiApproved: openness.includes(false) ? false : complete && openness.every((open) => open === true) ? true : null };
}

/** One licence without the approval is enough for no; for yes, all have to be known. */
const areOpen = ({ terms, unknown }: ArrivingTerms): boolean | null => (terms.some(({ license }) => !license.entry.osiApproved) ? false : unknown.length === 0 ? true : null);

const eitherOf = (answers: readonly (boolean | null)[]): boolean | null => (answers.includes(true) ? true : answers.includes(null) ? null : false);
