export { Interval, IntervalMethod } from './interval.ts';
export { NormalizationProfile, normalize, prepareOutput } from './normalization.ts';
export { renderPrompt, templatePlaceholders } from './prompt-template.ts';
export { MAX_SAMPLES, Metric, Sample, SuiteDefinition, sliceOf } from './suite.ts';
export { samplesFromJsonl } from './samples-jsonl.ts';
export type { LineFault, SamplesFromJsonl } from './samples-jsonl.ts';
export { ScorerSpec } from './scorers/scorer-spec.ts';
export type { ScorerKind } from './scorers/scorer-spec.ts';
export { Score, unscored } from './scorers/score.ts';
export { score, scorerName, scorers } from './scorers/scorers.ts';
export type { ScoreInput } from './scorers/scorers.ts';
export type { Scorer } from './scorers/scorer.ts';
export { CostPerCorrect, RunSummary, SliceSummary, createRunAccumulator, summariseRun } from './run-summary.ts';
export type { RunAccumulator, SampleOutcome } from './run-summary.ts';
export { Comparison, NonInferiorityResult, SliceComparison } from './comparison.ts';
export { compareRuns, createRunComparison } from './compare-runs.ts';
export type { ComparedRuns, PairedOutcome, RunComparison } from './compare-runs.ts';
export { accuracyInterval, addScore, noScores } from './accuracy-interval.ts';
export type { ScoreTally } from './accuracy-interval.ts';
export { wilsonInterval, wilsonLowerBound } from './statistics/wilson-interval.ts';
export { meanInterval } from './statistics/mean-interval.ts';
export { addToMoments, momentsOf, momentsOfDiscordance, noMoments, standardError } from './statistics/moments.ts';
export type { Moments } from './statistics/moments.ts';
export { clusteredStandardError } from './statistics/clustered-standard-error.ts';
export type { ClusteredError, ClusteredValue } from './statistics/clustered-standard-error.ts';
export { differenceTest, pairedDifference } from './statistics/paired-difference.ts';
export type { DifferenceTest, PairedDifference, ScorePair } from './statistics/paired-difference.ts';
export { mcnemarExact, mcnemarMidP } from './statistics/mcnemar.ts';
export { tangoLowerBound, tangoUpperBound } from './statistics/tango-bound.ts';
export type { DiscordantPairs } from './statistics/tango-bound.ts';
export { nonInferiority } from './statistics/non-inferiority.ts';
export type { DifferenceEvidence, NonInferiority } from './statistics/non-inferiority.ts';
export { benjaminiHochberg, holm } from './statistics/holm.ts';
export {
  DEFAULT_DISCORDANCE,
  differenceDeviation,
  minimumDetectableEffect,
  minimumNonInferiorityMargin,
  samplesForDifference,
  samplesForMcNemar,
  samplesForNonInferiority,
} from './statistics/sample-size.ts';
export type { SampleSize } from './statistics/sample-size.ts';
export { addSampleCost, costPerCorrect, noCost } from './statistics/cost-per-correct.ts';
export type { CostPerCorrectEstimate, CostTotals } from './statistics/cost-per-correct.ts';
export { normalCdf, normalQuantile } from './statistics/normal-distribution.ts';
