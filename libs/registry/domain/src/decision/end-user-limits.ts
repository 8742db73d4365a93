import { bites, countsUsers } from './decide-limits.ts';
import type { LicenseBook } from '../licenses/license-book.ts';
import type { License, LicenseLimit } from '../licenses/license.ts';

/** All families together, beside those of licences. */
export const allFamilies = '*';

/** The steps of a limit's threshold, in percent, at which an organisation is warned; at 100 it is exceeded. */
export const endUserWarningSteps = [50, 80, 95, 100] as const;

/** A limit on people that a number of distinct end users can be held against. */
export interface EndUserLimit {
  readonly license: License['id'];
  readonly limit: LicenseLimit;
  readonly threshold: number;
}

/** Of every licence of a family that is in force, lowest threshold first; the same threshold of a clause once. */
export function endUserLimits(family: string, licenses: LicenseBook): EndUserLimit[] {
  const limits = new Map<string, EndUserLimit>();
  for (const license of licenses.values()) {
    if (license.family !== family) continue;
    for (const limit of license.limits) {
      const { threshold, clause } = limit;
      if (countsUsers(limit) && threshold !== null && threshold > 0) limits.set(`${license.id} ${clause} ${threshold}`, { license: license.id, limit, threshold });
    }
  }
  return [...limits.values()].toSorted((a, b) => a.threshold - b.threshold || (a.license < b.license ? -1 : 1));
}

/** The steps that so many users have reached; none where growth after the release does not matter. */
export function reachedSteps({ limit, threshold }: EndUserLimit, users: number): number[] {
  if (limit.clock === 'at-release-date') return [];
  return endUserWarningSteps.filter((step) => (step < 100 ? users * 100 >= threshold * step : bites(limit, users)));
}
