import type { QueueHome } from '../queue/queue-home.ts';
import type { BudgetHolds } from './budget-holds.ts';
import { openPostgresHolds } from './postgres-holds.ts';
import { openRedisHolds } from './redis-holds.ts';

/** The holds of this home. It opens nothing of its own, so there is nothing to close but the home. */
export const createBudgetHolds = (home: QueueHome): BudgetHolds => (home.kind === 'redis' ? openRedisHolds(home) : openPostgresHolds(home));
