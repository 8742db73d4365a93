export { evaluationEndpoints } from './endpoints.ts';
export { evaluationHousekeepingQueues, evaluationQueues } from './queues.ts';
export { ComparisonReport, ComparisonRequest, Evidence, NewRun, NewSuite, Run, RunStatus, SampleOutcome, SampleResult, ScorerResult, Suite, SuiteSummary } from './run.ts';
