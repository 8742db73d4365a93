import type { SampleResult } from '@weighbridge/evaluation-contracts';
import type { ResultWithSample, StoredSuite } from '@weighbridge/evaluation-data';
import { renderPrompt } from '@weighbridge/evaluation-domain';
import { formatUsd } from '@weighbridge/shared-domain';

/** The prompt is made from the suite again, which never changes, instead of being stored with every result. */
export const toSampleResult = (suite: StoredSuite, result: ResultWithSample): SampleResult => ({
  sampleId: result.sampleId,
  slice: result.slice,
  prompt: renderPrompt(suite.settings.prompt, result.sample.input),
  target: typeof result.sample.target === 'string' ? [result.sample.target] : result.sample.target,
  output: result.output,
  outcome: result.outcome,
  score: result.score,
  reason: result.reason,
  scores: [...result.scores],
  tokens: result.tokens,
  costUsd: formatUsd(result.costPicoUsd),
  durationMs: result.durationMs,
});
