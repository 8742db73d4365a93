import { z } from 'zod';

/** The prefix of each kind of id. An id is `<prefix>_<UUIDv7 as 32 hex digits>`, so ids of a kind sort by the time they were made. */
export const idPrefixes = {
  project: 'proj',
  key: 'key',
  useCase: 'uc',
  version: 'ver',
  deployment: 'dep',
  download: 'dl',
  approval: 'apr',
  promotion: 'prm',
  aliasMove: 'mov',
  changeRequest: 'chg',
  audit: 'aud',
  decision: 'dec',
  job: 'job',
  batch: 'batch',
  file: 'file',
  suite: 'suite',
  run: 'run',
  sample: 'smp',
  price: 'price',
  budget: 'bud',
  webhook: 'wh',
  webhookDelivery: 'whd',
  webhookEvent: 'evt',
  request: 'req',
} as const;

export type IdKind = keyof typeof idPrefixes;

const idSchema = <K extends IdKind, B extends string>(kind: K, _brand: B) =>
  z
    .string()
    // OpenAI's file ids use a dash, and clients look for it.
    .regex(new RegExp(`^${idPrefixes[kind]}${kind === 'file' ? '-' : '_'}[0-9a-f]{32}$`), `must be an id like ${idPrefixes[kind]}${kind === 'file' ? '-' : '_'}0197…`)
    .brand<B>();

export const ProjectId = idSchema('project', 'ProjectId');
export type ProjectId = z.infer<typeof ProjectId>;
export const KeyId = idSchema('key', 'KeyId');
export type KeyId = z.infer<typeof KeyId>;
export const UseCaseId = idSchema('useCase', 'UseCaseId');
export type UseCaseId = z.infer<typeof UseCaseId>;
export const VersionId = idSchema('version', 'VersionId');
export type VersionId = z.infer<typeof VersionId>;
export const DeploymentId = idSchema('deployment', 'DeploymentId');
export type DeploymentId = z.infer<typeof DeploymentId>;
export const DownloadId = idSchema('download', 'DownloadId');
export type DownloadId = z.infer<typeof DownloadId>;
export const ApprovalId = idSchema('approval', 'ApprovalId');
export type ApprovalId = z.infer<typeof ApprovalId>;
export const PromotionId = idSchema('promotion', 'PromotionId');
export type PromotionId = z.infer<typeof PromotionId>;
export const AliasMoveId = idSchema('aliasMove', 'AliasMoveId');
export type AliasMoveId = z.infer<typeof AliasMoveId>;
export const ChangeRequestId = idSchema('changeRequest', 'ChangeRequestId');
export type ChangeRequestId = z.infer<typeof ChangeRequestId>;
export const AuditId = idSchema('audit', 'AuditId');
export type AuditId = z.infer<typeof AuditId>;
export const JobId = idSchema('job', 'JobId');
export type JobId = z.infer<typeof JobId>;
export const BatchId = idSchema('batch', 'BatchId');
export type BatchId = z.infer<typeof BatchId>;
export const FileId = idSchema('file', 'FileId');
export type FileId = z.infer<typeof FileId>;
export const SuiteId = idSchema('suite', 'SuiteId');
export type SuiteId = z.infer<typeof SuiteId>;
export const RunId = idSchema('run', 'RunId');
export type RunId = z.infer<typeof RunId>;
export const PriceId = idSchema('price', 'PriceId');
export type PriceId = z.infer<typeof PriceId>;
export const BudgetId = idSchema('budget', 'BudgetId');
export type BudgetId = z.infer<typeof BudgetId>;
export const WebhookId = idSchema('webhook', 'WebhookId');
export type WebhookId = z.infer<typeof WebhookId>;
export const WebhookDeliveryId = idSchema('webhookDelivery', 'WebhookDeliveryId');
export type WebhookDeliveryId = z.infer<typeof WebhookDeliveryId>;

/** Puts a UUID (any spelling) under the prefix of its kind. Randomness and clock are the caller's: see `newId` in shared/adapters. */
export const idFromUuid = (kind: IdKind, uuid: string): string =>
  `${idPrefixes[kind]}${kind === 'file' ? '-' : '_'}${uuid.replaceAll('-', '').toLowerCase()}`;
