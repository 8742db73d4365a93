import type { QueueHome } from '../queue/queue-home.ts';
import type { DistinctCounts, DistinctCountsOptions } from './distinct-counts.ts';
import { openPostgresCounts } from './postgres-counts.ts';
import { openRedisCounts } from './redis-counts.ts';

export type { DistinctCounts, DistinctCountsOptions, SeenMembers } from './distinct-counts.ts';

/** The counts of this home. They open nothing of their own, so there is nothing to close but the home. */
export const createDistinctCounts = (home: QueueHome, options: DistinctCountsOptions): DistinctCounts => (home.kind === 'redis' ? openRedisCounts(home, options) : openPostgresCounts(home, options));
