export { costEndpoints, BudgetStatus, NewBudget, NewPrice, UsageRow, usageDimensions } from './endpoints.ts';
export type { AdmissionFacts, UsageDimension } from './endpoints.ts';
export { costHousekeepingQueues, costQueues } from './queues.ts';
export { costChannels } from './channels.ts';
