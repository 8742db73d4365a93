import { readUsageReport } from '@weighbridge/cost-data';
import type { UsageReportQuery } from '@weighbridge/cost-data';
import { AppError, formatUsd, parseUsd, sumUsd } from '@weighbridge/shared-domain';
import type { TimeRange } from '@weighbridge/shared-domain';
import type pg from 'pg';

const mostRows = 10_000;
const hourMs = 3_600_000;

/** Sums of a range that is widened to whole hours. The total is the sum of the rows, to the last digit. */
export async function readUsage({ pool }: { readonly pool: pg.Pool }, { from, to, ...query }: Omit<UsageReportQuery, 'limit'>) {
  const range: TimeRange = { from: new Date(Math.floor(from.getTime() / hourMs) * hourMs), to: new Date(Math.ceil(to.getTime() / hourMs) * hourMs) };
  const rows = await readUsageReport(pool, { ...query, ...range, limit: mostRows + 1 });
  if (rows.length > mostRows) {
    throw new AppError('request.invalid', `more than ${mostRows} rows`, {
      faults: [{ pointer: '/query/groupBy', message: `makes more than ${mostRows} rows: ask for a shorter range, a longer interval or fewer dimensions` }],
      detail: `This makes more than ${mostRows} rows: ask for a shorter range, a longer interval or fewer dimensions.`,
    });
  }
  const sum = (field: 'events' | 'inputTokens' | 'cachedInputTokens' | 'outputTokens') => rows.reduce((total, row) => total + row[field], 0);
  return {
    from: range.from.toISOString(),
    to: range.to.toISOString(),
    rows,
    total: {
      start: null,
      group: {},
      events: sum('events'),
      inputTokens: sum('inputTokens'),
      cachedInputTokens: sum('cachedInputTokens'),
      outputTokens: sum('outputTokens'),
      costUsd: formatUsd(sumUsd(rows.map(({ costUsd }) => parseUsd(costUsd)))),
    },
  };
}
