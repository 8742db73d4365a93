import type { UsageEvent } from '@weighbridge/cost-domain';
import { listUsageEvents, usagePositionOf } from '@weighbridge/cost-data';
import type { UsageFilter, UsagePosition } from '@weighbridge/cost-data';
import { canonicalJson } from '@weighbridge/shared-domain';
import { stringify } from 'csv-stringify';
import type pg from 'pg';
import { Readable } from 'node:stream';

/** Events in memory at a time. */
const pageSize = 1_000;

/** The ledger, oldest first, page by page: memory stays flat and no connection is kept while the reader is slow. */
async function* readLedger(pool: pg.Pool, filter: UsageFilter): AsyncGenerator<UsageEvent> {
  let after: UsagePosition | undefined;
  for (;;) {
    const page = await listUsageEvents(pool, filter, { order: 'oldest-first', limit: pageSize, after });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = usagePositionOf(last);
  }
}

const csvColumns: Readonly<Record<string, (event: UsageEvent) => string | number | null>> = {
  id: ({ id }) => id,
  jobId: ({ jobId }) => jobId,
  attempt: ({ attempt }) => attempt,
  occurredAt: ({ occurredAt }) => occurredAt,
  projectId: ({ projectId }) => projectId,
  keyId: ({ keyId }) => keyId,
  useCaseId: ({ useCaseId }) => useCaseId,
  model: ({ model }) => model,
  version: ({ version }) => version,
  deploymentId: ({ deploymentId }) => deploymentId,
  backend: ({ backend }) => backend,
  lane: ({ lane }) => lane,
  batchId: ({ batchId }) => batchId,
  runId: ({ runId }) => runId,
  outcome: ({ outcome }) => outcome,
  settlement: ({ settlement }) => settlement,
  inputTokens: ({ tokens }) => tokens.inputTokens,
  cachedInputTokens: ({ tokens }) => tokens.cachedInputTokens,
  cacheWriteTokens: ({ tokens }) => tokens.cacheWriteTokens,
  outputTokens: ({ tokens }) => tokens.outputTokens,
  reasoningTokens: ({ tokens }) => tokens.reasoningTokens,
  priceId: ({ priceId }) => priceId,
  costUsd: ({ costUsd }) => costUsd,
  errorCode: ({ errorCode }) => errorCode,
  queuedMs: ({ queuedMs }) => queuedMs,
  firstTokenMs: ({ firstTokenMs }) => firstTokenMs,
  durationMs: ({ durationMs }) => durationMs,
  // JSON begins with a brace, so no spreadsheet takes a client's tag for a formula; the other columns cannot begin with one either.
  tags: ({ tags }) => canonicalJson(tags),
};

/** A stream of text, one line an event, as CSV with a header (RFC 4180) or as JSON lines. */
export function exportUsage({ pool }: { readonly pool: pg.Pool }, { format, ...filter }: UsageFilter & { readonly format: 'csv' | 'jsonl' }): Readable {
  const events = readLedger(pool, filter);
  if (format === 'jsonl') return Readable.from(jsonLines(events));
  const source = Readable.from(csvRecords(events));
  const csv = stringify({ header: true, columns: Object.keys(csvColumns), record_delimiter: 'windows' });
  source.once('error', (error) => csv.destroy(error));
  csv.once('close', () => source.destroy());
  return source.pipe(csv);
}

async function* jsonLines(events: AsyncIterable<UsageEvent>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify(event)}\n`;
}

async function* csvRecords(events: AsyncIterable<UsageEvent>): AsyncGenerator<unknown[]> {
  for await (const event of events) yield Object.values(csvColumns).map((valueOf) => valueOf(event));
}
