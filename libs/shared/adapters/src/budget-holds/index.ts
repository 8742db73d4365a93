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
  HoldState,
  Refusal,
  SettleOutcome,
  Settlement,
} from './budget-holds.ts';
