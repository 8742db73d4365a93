export { Interval, IntervalMethod } from './interval.ts';
export { NormalizationProfile } from './normalization.ts';
export { MAX_SAMPLES, Metric, Sample, SuiteDefinition, sliceOf } from './suite.ts';
export { ScorerSpec } from './scorers/scorer-spec.ts';
export type { ScorerKind } from './scorers/scorer-spec.ts';
export { Score, unscored } from './scorers/score.ts';
export { CostPerCorrect, RunSummary, SliceSummary } from './run-summary.ts';
export { Comparison, NonInferiorityResult, SliceComparison } from './comparison.ts';
