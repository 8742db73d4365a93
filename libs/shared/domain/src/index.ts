export { AppError, errorCodes, isErrorCode } from './errors.ts';
export type { AppErrorOptions, ErrorCode, FieldFault } from './errors.ts';
export {
  AliasMoveId,
  ApprovalId,
  AuditId,
  BatchId,
  BudgetId,
  ChangeRequestId,
  DeploymentId,
  DownloadId,
  FileId,
  JobId,
  KeyId,
  PriceId,
  ProjectId,
  PromotionId,
  RunId,
  SuiteId,
  UseCaseId,
  VersionId,
  WebhookDeliveryId,
  WebhookId,
  idFromUuid,
  idPrefixes,
} from './ids.ts';
export type { IdKind } from './ids.ts';
export { PicoUsd, SignedUsdAmount, UsdAmount, formatUsd, parseUsd, picoUsd, sumUsd, zeroUsd } from './money.ts';
export { Role, roleIncludes, roles } from './roles.ts';
export type { EndpointRole } from './roles.ts';
export { AliasName, ModelName, ModelReference, ProjectName, SuiteName, Tags, VersionName, parseModelReference } from './names.ts';
export type { ParsedModelReference } from './names.ts';
export { BudgetPeriod, Instant, budgetPeriods, monthsBefore, periodKey } from './time.ts';
export type { TimeRange } from './time.ts';
export { canonicalJson } from './canonical-json.ts';
export { jsonFault } from './json-fault.ts';
export { TokenUsage, noTokens, totalInputTokens } from './token-usage.ts';
