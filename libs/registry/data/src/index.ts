export { openRegistry } from './open-registry.ts';
export type { Changed, Registry, RegistryChange, Repositories } from './open-registry.ts';
export type {
  AliasMoveRecord,
  AliasRecord,
  AliasRequestRecord,
  ApprovalRecord,
  AuditRecord,
  ChangeRequestRecord,
  DecisionRecord,
  DeploymentBlockRecord,
  DeploymentRecord,
  EndUserCountRecord,
  EndUserWarningRecord,
  DownloadRecord,
  LineageRecord,
  ModelOverview,
  ModelRecord,
  NewAuditRecord,
  PageRequest,
  PolicyRecord,
  ProjectRecord,
  PromotionRecord,
  StoredBackend,
  StoredKey,
  UseCaseRecord,
  UseRequestRecord,
  VerdictRecord,
  VersionOverview,
  VersionRecord,
} from './records.ts';
export type { DescribedVersion, PublisherVerificationRecord, VersionKey } from './repositories/versions.ts';
export type { AliasStanding } from './repositories/aliases.ts';
export type { AuditFilter, AuditVerdict } from './repositories/audit.ts';
export type { SnapshotRecord } from './repositories/snapshot.ts';
export type { DownloadProgress, DownloadRepository } from './repositories/downloads.ts';
export type { LicenseRepository, LicenseRevisionRecord } from './repositories/licenses.ts';
export type { MlflowComparator, MlflowCondition, MlflowModelRecord, MlflowSearch, MlflowVersionRecord } from './repositories/mlflow.ts';
export { searchCursor } from './repositories/search.ts';
export type { FoundVersionRecord, VersionFilter, VersionOrder } from './repositories/search.ts';
export type { TagRecord } from './repositories/tags.ts';
export type { PendingVersion, TermsRecord } from './repositories/terms.ts';
export type { ApprovalInForce, DeploymentPlace } from './repositories/usage.ts';
