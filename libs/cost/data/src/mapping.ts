import { Budget, PriceEntry, UsageEvent, usageEventId, usageEventKind } from '@weighbridge/cost-domain';
import type { UsageEventKind } from '@weighbridge/cost-domain';
import { formatUsd, idFromUuid, parseUsd } from '@weighbridge/shared-domain';
import type { IdKind } from '@weighbridge/shared-domain';
import type { Budget as BudgetRow, PriceEntry as PriceRow } from './generated/client.ts';

/** Ids end in the 32 hex digits of their UUID, which PostgreSQL reads without dashes. */
export const uuidOf = (id: string): string => id.slice(-32);
export const uuidOrNull = (id: string | null | undefined): string | null => (id == null ? null : uuidOf(id));
const idOrNull = (kind: IdKind, uuid: string | null): string | null => (uuid === null ? null : idFromUuid(kind, uuid));

/** `numeric(30,12)` as text has all twelve places; amounts in JSON have none too many. */
export const usdOf = (numeric: string): string => formatUsd(parseUsd(numeric));
const decimal = (value: { toFixed(): string }): string => usdOf(value.toFixed());

export const priceFromRow = (row: PriceRow): PriceEntry =>
  PriceEntry.parse({
    id: idFromUuid('price', row.id),
    model: row.model,
    version: row.version,
    deploymentId: idOrNull('deployment', row.deploymentId),
    price: {
      inputUsdPerMillion: decimal(row.inputUsd),
      ...(row.cachedInputUsd !== null && { cachedInputUsdPerMillion: decimal(row.cachedInputUsd) }),
      ...(row.cacheWriteUsd !== null && { cacheWriteUsdPerMillion: decimal(row.cacheWriteUsd) }),
      outputUsdPerMillion: decimal(row.outputUsd),
    },
    effectiveFrom: row.effectiveFrom.toISOString(),
    source: row.source,
    createdAt: row.createdAt.toISOString(),
  });

export const priceToRow = (entry: PriceEntry) => ({
  id: uuidOf(entry.id),
  model: entry.model,
  version: entry.version,
  deploymentId: uuidOrNull(entry.deploymentId),
  inputUsd: entry.price.inputUsdPerMillion,
  cachedInputUsd: entry.price.cachedInputUsdPerMillion ?? null,
  cacheWriteUsd: entry.price.cacheWriteUsdPerMillion ?? null,
  outputUsd: entry.price.outputUsdPerMillion,
  effectiveFrom: new Date(entry.effectiveFrom),
  source: entry.source,
  createdAt: new Date(entry.createdAt),
});

export const budgetFromRow = (row: BudgetRow): Budget =>
  Budget.parse({
    id: idFromUuid('budget', row.id),
    name: row.name,
    projectId: idFromUuid('project', row.projectId),
    keyId: idOrNull('key', row.keyId),
    useCaseId: idOrNull('useCase', row.useCaseId),
    kind: row.kind,
    period: row.period,
    limitUsd: decimal(row.limitUsd),
    createdAt: row.createdAt.toISOString(),
  });

export const budgetToRow = (budget: Budget) => ({
  id: uuidOf(budget.id),
  name: budget.name,
  projectId: uuidOf(budget.projectId),
  keyId: uuidOrNull(budget.keyId),
  useCaseId: uuidOrNull(budget.useCaseId),
  kind: budget.kind,
  period: budget.period,
  limitUsd: budget.limitUsd,
  createdAt: new Date(budget.createdAt),
});

const kinds: readonly UsageEventKind[] = ['attempt', 'unknown', 'correction'];
export const kindNumber = (event: Pick<UsageEvent, 'id'>): number => kinds.indexOf(usageEventKind(event));

/** A row of `usage_event` as pg hands it over: `numeric` as text, `timestamptz` as Date. */
export interface UsageEventRow {
  readonly job_id: string;
  readonly attempt: number;
  readonly kind: number;
  readonly project_id: string;
  readonly key_id: string | null;
  readonly use_case_id: string | null;
  readonly model: string;
  readonly version: string;
  readonly deployment_id: string;
  readonly backend: string;
  readonly lane: string;
  readonly batch_id: string | null;
  readonly run_id: string | null;
  readonly tags: unknown;
  readonly outcome: string;
  readonly settlement: string;
  readonly input_tokens: number;
  readonly cached_input_tokens: number;
  readonly cache_write_tokens: number;
  readonly output_tokens: number;
  readonly reasoning_tokens: number;
  readonly price_id: string | null;
  readonly cost_usd: string;
  readonly decision_digest: string | null;
  readonly error_code: string | null;
  readonly occurred_at: Date;
  readonly queued_ms: number;
  readonly first_token_ms: number | null;
  readonly duration_ms: number;
  readonly final: boolean;
  readonly budget_accounts: readonly string[];
}

export function usageEventFromRow(row: UsageEventRow): UsageEvent {
  const jobId = idFromUuid('job', row.job_id);
  const kind = kinds[row.kind];
  return UsageEvent.parse({
    id: usageEventId(jobId, row.attempt, kind === 'attempt' ? undefined : kind),
    jobId,
    attempt: row.attempt,
    projectId: idFromUuid('project', row.project_id),
    keyId: idOrNull('key', row.key_id),
    useCaseId: idOrNull('useCase', row.use_case_id),
    model: row.model,
    version: row.version,
    deploymentId: idFromUuid('deployment', row.deployment_id),
    backend: row.backend,
    lane: row.lane,
    batchId: idOrNull('batch', row.batch_id),
    runId: idOrNull('run', row.run_id),
    tags: row.tags,
    outcome: row.outcome,
    settlement: row.settlement,
    tokens: {
      inputTokens: row.input_tokens,
      cachedInputTokens: row.cached_input_tokens,
      cacheWriteTokens: row.cache_write_tokens,
      outputTokens: row.output_tokens,
      reasoningTokens: row.reasoning_tokens,
    },
    priceId: idOrNull('price', row.price_id),
    costUsd: usdOf(row.cost_usd),
    decisionDigest: row.decision_digest,
    errorCode: row.error_code,
    occurredAt: row.occurred_at.toISOString(),
    queuedMs: row.queued_ms,
    firstTokenMs: row.first_token_ms,
    durationMs: row.duration_ms,
    final: row.final,
    budgetAccounts: row.budget_accounts,
  });
}
