import { carried } from './compile-license.ts';
import type { DecisionFindings } from './decision-findings.ts';
import type { LicenseLimit } from './license.ts';
import type { LineageTerms } from './lineage-terms.ts';
import { regionIncludes } from './regions.ts';
import type { UseCaseFacts } from './use-case-facts.ts';

/** Whether a limit is exceeded; `missing` names the undeclared fact that would tell, null if no fact would. */
type Measured = { readonly exceeded: boolean } | { readonly exceeded: null; readonly missing: string | null };

const no: Measured = { exceeded: false };
const yes: Measured = { exceeded: true };
const unknown = (missing: string | null): Measured => ({ exceeded: null, missing });

/** Limits that switch obligations on, by name: true, false, or null for not known. */
export type ObligationSwitches = ReadonlyMap<string, boolean | null>;
const noSwitches: ObligationSwitches = new Map();

/** Holds the declared facts against the limits of a licence. A fact that could lead to a denial and is not known gives `review`. */
export function decideLimits(terms: LineageTerms, useCase: UseCaseFacts, findings: DecisionFindings): ObligationSwitches {
  const { limits } = terms.license;
  if (limits.length === 0) return noSwitches;
  let switches: Map<string, boolean | null> | undefined;
  for (const limit of limits) {
    if (limit.effect === 'obligation') {
      switches ??= new Map();
      switches.set(limit.name, limit.commercialOnly && useCase.commercial === false ? false : measure(limit, useCase).exceeded);
      continue;
    }
    if ((terms.transfer.carries & carried.limits) === 0 || (limit.commercialOnly && useCase.commercial === false) || (limit.whenModified === true && terms.way.from === null)) continue;
    const measured = measure(limit, useCase);
    if (measured.exceeded === false) continue;
    if (measured.exceeded === null) {
      const { missing } = measured;
      findings.add('review', terms, missing === null ? `limit:${limit.name}` : `missing-fact:${missing}`, limit.clause, `${limit.text} ${missing === null ? 'The declared facts do not tell whether it is kept.' : `The use case does not declare ${missing}.`}`);
    } else if (limit.commercialOnly && useCase.commercial === null) findings.add('review', terms, 'missing-fact:commercial', limit.clause, `${limit.text} Whether this use is commercial is not declared.`);
    else if (limit.effect === 'review') findings.add('review', terms, `limit:${limit.name}`, limit.clause, limit.text);
    else {
      const remedy = limit.effect === 'request-license' ? ` Ask ${terms.license.entry.steward} for another licence.` : '';
      findings.add('deny', terms, `limit:${limit.name}`, limit.clause, `${limit.text}${remedy}`);
      if (remedy !== '') findings.oblige(terms, limit, 'request-license', `Ask ${terms.license.entry.steward} for another licence before any use.`, false);
    }
  }
  return switches ?? noSwitches;
}

function measure(limit: LicenseLimit, useCase: UseCaseFacts): Measured {
  switch (limit.measure) {
    case null:
      return unknown(null);
    case 'commercial':
      return useCase.commercial === null ? unknown('commercial') : useCase.commercial ? yes : no;
    case 'purposes':
      return useCase.purposes.every((purpose) => limit.purposes?.includes(purpose) === true) ? no : yes;
    case 'distribution':
      return useCase.distribution === 'service' ? yes : no;
    case 'copies':
      return useCase.distribution === 'embedded' || useCase.distribution === 'weights' ? yes : no;
    case 'regions':
      return measureRegions(limit, useCase);
    case 'monthlyActiveUsers':
      return compare(limit, useCase.monthlyActiveUsers, 'monthlyActiveUsers');
    case 'annualRevenueUsd':
      return measureRevenue(limit, useCase);
    case 'productMonthlyActiveUsers':
      return measureProductUsers(limit, useCase);
    case 'monthlyActiveUsersAtRelease':
      return useCase.monthlyActiveUsersAtRelease === undefined ? compare(limit, useCase.monthlyActiveUsers, 'monthlyActiveUsers') : compare(limit, useCase.monthlyActiveUsersAtRelease, 'monthlyActiveUsersAtRelease');
  }
}

/** Users' places and the seat; with neither declared nobody can say. */
function measureRegions({ regions: listed = [] }: LicenseLimit, { regions, licenseeRegion }: UseCaseFacts): Measured {
  const declared = licenseeRegion == null ? regions : [...regions, licenseeRegion];
  if (declared.length === 0) return unknown('regions');
  return declared.some((region) => listed.some((place) => regionIncludes(place, region))) ? yes : no;
}

/** The users of one product are among the users of all. */
function measureProductUsers(limit: LicenseLimit, { productMonthlyActiveUsers, monthlyActiveUsers }: UseCaseFacts): Measured {
  if (productMonthlyActiveUsers === undefined) return compare(limit, monthlyActiveUsers, 'monthlyActiveUsers');
  if (productMonthlyActiveUsers !== null) return compare(limit, productMonthlyActiveUsers, 'productMonthlyActiveUsers');
  return compare(limit, monthlyActiveUsers, 'productMonthlyActiveUsers').exceeded === false ? no : unknown('productMonthlyActiveUsers');
}

/**
 * A company's yearly revenue bounds that of its one product from above, and is it where no product is told apart. No month can bring more than the year;
 * a year of more than twelve times the monthly threshold has some month above it.
 */
function measureRevenue(limit: LicenseLimit, { annualRevenueUsd: revenue, productMonthlyActiveUsers }: UseCaseFacts): Measured {
  if (revenue === null) return unknown('annualRevenueUsd');
  const whole = compare(limit, revenue, 'annualRevenueUsd');
  if (whole.exceeded !== true) return whole;
  if (limit.scope === 'product' && productMonthlyActiveUsers !== undefined) return unknown(null);
  if (limit.perMonth === true) return exceeds(limit, revenue, (limit.threshold ?? 0) * 12) ? yes : unknown(null);
  return yes;
}

function compare(limit: LicenseLimit, value: number | null, field: string): Measured {
  if (value === null) return unknown(field);
  const threshold = limit.threshold ?? 0;
  if (limit.unclearAtThreshold === true && value === threshold) return unknown(null);
  if (!exceeds(limit, value, threshold)) return no;
  return limit.measureIsUpperBound === true ? unknown(null) : yes;
}

const exceeds = ({ comparison }: LicenseLimit, value: number, threshold: number): boolean => (comparison === 'strict' ? value > threshold : value >= threshold);
