import { budgetAccountId, budgetApplies } from './budget.ts';
import type { Budget } from './budget.ts';
import type { UsageEvent } from './usage-event.ts';

/**
 * Accounts that an event must be charged to although its hold was not taken from them: those of budgets that apply to its spender
 * and were set after its job was admitted.
 */
export function lateAccounts(event: Pick<UsageEvent, 'projectId' | 'keyId' | 'useCaseId' | 'occurredAt' | 'budgetAccounts'>, budgets: readonly Budget[]): string[] {
  const listed = new Set(event.budgetAccounts.map((accountId) => accountId.split('/')[0]));
  const at = new Date(event.occurredAt);
  return budgets.filter((budget) => budgetApplies(budget, event) && !listed.has(budget.id)).map((budget) => budgetAccountId(budget, at));
}
