import type { costEndpoints } from '@weighbridge/cost-contracts';
import { listUsageEvents, usagePositionOf } from '@weighbridge/cost-data';
import { projectFilter } from '@weighbridge/shared-adapters/auth';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { toPage } from '@weighbridge/shared-contracts';
import type { CostDeps } from '../cost-deps.ts';
import { timeRange } from './time-range.ts';
import { fromCursor, toCursor } from './usage-cursor.ts';

export const listUsageEventsRoute =
  ({ pool, now }: Pick<CostDeps, 'pool' | 'now'>): Handler<typeof costEndpoints.listUsageEvents> =>
  async ({ query, caller }) => {
    const filter = { projectId: projectFilter(caller, query.project), ...timeRange(query, now()), jobId: query.jobId };
    const after = query.cursor === undefined ? undefined : fromCursor(query.cursor);
    const events = await listUsageEvents(pool, filter, { order: 'newest-first', after, limit: query.limit + 1 });
    return toPage(events, query.limit, (event) => toCursor(usagePositionOf(event)));
  };
