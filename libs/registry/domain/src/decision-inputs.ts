import { lineageClosure } from './lineage.ts';
import { catalogueBook } from './license-book.ts';
import type { DecisionInput } from './license-decision.ts';

/** Grows whenever the rules, rather than an entry of the catalogue, would decide something otherwise. */
export const decisionRulesVersion = 2;

/**
 * Everything a decision is made from, in canonical order: give it to `canonicalJson` and digest that. Two equal digests mean the same decision;
 * a changed licence entry, a new parent or another fact changes it. The order in which purposes, regions and conditions are declared does not.
 */
export function decisionInputs({ root, find, useCase, licenses = catalogueBook }: DecisionInput): unknown {
  const { versions, missing } = lineageClosure(root, find);
  const ids = [...new Set(versions.flatMap(({ license }) => (license === null ? [] : [license])))].toSorted();
  return {
    rules: decisionRulesVersion,
    root: root.ref,
    lineage: versions
      .map(({ ref, publisher, license, releasedOn = null, multimodal = null, conflictingLicenses = [], baseModels }) => ({
        ref,
        publisher,
        license,
        releasedOn,
        multimodal,
        conflictingLicenses: [...conflictingLicenses].toSorted(),
        baseModels: baseModels.map(({ ref: base, relation }) => `${relation} ${base}`).toSorted(),
      }))
      .toSorted((a, b) => (a.ref < b.ref ? -1 : 1)),
    missing: missing.map(({ ref, relation, child }) => `${child} ${relation} ${ref}`).toSorted(),
    licenses: ids.map((id) => licenses.get(id) ?? { id, known: false }),
    useCase: {
      ...useCase,
      purposes: [...new Set(useCase.purposes)].toSorted(),
      regions: [...new Set(useCase.regions)].toSorted(),
      ...(useCase.conditions === undefined ? {} : { conditions: [...new Set(useCase.conditions)].toSorted() }),
    },
  };
}
