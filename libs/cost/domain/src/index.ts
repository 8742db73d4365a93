export { PublishedPrice, tokenPrice } from './token-price.ts';
export type { TokenPrice } from './token-price.ts';
export { attemptCost, worstCaseCost } from './attempt-cost.ts';
export { PriceEntry, priceInForce } from './price-book.ts';
export type { PriceTarget } from './price-book.ts';
export { Settlement, UsageEvent, UsageOutcome, usageEventId } from './usage-event.ts';
export { Budget, BudgetKind, budgetAccountId, budgetApplies } from './budget.ts';
export type { Spender } from './budget.ts';
