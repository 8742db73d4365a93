import { Budget, BudgetKind, PriceEntry, PublishedPrice, UsageEvent } from '@weighbridge/cost-domain';
import { defineEndpoints, pageOf, pageQuery } from '@weighbridge/shared-contracts';
import { BudgetId, BudgetPeriod, DeploymentId, Instant, JobId, KeyId, ModelName, ProjectId, SignedUsdAmount, UsdAmount, UseCaseId, VersionName } from '@weighbridge/shared-domain';
import { z } from 'zod';

/** A price as an administrator enters it. `effectiveFrom` absent: from now on. It may lie in the past only as far as no usage was priced since. */
export const NewPrice = z.strictObject({
  model: ModelName,
  version: VersionName.optional(),
  deploymentId: DeploymentId.optional(),
  price: PublishedPrice,
  effectiveFrom: Instant.optional(),
  source: z.string().min(1).max(500),
});
export type NewPrice = z.infer<typeof NewPrice>;

export const NewBudget = z.strictObject({
  name: z.string().trim().min(1).max(100),
  project: ProjectId.optional(),
  keyId: KeyId.optional(),
  useCaseId: UseCaseId.optional(),
  kind: BudgetKind,
  period: BudgetPeriod,
  limitUsd: UsdAmount,
});
export type NewBudget = z.infer<typeof NewBudget>;

/** Where a budget stands in its present period. `heldUsd` is reserved for requests under way; spent + held never passes a hard limit. */
export const BudgetStatus = z.object({
  budget: Budget,
  periodKey: z.string(),
  limitUsd: UsdAmount,
  spentUsd: SignedUsdAmount,
  heldUsd: UsdAmount,
  remainingUsd: SignedUsdAmount,
});
export type BudgetStatus = z.infer<typeof BudgetStatus>;

export const usageDimensions = ['project', 'model', 'version', 'useCase', 'key', 'lane', 'outcome'] as const;
export type UsageDimension = (typeof usageDimensions)[number];

/** Comma-separated list of dimensions: `model,useCase`. Empty means one total. */
const GroupBy = z
  .string()
  .default('')
  .transform((text) => (text === '' ? [] : text.split(',').map((part) => part.trim())))
  .pipe(z.array(z.enum(usageDimensions)).max(4));

export const usageQuery = {
  /** The key's own project where absent; a key of the platform sees all. */
  project: ProjectId.optional(),
  /** Includes this instant; thirty days ago where absent. */
  from: Instant.optional(),
  /** Excludes this instant; now where absent. */
  to: Instant.optional(),
};

export const UsageRow = z.object({
  /** Start of the interval; null when no interval was asked for. */
  start: Instant.nullable(),
  /** The value of each dimension asked for, by name: ids for projects, use cases and keys; `null` for none. */
  group: z.record(z.string(), z.string().nullable()),
  /** Attempts. One whose outcome was unknown at first, and is known now, counts once. */
  events: z.int(),
  inputTokens: z.int(),
  cachedInputTokens: z.int(),
  outputTokens: z.int(),
  costUsd: SignedUsdAmount,
});
export type UsageRow = z.infer<typeof UsageRow>;

export const costEndpoints = defineEndpoints({
  getUsage: {
    method: 'get',
    path: '/v1/usage',
    role: 'viewer',
    summary: 'Spend and tokens, grouped and cut into intervals, from the rollups',
    query: z.object({ ...usageQuery, groupBy: GroupBy, interval: z.enum(['hour', 'day', 'month']).optional() }),
    /** `from` and `to` are whole hours: the rollups know nothing finer, so the range is widened to them. */
    response: z.object({ from: Instant, to: Instant, rows: z.array(UsageRow).max(10_000), total: UsageRow }),
  },
  listUsageEvents: {
    method: 'get',
    path: '/v1/usage/events',
    role: 'viewer',
    summary: 'The ledger itself, newest first',
    query: z.object({ ...usageQuery, ...pageQuery, jobId: JobId.optional() }),
    response: pageOf(UsageEvent),
  },
  exportUsageEvents: {
    method: 'get',
    path: '/v1/usage/events/export',
    role: 'viewer',
    summary: 'The ledger as a stream of CSV or JSON lines, oldest first',
    query: z.object({ ...usageQuery, format: z.enum(['csv', 'jsonl']).default('csv') }),
    response: z.string(),
    reply: 'raw',
  },
  createPrices: {
    method: 'post',
    path: '/v1/price-books',
    role: 'admin',
    summary: 'Adds prices; entries are never edited, a later one supersedes (platform administrators only)',
    body: z.strictObject({ entries: z.array(NewPrice).min(1).max(1_000) }),
    response: z.object({ entries: z.array(PriceEntry) }),
    status: 201,
  },
  listPrices: {
    method: 'get',
    path: '/v1/price-books',
    role: 'viewer',
    summary: 'The prices in force at an instant (now where absent), or with `history=true` all of them',
    query: z.object({ ...pageQuery, at: Instant.optional(), model: ModelName.optional(), history: z.stringbool().default(false) }),
    response: pageOf(PriceEntry),
  },
  createBudget: {
    method: 'post',
    path: '/v1/budgets',
    role: 'admin',
    summary: 'Sets a limit on the spend of a project, key or use case',
    body: NewBudget,
    response: Budget,
    status: 201,
  },
  listBudgets: {
    method: 'get',
    path: '/v1/budgets',
    role: 'viewer',
    summary: 'The budgets of a project with where they stand',
    query: z.object({ ...pageQuery, project: ProjectId.optional() }),
    response: pageOf(BudgetStatus),
  },
  getBudgetStatus: {
    method: 'get',
    path: '/v1/budgets/{id}/status',
    role: 'viewer',
    summary: 'Where a budget stands in its present period',
    params: z.object({ id: BudgetId }),
    response: BudgetStatus,
  },
  getAdmissionFacts: {
    method: 'get',
    path: '/v1/admission-facts',
    role: 'service',
    summary: 'Prices and budgets, as admission keeps them in memory',
    response: z.object({ revision: z.int(), prices: z.array(PriceEntry), budgets: z.array(Budget) }),
  },
});

export type AdmissionFacts = z.infer<(typeof costEndpoints)['getAdmissionFacts']['response']>;
