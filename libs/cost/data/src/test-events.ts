import { randomUUID } from 'node:crypto';
import { UsageEvent, attemptCost, tokenPrice, usageEventId } from '@weighbridge/cost-domain';
import type { PriceEntry } from '@weighbridge/cost-domain';
import { formatUsd, idFromUuid, noTokens } from '@weighbridge/shared-domain';
import type { IdKind } from '@weighbridge/shared-domain';

/** For tests only. A different id each time, of any kind. */
export const someId = (kind: IdKind): string => idFromUuid(kind, randomUUID());

/** The id of a job that was made at an instant, as a UUIDv7. */
export const jobIdAt = (at: string): string => {
  const milliseconds = Date.parse(at).toString(16).padStart(12, '0');
  return `job_${milliseconds}7${randomUUID().replaceAll('-', '').slice(13)}`;
};

export const somePrice: PriceEntry = {
  id: someId('price'),
  model: 'mini',
  version: null,
  deploymentId: null,
  price: { inputUsdPerMillion: '1', outputUsdPerMillion: '2' },
  effectiveFrom: '2026-01-01T00:00:00.000Z',
  source: 'test',
  createdAt: '2026-01-01T00:00:00.000Z',
} as unknown as PriceEntry;

interface EventFields extends Partial<Record<Exclude<keyof UsageEvent, 'jobId' | 'occurredAt'>, unknown>> {
  readonly jobId?: string;
  readonly occurredAt?: string;
  readonly kind?: 'unknown' | 'correction';
}

/** An attempt of 100 tokens in and 50 out at {@link somePrice}: 0.0002 USD. */
export function someEvent(more: EventFields = {}): UsageEvent {
  const { kind, ...fields } = more;
  const occurredAt = fields.occurredAt ?? '2026-01-15T10:30:00.000Z';
  const jobId = fields.jobId ?? jobIdAt(occurredAt);
  const tokens = kind === undefined ? { ...noTokens, inputTokens: 100, outputTokens: 50, ...(fields.tokens as object | undefined) } : noTokens;
  return UsageEvent.parse({
    id: usageEventId(jobId, Number(fields.attempt ?? 1), kind),
    jobId,
    attempt: 1,
    projectId: someId('project'),
    keyId: null,
    useCaseId: null,
    model: 'mini',
    version: '1.0',
    deploymentId: someId('deployment'),
    backend: 'openai',
    lane: 'interactive',
    batchId: null,
    runId: null,
    tags: {},
    outcome: kind === undefined ? 'succeeded' : 'unknown',
    settlement: kind === undefined ? 'exact' : 'unknown',
    priceId: somePrice.id,
    costUsd: kind === undefined ? formatUsd(attemptCost(tokens, tokenPrice(somePrice.price))) : '0.5',
    decisionDigest: null,
    errorCode: null,
    occurredAt,
    queuedMs: 1.5,
    firstTokenMs: null,
    durationMs: 10.25,
    final: true,
    budgetAccounts: [],
    ...fields,
    tokens,
  });
}
