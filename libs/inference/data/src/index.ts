export { createJobStore } from './create-job-store.ts';
export type {
  AdmittedJob,
  Claim,
  DispatchableJob,
  EndedJob,
  GroupProgress,
  HeldJob,
  JobCompletion,
  JobFilter,
  JobStore,
  JobSummaryCounts,
  JobSummaryRow,
  OutstandingCount,
} from './job-store.ts';
export type { NewStoredJob, StoredJob } from './stored-job.ts';
export { createMicroBatch } from './micro-batch.ts';
export type { MicroBatch, MicroBatchOptions } from './micro-batch.ts';
