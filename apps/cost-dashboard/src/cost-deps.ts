import type { CostFacts, PriceRepository } from '@weighbridge/cost-data';
import type { BudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import type { Logger } from '@weighbridge/shared-adapters/logging';
import type { BudgetId, PriceId } from '@weighbridge/shared-domain';
import type pg from 'pg';
import type { RegistryFacts } from './registry-facts.ts';

/** All that the operations of this service touch; each names the part that it takes. */
export interface CostDeps {
  readonly pool: pg.Pool;
  readonly facts: CostFacts;
  readonly prices: PriceRepository;
  readonly holds: BudgetHolds;
  readonly registry: RegistryFacts;
  /** Tells whoever keeps the admission facts of a new revision. Never rejects: they also ask by themselves. */
  readonly announce: (revision: number) => Promise<void>;
  readonly now: () => Date;
  readonly newPriceId: () => PriceId;
  readonly newBudgetId: () => BudgetId;
  readonly logger: Logger;
}
