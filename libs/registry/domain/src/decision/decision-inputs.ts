import { lineageClosure } from '../lineage/lineage.ts';
import { nobodyCounted } from './counted-users.ts';
import type { CountedMonth, CountedUsers } from './counted-users.ts';
import { bites, countsUsers } from './decide-limits.ts';
import { catalogueBook } from '../licenses/license-book.ts';
import type { LicenseBook } from '../licenses/license-book.ts';
import { licenseAlternatives } from '../licenses/license-expression.ts';
import type { License } from '../licenses/license.ts';
import type { DecisionInput } from './license-decision.ts';

/** Grows whenever the rules, rather than an entry of the catalogue, would decide something otherwise. */
export const decisionRulesVersion = 4;

/**
 * Everything a decision is made from, in canonical order: give it to `canonicalJson` and digest that. Two equal digests mean the same decision;
 * a changed licence entry, a new parent or another fact changes it. The order in which purposes, regions and conditions are declared does not.
 */
export function decisionInputs({ root, find, useCase, licenses = catalogueBook, counted = nobodyCounted }: DecisionInput): unknown {
  const { versions, missing } = lineageClosure(root, find);
  const named = new Map<string, License | null>();
  for (const { license } of versions) if (license !== null) for (const [id, entry] of namedBy(license, licenses)) named.set(id, entry);
  return {
    rules: decisionRulesVersion,
    root: root.ref,
    lineage: versions
      .map(({ ref, publisher, publisherVerified, license, releasedOn = null, multimodal = null, conflictingLicenses = [], baseModels }) => ({
        ref,
        publisher,
        publisherVerified: publisherVerified !== false,
        license,
        releasedOn,
        multimodal,
        conflictingLicenses: [...conflictingLicenses].toSorted(),
        baseModels: baseModels.map(({ ref: base, relation }) => `${relation} ${base}`).toSorted(),
      }))
      .toSorted((a, b) => (a.ref < b.ref ? -1 : 1)),
    missing: missing.map(({ ref, relation, child }) => `${child} ${relation} ${ref}`).toSorted(),
    licenses: [...named.keys()].toSorted().map((id) => named.get(id) ?? { id, known: false }),
    ...countedInputs([...named.values()], counted),
    useCase: {
      ...useCase,
      purposes: [...new Set(useCase.purposes)].toSorted(),
      regions: [...new Set(useCase.regions)].toSorted(),
      ...(useCase.conditions === undefined ? {} : { conditions: [...new Set(useCase.conditions)].toSorted() }),
    },
  };
}

/** Every entry that an id or an expression can lead to. */
function namedBy(license: string, licenses: LicenseBook): (readonly [string, License | null])[] {
  const entry = licenses.get(license);
  if (entry !== undefined) return [[license, entry]];
  return licenseAlternatives(license, licenses).flatMap((alternative) => alternative.licenses.map(({ id, entry: known }) => [id, known] as const));
}

/** What was counted belongs to a decision only where it can make a difference: the count of every day would make a new decision of the same answer. */
function countedInputs(entries: readonly (License | null)[], counted: CountedUsers): { readonly counted?: Readonly<Record<string, CountedMonth>> } {
  if (counted.size === 0) return {};
  const told: Record<string, CountedMonth> = {};
  for (const entry of entries) {
    const month = entry === null ? undefined : counted.get(entry.family);
    if (entry !== null && month !== undefined && entry.limits.some((limit) => countsUsers(limit) && bites(limit, month.users))) told[entry.family] = { month: month.month, users: month.users };
  }
  return Object.keys(told).length === 0 ? {} : { counted: told };
}
