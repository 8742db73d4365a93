import { formatUsd } from '@weighbridge/shared-domain';
import type { RunId, SuiteId } from '@weighbridge/shared-domain';
import type pg from 'pg';
import { measureFromRow, resultFromRow } from './stored-result.ts';
import type { MeasureRow, PairPage, ResultRow, ResultWithSample, StoredMeasure, StoredOutcome, StoredPair, StoredResult } from './stored-result.ts';

export interface ResultFilter {
  readonly runId: RunId;
  readonly suiteId: SuiteId;
  readonly outcome?: StoredOutcome | undefined;
  readonly slice?: string | undefined;
  /** The first position wanted. */
  readonly from: number;
  readonly limit: number;
}

/** Results of samples. Each is written once: a second one for the same sample of a run is not stored. */
export interface ResultStore {
  /** Joins the caller's transaction. Answers the ids of the samples whose result is new. */
  insertResults(client: pg.PoolClient, runId: RunId, results: readonly StoredResult[]): Promise<ReadonlySet<string>>;
  /** In the order of the samples, from a position on. */
  listMeasures(runId: RunId, from: number, limit: number): Promise<StoredMeasure[]>;
  /** In the order of the samples. */
  listResults(filter: ResultFilter): Promise<ResultWithSample[]>;
  /** Every sample of the page, joined by its id; a score that a run does not have is null. */
  listPairs(page: PairPage): Promise<StoredPair[]>;
  /** The reason of the first sample without a score. */
  findFirstError(runId: RunId): Promise<string | null>;
}

export function createResultStore(pool: pg.Pool): ResultStore {
  const rows = async <R extends pg.QueryResultRow>(name: string, text: string, values: readonly unknown[]) =>
    (await pool.query<R>({ name: `result.${name}`, text, values: [...values] })).rows;

  return {
    insertResults: async (client, runId, results) => {
      if (results.length === 0) return new Set();
      const of = (pick: (result: StoredResult) => unknown) => results.map(pick);
      const { rows: inserted } = await client.query<{ sample_id: string }>({
        name: 'result.insert',
        text: insertStatement,
        values: [
          runId,
          of(({ sampleId }) => sampleId),
          of(({ position }) => position),
          of(({ slice }) => slice),
          of(({ jobId }) => jobId),
          of(({ output }) => (output === null ? null : JSON.stringify(output))),
          of(({ outcome }) => outcome),
          of(({ score }) => score),
          of(({ parsed }) => parsed),
          of(({ reason }) => reason && reason.replaceAll('\0', '\uFFFD')),
          of(({ scores }) => JSON.stringify(scores)),
          of(({ tokens }) => tokens?.inputTokens ?? null),
          of(({ tokens }) => tokens?.cachedInputTokens ?? null),
          of(({ tokens }) => tokens?.cacheWriteTokens ?? null),
          of(({ tokens }) => tokens?.outputTokens ?? null),
          of(({ tokens }) => tokens?.reasoningTokens ?? null),
          of(({ costPicoUsd }) => formatUsd(costPicoUsd)),
          of(({ durationMs }) => durationMs),
        ],
      });
      return new Set(inserted.map((row) => row.sample_id));
    },
    listMeasures: async (runId, from, limit) => (await rows<MeasureRow>('list-measures', measuresStatement, [runId, from, limit])).map(measureFromRow),
    listResults: async ({ runId, suiteId, outcome, slice, from, limit }) =>
      (await rows<ResultRow>('list', listStatement, [runId, suiteId, outcome ?? null, slice ?? null, from, limit])).map(resultFromRow),
    listPairs: ({ suiteId, baseline, candidate, from, until, limit }) => rows<StoredPair & pg.QueryResultRow>('list-pairs', pairsStatement, [suiteId, baseline, candidate, from, until, limit]),
    findFirstError: async (runId) =>
      (await rows<{ reason: string | null }>('find-first-error', `select reason from sample_result where run_id = $1 and outcome = 'error' order by position limit 1`, [runId]))[0]?.reason ?? null,
  };
}

const insertStatement = `
  insert into sample_result (run_id, sample_id, position, slice, job_id, output, outcome, score, parsed, reason, scores,
                             input_tokens, cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_usd, duration_ms)
  select $1, i.sample_id, i.position, i.slice, i.job_id, i.output::json, i.outcome, i.score, i.parsed, i.reason, i.scores::json,
         i.input_tokens, i.cached_input_tokens, i.cache_write_tokens, i.output_tokens, i.reasoning_tokens, i.cost_usd, i.duration_ms
  from unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::float8[], $9::bool[], $10::text[], $11::text[],
              $12::int[], $13::int[], $14::int[], $15::int[], $16::int[], $17::numeric[], $18::float8[])
    as i(sample_id, position, slice, job_id, output, outcome, score, parsed, reason, scores,
         input_tokens, cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_usd, duration_ms)
  on conflict do nothing
  returning sample_id`;

const measures = 'position, slice, score, parsed, input_tokens, cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_usd';

const measuresStatement = `select ${measures} from sample_result where run_id = $1 and position >= $2 order by position limit $3`;

const listStatement = `
  select r.*, s.sample from sample_result r join suite_sample s on s.suite_id = $2 and s.position = r.position
  where r.run_id = $1 and ($3::text is null or r.outcome = $3) and ($4::text is null or r.slice = $4) and r.position >= $5
  order by r.position limit $6`;

const pairsStatement = `
  select s.position, coalesce(b.slice, c.slice) as slice, b.score as baseline, c.score as candidate
  from suite_sample s
    left join sample_result b on b.run_id = $2 and b.sample_id = s.sample_id
    left join sample_result c on c.run_id = $3 and c.sample_id = s.sample_id
  where s.suite_id = $1 and s.position >= $4 and s.position < $5
  order by s.position limit $6`;
