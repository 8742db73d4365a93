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
export { createFileStore } from './file-store.ts';
export type { FileCompletion, FileFilter, FileStore, NewStoredFile, StoredFile } from './file-store.ts';
export { createBatchStore } from './batch-store.ts';
export type { BatchMove, BatchStore, NewStoredBatch, StoredBatch } from './batch-store.ts';
export { createIdempotencyStore } from './idempotency-store.ts';
export type { IdempotencyOutcome, IdempotencyScope, IdempotencyStart, IdempotencyStore, StoredReply } from './idempotency-store.ts';
export { createFactsStore, registryFactsName } from './facts-store.ts';
export type { FactsStore } from './facts-store.ts';
export { createWebhookStore } from './webhook-store.ts';
export type { DisabledReason, NewStoredWebhook, RotatedSecret, StoredWebhook, WebhookStore, WebhookUpdate } from './webhook-store.ts';
export { createWebhookDeliveryStore } from './webhook-delivery-store.ts';
export type { ClaimedDelivery, DeliveryFilter, DueDelivery, RecordedTry, StoredDelivery, StoredTry, WebhookDeliveryStore } from './webhook-delivery-store.ts';
