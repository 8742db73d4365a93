export { createEvaluationStore } from './evaluation-store.ts';
export type { EvaluationStore } from './evaluation-store.ts';
export type { SamplePage, SuiteFilter, SuiteStore } from './suite-store.ts';
export { SuiteSettings } from './stored-suite.ts';
export type { NewStoredSuite, PlacedSample, StoredSuite } from './stored-suite.ts';
export type { RunClaim, RunEnd, RunFilter, RunProgress, RunStore } from './run-store.ts';
export type { NewStoredRun, StoredRun, StoredRunStatus } from './stored-run.ts';
export type { ResultFilter, ResultStore } from './result-store.ts';
export type { PairPage, ResultWithSample, StoredMeasure, StoredOutcome, StoredPair, StoredResult, StoredScore } from './stored-result.ts';
