import { parseUsd } from '@weighbridge/shared-domain';
import type { PicoUsd, RunId, TokenUsage } from '@weighbridge/shared-domain';
import { Sample } from '@weighbridge/evaluation-domain';
import { z } from 'zod';

export const StoredOutcome = z.enum(['correct', 'incorrect', 'error']);
export type StoredOutcome = z.infer<typeof StoredOutcome>;

/** What one scorer of the suite said. */
export const StoredScore = z.object({
  /** With its version: `exact_match@1`. */
  scorer: z.string(),
  score: z.number().nullable(),
  parsed: z.boolean().nullable(),
  /** The piece of the output that was compared. */
  extracted: z.string().nullable(),
  reason: z.string().nullable(),
});
export type StoredScore = z.infer<typeof StoredScore>;

/** What became of one sample; written once. */
export interface StoredResult {
  readonly sampleId: string;
  readonly position: number;
  readonly slice: string | null;
  /** The job at the gateway; null for a sample that was refused. */
  readonly jobId: string | null;
  readonly output: string | null;
  readonly outcome: StoredOutcome;
  /** Of the first scorer, 0 to 1; null exactly when the outcome is `error`. */
  readonly score: number | null;
  readonly parsed: boolean | null;
  readonly reason: string | null;
  readonly scores: readonly StoredScore[];
  readonly tokens: TokenUsage | null;
  readonly costPicoUsd: PicoUsd;
  readonly durationMs: number | null;
}

/** A result beside its sample, as lists show it. */
export interface ResultWithSample extends StoredResult {
  readonly sample: Sample;
}

/** The part of a result that a summary is made of. */
export type StoredMeasure = Pick<StoredResult, 'position' | 'slice' | 'score' | 'parsed' | 'tokens' | 'costPicoUsd'>;

/** One sample in two runs of suites with the same content. */
export interface StoredPair {
  readonly position: number;
  readonly slice: string | null;
  readonly baseline: number | null;
  readonly candidate: number | null;
}

export interface PairPage {
  readonly suiteId: string;
  readonly baseline: RunId;
  readonly candidate: RunId;
  readonly from: number;
  readonly until: number;
  readonly limit: number;
}

interface TokenRow {
  readonly input_tokens: number | null;
  readonly cached_input_tokens: number | null;
  readonly cache_write_tokens: number | null;
  readonly output_tokens: number | null;
  readonly reasoning_tokens: number | null;
}

export interface MeasureRow extends TokenRow {
  readonly position: number;
  readonly slice: string | null;
  readonly score: number | null;
  readonly parsed: boolean | null;
  readonly cost_usd: string;
}

export interface ResultRow extends MeasureRow {
  readonly sample_id: string;
  readonly job_id: string | null;
  readonly output: unknown;
  readonly outcome: string;
  readonly reason: string | null;
  readonly scores: unknown;
  readonly duration_ms: number | null;
  readonly sample: unknown;
}

const tokensFromRow = (row: TokenRow): TokenUsage | null =>
  row.input_tokens === null
    ? null
    : {
        inputTokens: row.input_tokens,
        cachedInputTokens: row.cached_input_tokens ?? 0,
        cacheWriteTokens: row.cache_write_tokens ?? 0,
        outputTokens: row.output_tokens ?? 0,
        reasoningTokens: row.reasoning_tokens ?? 0,
      };

export const measureFromRow = (row: MeasureRow): StoredMeasure => ({
  position: row.position,
  slice: row.slice,
  score: row.score,
  parsed: row.parsed,
  tokens: tokensFromRow(row),
  costPicoUsd: parseUsd(row.cost_usd),
});

export const resultFromRow = (row: ResultRow): ResultWithSample => ({
  ...measureFromRow(row),
  sampleId: row.sample_id,
  jobId: row.job_id,
  output: z.string().nullable().parse(row.output),
  outcome: StoredOutcome.parse(row.outcome),
  reason: row.reason,
  scores: z.array(StoredScore).parse(row.scores),
  durationMs: row.duration_ms,
  sample: Sample.parse(row.sample),
});
