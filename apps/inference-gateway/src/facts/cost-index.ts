import type { AdmissionFacts } from '@weighbridge/cost-contracts';
import { budgetApplies } from '@weighbridge/cost-domain';
import type { Budget, PriceEntry, Spender } from '@weighbridge/cost-domain';

/** Prices and budgets as admission looks them up. Never changes: newer facts are a new index. */
export interface CostIndex {
  readonly revision: number;
  readonly pricesOf: (model: string) => readonly PriceEntry[];
  readonly budgetsOf: (spender: Spender) => readonly Budget[];
}

export function indexCosts(facts: AdmissionFacts): CostIndex {
  const prices = Map.groupBy(facts.prices, ({ model }) => model as string);
  const budgets = Map.groupBy(facts.budgets, ({ projectId }) => projectId as string);
  return {
    revision: facts.revision,
    pricesOf: (model) => prices.get(model) ?? [],
    budgetsOf: (spender) => (budgets.get(spender.projectId) ?? []).filter((budget) => budgetApplies(budget, spender)),
  };
}
