import type { LicenseBook } from './license-book.ts';
import type { License, LicenseLimit } from './license.ts';

/** All families together, beside those of licences. */
export const allFamilies = '*';

/** The steps of a limit's threshold, in percent, at which an organisation is warned; at 100 it is exceeded. */
export const endUserWarningSteps = [50, 80, 95, 100] as const;

/** A limit on people that a number of distinct end users can be held against. */
export interface EndUserLimit {
  readonly license: License['id'];
  readonly clause: string;
  readonly threshold: number;
  /** `at-release-date`: what is counted now never trips it. */
  readonly clock: LicenseLimit['clock'];
  readonly comparison: LicenseLimit['comparison'];
}

const countsPeople: ReadonlySet<LicenseLimit['measure']> = new Set(['monthlyActiveUsers', 'productMonthlyActiveUsers', 'monthlyActiveUsersAtRelease']);

/** Of every licence of a family that is in force, the same threshold of a clause once. */
export function endUserLimits(family: string, licenses: LicenseBook): EndUserLimit[] {
  const limits = new Map<string, EndUserLimit>();
  for (const license of licenses.values()) {
    if (license.family !== family) continue;
    for (const { measure, threshold, clause, clock, comparison } of license.limits)
      if (countsPeople.has(measure) && threshold !== null && threshold > 0) limits.set(`${license.id} ${clause} ${threshold}`, { license: license.id, clause, threshold, clock, comparison });
  }
  return [...limits.values()].toSorted((a, b) => a.threshold - b.threshold || (a.license < b.license ? -1 : 1));
}

/** The steps that so many users have reached; none where growth after the release does not matter. */
export function reachedSteps({ threshold, comparison, clock }: EndUserLimit, users: number): number[] {
  if (clock === 'at-release-date') return [];
  return endUserWarningSteps.filter((step) => (step < 100 ? users * 100 >= threshold * step : comparison === 'strict' ? users > threshold : users >= threshold));
}
