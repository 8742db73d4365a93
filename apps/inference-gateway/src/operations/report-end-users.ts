import type { EndUserReport } from '@weighbridge/registry-contracts';
import type { DistinctCounts } from '@weighbridge/shared-adapters/distinct-counts';
import { monthsBefore } from '@weighbridge/shared-domain';
import type { z } from 'zod';

export interface ReportEndUsersDeps {
  readonly endUserCounts: Pick<DistinctCounts, 'list' | 'forgetBefore'>;
  /** To the registry, which compares with the limits of licences. */
  readonly sendEndUserReport: (report: z.input<typeof EndUserReport>) => Promise<void>;
  readonly now: () => Date;
}

const keptMonths = 13;

/** This month's counts and last month's, which are final; what is older than a year is forgotten. */
export async function reportEndUsers({ endUserCounts, sendEndUserReport, now }: ReportEndUsersDeps): Promise<void> {
  const at = now();
  const counts = await Promise.all(
    [monthsBefore(at, 1), monthsBefore(at, 0)].map(async (month) => [...(await endUserCounts.list(month))].map(([family, users]) => ({ family, month, users }))),
  );
  if (counts.some((ofMonth) => ofMonth.length > 0)) await sendEndUserReport({ counts: counts.flat() });
  await endUserCounts.forgetBefore(monthsBefore(at, keptMonths - 1));
}
