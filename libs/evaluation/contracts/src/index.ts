export { evaluationEndpoints } from './endpoints.ts';
export { evaluationQueues } from './queues.ts';
export { ComparisonReport, ComparisonRequest, Evidence, NewRun, NewSuite, Run, RunStatus, SampleOutcome, SampleResult, Suite, SuiteSummary } from './run.ts';
