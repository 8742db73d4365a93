import { carried } from '../terms/compile-license.ts';
import type { CountedMonth, CountedUsers } from './counted-users.ts';
import type { DecisionFindings } from './decision-findings.ts';
import type { LicenseLimit } from '../licenses/license.ts';
import type { LineageTerms } from '../terms/lineage-terms.ts';
import { regionIncludes } from '../use-cases/regions.ts';
import type { UseCaseFacts } from '../use-cases/use-case-facts.ts';

/** What is said of a fact that a limit asks for. */
const undeclared = {
  commercial: 'Whether this use is commercial is not declared.',
  regions: 'Where its users are is not declared.',
  annualRevenueUsd: 'The annual revenue is not declared.',
  monthlyActiveUsers: 'The number of monthly active users is not declared.',
  productMonthlyActiveUsers: 'The number of monthly active users of the product is not declared.',
  monthlyActiveUsersAtRelease: 'The number of users in the month before the release is not declared.',
} as const;
type Fact = keyof typeof undeclared;

/** Whether a limit is exceeded; `missing` names the undeclared fact that would tell, null if no fact would; `open` says why. */
type Measured = { readonly exceeded: boolean; readonly basis?: string } | { readonly exceeded: null; readonly missing: Fact | null; readonly basis?: string; readonly open?: string };

const no: Measured = { exceeded: false };
const yes: Measured = { exceeded: true };
const unknown = (missing: Fact | null): Measured => ({ exceeded: null, missing });

/** Limits that switch obligations on, by name: true, false, or null for not known. */
export type ObligationSwitches = ReadonlyMap<string, boolean | null>;
const noSwitches: ObligationSwitches = new Map();

/** Holds the declared facts against the limits of a licence. A fact that could lead to a denial and is not known gives `review`. */
export function decideLimits(terms: LineageTerms, useCase: UseCaseFacts, counted: CountedUsers, findings: DecisionFindings): ObligationSwitches {
  const { limits, entry } = terms.license;
  if (limits.length === 0) return noSwitches;
  const month = counted.size === 0 ? undefined : counted.get(entry.family);
  let switches: Map<string, boolean | null> | undefined;
  for (const limit of limits) {
    if (limit.effect === 'obligation') {
      switches ??= new Map();
      switches.set(limit.name, limit.commercialOnly && useCase.commercial === false ? false : measure(limit, useCase, month).exceeded);
      continue;
    }
    if ((terms.transfer.carries & carried.limits) === 0 || (limit.commercialOnly && useCase.commercial === false) || (limit.whenModified === true && terms.way.from === null)) continue;
    const measured = measure(limit, useCase, month);
    if (measured.exceeded === false) continue;
    const text = measured.basis === undefined ? limit.text : `${limit.text.replace(/\.$/, '')} (${measured.basis}).`;
    if (measured.exceeded === null) {
      const { missing } = measured;
      findings.add('review', terms, missing === null ? `limit:${limit.name}` : `missing-fact:${missing}`, limit.clause, `${text} ${missing === null ? (measured.open ?? 'Whether that is so the declared facts do not tell.') : undeclared[missing]}`, missing);
    } else if (limit.commercialOnly && useCase.commercial === null) findings.add('review', terms, 'missing-fact:commercial', limit.clause, `${text} ${undeclared.commercial}`, 'commercial');
    else if (limit.effect === 'review') findings.add('review', terms, `limit:${limit.name}`, limit.clause, text);
    else {
      const remedy = limit.effect === 'request-license' ? ` Ask ${entry.steward} for another licence.` : '';
      findings.add('deny', terms, `limit:${limit.name}`, limit.clause, `${text}${remedy}`);
      if (remedy !== '') findings.oblige(terms, limit, 'request-license', `Ask ${entry.steward} for another licence before any use.`, false);
    }
  }
  return switches ?? noSwitches;
}

function measure(limit: LicenseLimit, useCase: UseCaseFacts, month: CountedMonth | undefined): Measured {
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
      return compareUsers(limit, useCase.monthlyActiveUsers, 'monthlyActiveUsers', month);
    case 'annualRevenueUsd':
      return measureRevenue(limit, useCase);
    case 'productMonthlyActiveUsers':
      return measureProductUsers(limit, useCase, month);
    case 'monthlyActiveUsersAtRelease':
      return useCase.monthlyActiveUsersAtRelease === undefined ? compareUsers(limit, useCase.monthlyActiveUsers, 'monthlyActiveUsers', month) : compare(limit, useCase.monthlyActiveUsersAtRelease, 'monthlyActiveUsersAtRelease');
  }
}

/** Users' places and the seat; with neither declared nobody can say. */
function measureRegions({ regions: listed = [] }: LicenseLimit, { regions, licenseeRegion }: UseCaseFacts): Measured {
  const declared = licenseeRegion == null ? regions : [...regions, licenseeRegion];
  if (declared.length === 0) return unknown('regions');
  return declared.some((region) => listed.some((place) => regionIncludes(place, region))) ? yes : no;
}

/** The users of one product are among the users of all. What is counted is of all products, so against a declared number of one it only asks a question. */
function measureProductUsers(limit: LicenseLimit, { productMonthlyActiveUsers, monthlyActiveUsers }: UseCaseFacts, month: CountedMonth | undefined): Measured {
  if (productMonthlyActiveUsers === undefined) return compareUsers(limit, monthlyActiveUsers, 'monthlyActiveUsers', month);
  const declared = productMonthlyActiveUsers === null ? compare(limit, monthlyActiveUsers, 'productMonthlyActiveUsers') : compare(limit, productMonthlyActiveUsers, 'productMonthlyActiveUsers');
  if (productMonthlyActiveUsers === null && declared.exceeded !== false) return unknown('productMonthlyActiveUsers');
  if (declared.exceeded !== false || month === undefined || !bites(limit, month.users)) return declared;
  return { exceeded: null, missing: null, basis: `${basisOf(productMonthlyActiveUsers ?? monthlyActiveUsers, month)}, over all products` };
}

/** The larger of what is declared and what was counted: who is counted is there, and who is not may come through another door. */
function compareUsers(limit: LicenseLimit, declared: number | null, field: Fact, month: CountedMonth | undefined): Measured {
  if (month === undefined || month.users <= (declared ?? -1) || !bites(limit, month.users)) return compare(limit, declared, field);
  return { ...compare(limit, month.users, field), basis: basisOf(declared, month) };
}

const grouped = (count: number): string => count.toLocaleString('en-US');
const basisOf = (declared: number | null, { month, users }: CountedMonth): string => `declared ${declared === null ? 'nothing' : grouped(declared)}, counted ${grouped(users)} distinct end users in ${month}`;

/** Whether that many make a difference: a smaller count changes no answer, and is no part of what a decision was made from. */
export const bites = (limit: LicenseLimit, users: number): boolean => exceeds(limit, users, limit.threshold ?? 0) || (limit.unclearAtThreshold === true && users === limit.threshold);

/** Whether a limit is held against people, of whom some may have been counted. */
export const countsUsers = ({ measure: fact }: LicenseLimit): boolean => fact === 'monthlyActiveUsers' || fact === 'productMonthlyActiveUsers' || fact === 'monthlyActiveUsersAtRelease';

/**
 * A company's yearly revenue bounds that of its one product from above, and is it where no product is told apart. No month can bring more than the year;
 * a year of more than twelve times the monthly threshold has some month above it.
 */
function measureRevenue(limit: LicenseLimit, { annualRevenueUsd: revenue, productMonthlyActiveUsers }: UseCaseFacts): Measured {
  if (revenue === null) return unknown('annualRevenueUsd');
  const whole = compare(limit, revenue, 'annualRevenueUsd');
  if (whole.exceeded !== true) return whole;
  if (limit.scope === 'product' && productMonthlyActiveUsers !== undefined) return { ...whole, ...unknown(null) };
  if (limit.perMonth === true && !exceeds(limit, revenue, (limit.threshold ?? 0) * 12)) return { ...whole, ...unknown(null) };
  return whole;
}

function compare(limit: LicenseLimit, value: number | null, field: Fact): Measured {
  if (value === null) return unknown(field);
  const threshold = limit.threshold ?? 0;
  const isUnclear = limit.unclearAtThreshold === true && value === threshold;
  if (!isUnclear && !exceeds(limit, value, threshold)) return no;
  const basis = `declared ${grouped(value)}${field === 'annualRevenueUsd' ? ' USD' : ''}`;
  if (isUnclear) return { exceeded: null, missing: null, basis, open: 'Sentences of the text disagree about exactly this number.' };
  return { ...(limit.measureIsUpperBound === true ? unknown(null) : yes), basis };
}

const exceeds = ({ comparison }: LicenseLimit, value: number, threshold: number): boolean => (comparison === 'strict' ? value > threshold : value >= threshold);
