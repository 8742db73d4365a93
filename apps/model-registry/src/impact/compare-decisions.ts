import { setImmediate } from 'node:timers/promises';
import type { UseCaseRecord } from '@weighbridge/registry-data';
import { prepareDecision } from '@weighbridge/registry-domain';
import type { CountedUsers, DecisionOutcome, LicenseBook } from '@weighbridge/registry-domain';
import { canonicalJson } from '@weighbridge/shared-domain';
import type { TermsPair, TouchedVersion } from './touched-versions.ts';

/** A use case's decision on some terms. */
export interface ComparedDecision {
  readonly useCase: UseCaseRecord;
  readonly before: DecisionOutcome;
  readonly after: DecisionOutcome | null;
}

export interface ComparedTerms {
  readonly decisions: readonly ComparedDecision[];
  /** Those that become another outcome; without an assumption, those under which the use is possible. */
  readonly concerned: readonly ComparedDecision[];
}

/** Worst last. */
const severity: Readonly<Record<DecisionOutcome, number>> = { allow: 0, allow_with_obligations: 1, review: 2, deny: 3 };
export const isWorse = ({ before, after }: ComparedDecision): boolean => after !== null && severity[after] > severity[before];

export interface ComparisonInput {
  readonly touched: readonly TouchedVersion[];
  readonly useCases: readonly UseCaseRecord[];
  readonly licenses: LicenseBook;
  readonly assumedLicenses: LicenseBook | null;
  readonly counted: CountedUsers;
}

/** Each pair of terms once, and use cases with the same facts once; others get their turn in between. */
export async function compareDecisions({ touched, useCases, licenses, assumedLicenses, counted }: ComparisonInput): Promise<ReadonlyMap<TermsPair, ComparedTerms>> {
  const byFacts = [...Map.groupBy(useCases, ({ facts }) => canonicalJson(facts)).values()];
  const compared = new Map<TermsPair, ComparedTerms>();
  for (const { pair } of touched) {
    if (compared.has(pair)) continue;
    const before = prepareDecision({ ...pair.before, licenses, counted });
    const after = pair.after === null || assumedLicenses === null ? null : prepareDecision({ ...pair.after, licenses: assumedLicenses, counted });
    const decisions = byFacts.flatMap((alike) => {
      const [first] = alike;
      if (first === undefined) return [];
      const outcomes = { before: before(first.facts).decision, after: after === null ? null : after(first.facts).decision };
      return alike.map((useCase) => ({ useCase, ...outcomes }));
    });
    compared.set(pair, { decisions, concerned: decisions.filter((each) => (after === null ? each.before !== 'deny' : each.before !== each.after)) });
    if (compared.size % 50 === 0) await setImmediate();
  }
  return compared;
}
