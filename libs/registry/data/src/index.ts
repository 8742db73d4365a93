export { openRegistry } from './open-registry.ts';
export type { Changed, Registry, RegistryChange, Repositories } from './open-registry.ts';
export type {
  AliasRecord,
  ApprovalRecord,
  AuditRecord,
  DecisionRecord,
  DeploymentRecord,
  DownloadRecord,
  LineageRecord,
  ModelOverview,
  ModelRecord,
  NewAuditRecord,
  PageRequest,
  ProjectRecord,
  PromotionRecord,
  StoredBackend,
  StoredKey,
  UseCaseRecord,
  VersionOverview,
  VersionRecord,
} from './records.ts';
export type { VersionKey } from './repositories/versions.ts';
export type { AuditVerdict } from './repositories/audit.ts';
export type { SnapshotRecord } from './repositories/snapshot.ts';
export type { DownloadProgress, DownloadRepository } from './repositories/downloads.ts';
