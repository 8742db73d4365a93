export { createBudgetHolds } from './create-budget-holds.ts';
export { settledKeyTtlMs } from './budget-holds.ts';
export type {
  AccountSetting,
  AccountStatus,
  BudgetHolds,
  ExpiredHold,
  ExtendOutcome,
  HoldOutcome,
  HoldRequest,
  Refusal,
  SettleOutcome,
  Settlement,
} from './budget-holds.ts';
