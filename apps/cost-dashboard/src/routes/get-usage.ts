import type { costEndpoints } from '@weighbridge/cost-contracts';
import { projectFilter } from '@weighbridge/shared-adapters/auth';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { CostDeps } from '../cost-deps.ts';
import { readUsage } from '../operations/read-usage.ts';
import { timeRange } from './time-range.ts';

export const getUsageRoute =
  (deps: Pick<CostDeps, 'pool' | 'now'>): Handler<typeof costEndpoints.getUsage> =>
  ({ query, caller }) =>
    readUsage(deps, { projectId: projectFilter(caller, query.project), ...timeRange(query, deps.now()), groupBy: query.groupBy, interval: query.interval ?? null });
