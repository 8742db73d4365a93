import type { EndUserUsage } from '@weighbridge/registry-contracts';
import { endUserLimits } from '@weighbridge/registry-domain';
import { requirePlatform } from '@weighbridge/shared-adapters/auth';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { monthsBefore } from '@weighbridge/shared-domain';
import type { RegistryDeps } from '../deps.ts';

/** Numbers of all projects together, so for keys of the platform alone. Newest month first; all families together come first in it. */
export async function listEndUsers({ registry, licenses, now }: Pick<RegistryDeps, 'registry' | 'licenses' | 'now'>, { caller, months }: { readonly caller: Caller; readonly months: number }): Promise<{ data: EndUserUsage[] }> {
  requirePlatform(caller);
  const from = monthsBefore(now(), months - 1);
  const [counts, warnings, book] = await Promise.all([registry.endUsers.listCounts(from), registry.endUsers.listWarnings(from), licenses.book()]);
  const data = counts.map(({ family, month, users, reportedAt }): EndUserUsage => {
    const warned = warnings.filter((warning) => warning.family === family && warning.month === month);
    const limits = endUserLimits(family, book).map(({ license, threshold, limit: { clause, clock } }) => ({
      license,
      clause,
      threshold,
      clock,
      share: users / threshold,
      warned: warned.filter((warning) => warning.license === license && warning.clause === clause && warning.threshold === threshold).map(({ step }) => step),
    }));
    return { family, month, users, reportedAt: reportedAt.toISOString(), limits };
  });
  return { data: data.toSorted((a, b) => (a.month === b.month ? (a.family < b.family ? -1 : 1) : a.month < b.month ? 1 : -1)) };
}
