import { pipeline } from 'node:stream/promises';
import type { costEndpoints } from '@weighbridge/cost-contracts';
import { projectFilter } from '@weighbridge/shared-adapters/auth';
import type { RawHandler } from '@weighbridge/shared-adapters/http';
import type { CostDeps } from '../cost-deps.ts';
import { exportUsage } from '../operations/export-usage.ts';
import { timeRange } from './time-range.ts';

const contentTypes = { csv: 'text/csv; charset=utf-8; header=present', jsonl: 'application/jsonl; charset=utf-8' } as const;

export const exportUsageEventsRoute =
  ({ pool, now }: Pick<CostDeps, 'pool' | 'now'>): RawHandler<typeof costEndpoints.exportUsageEvents> =>
  async ({ query, caller, res, signal }) => {
    const range = timeRange(query, now());
    const lines = exportUsage({ pool }, { projectId: projectFilter(caller, query.project), ...range, format: query.format });
    const name = `usage-${range.from.toISOString().slice(0, 10)}-${range.to.toISOString().slice(0, 10)}.${query.format}`;
    res.writeHead(200, {
      'content-type': contentTypes[query.format],
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    try {
      await pipeline(lines, res, { signal });
    } catch (error) {
      // Who goes away in the middle wants no more. Any other fault cuts the answer short, so that nobody takes a part for the whole.
      if (!signal.aborted) throw error;
    }
  };
