import type { PlacedSample, StoredResult, StoredSuite } from '@weighbridge/evaluation-data';
import { score, sliceOf } from '@weighbridge/evaluation-domain';
import type { FinishedJob } from '@weighbridge/inference-contracts';
import { parseUsd, zeroUsd } from '@weighbridge/shared-domain';

type SuiteToScore = Pick<StoredSuite, 'settings' | 'scorers'>;

/** The result of a finished job. A job without an answer is no answer of the model's: it has no score, and never becomes a 0. */
export function scoreSample(suite: SuiteToScore, { position, sample }: PlacedSample, job: FinishedJob): StoredResult {
  const { settings } = suite;
  const measured = {
    sampleId: sample.id,
    position,
    slice: sliceOf(settings, sample),
    jobId: job.jobId,
    output: job.text,
    tokens: job.tokens,
    costPicoUsd: parseUsd(job.costUsd),
    durationMs: job.durationMs,
  };
  if (job.status !== 'succeeded') {
    const reason = job.error === null ? `job.${job.status}` : `${job.error.code}: ${job.error.message}`;
    return { ...measured, outcome: 'error', score: null, parsed: null, reason, scores: [] };
  }
  const scores = settings.scorers.map((spec, index) => {
    const { score: value, parsed, extracted, reason } = score(spec, { output: job.text ?? '', target: sample.target, choices: sample.choices, stripReasoning: settings.stripReasoning });
    return { scorer: suite.scorers[index] ?? spec.kind, score: value, parsed, extracted, reason };
  });
  const first = scores[0];
  const value = first?.score ?? null;
  return { ...measured, outcome: value === null ? 'error' : value === 1 ? 'correct' : 'incorrect', score: value, parsed: first?.parsed ?? null, reason: first?.reason ?? null, scores };
}

/** The result of a sample that the gateway refused: nothing was called and nothing spent. */
export const refusedSample = (suite: SuiteToScore, { position, sample }: PlacedSample, refusal: { readonly code: string; readonly message: string }): StoredResult => ({
  sampleId: sample.id,
  position,
  slice: sliceOf(suite.settings, sample),
  jobId: null,
  output: null,
  outcome: 'error',
  score: null,
  parsed: null,
  reason: `${refusal.code}: ${refusal.message}`,
  scores: [],
  tokens: null,
  costPicoUsd: zeroUsd,
  durationMs: null,
});
