import { Architecture, Decision, GateConditions, GateResult, HostRegion, LicenseFinding, LineageRelation, PolicyName, UseCaseFacts, UseCaseLabels } from '@weighbridge/registry-domain';
import { AliasMoveId, AliasName, ApprovalId, AuditId, ChangeRequestId, DeploymentId, DownloadId, KeyId, ModelName, ProjectId, PromotionId, Role, UseCaseId, VersionId, VersionName } from '@weighbridge/shared-domain';
import { z } from 'zod';

/** What the repositories give and take. Instants are Dates here; the app writes them as ISO strings. */
export const ProjectRecord = z.object({ id: ProjectId, name: z.string(), unknownPricePolicy: z.enum(['deny', 'flag']), createdAt: z.date() });
export type ProjectRecord = z.infer<typeof ProjectRecord>;

export const StoredKey = z.object({
  id: KeyId,
  /** Null: a key of the platform. */
  projectId: ProjectId.nullable(),
  useCaseId: UseCaseId.nullable(),
  name: z.string(),
  role: Role,
  /** SHA-256 of the key, hex. */
  digest: z.string(),
  hint: z.string(),
  requestsPerMinute: z.int().nullable(),
  expiresAt: z.date().nullable(),
  revokedAt: z.date().nullable(),
  createdAt: z.date(),
  /** Null: the installation. */
  createdBy: KeyId.nullable(),
});
export type StoredKey = z.infer<typeof StoredKey>;

export const UseCaseRecord = z.object({ id: UseCaseId, projectId: ProjectId, name: z.string(), description: z.string().nullable(), facts: UseCaseFacts, labels: UseCaseLabels, createdAt: z.date() });
export type UseCaseRecord = z.infer<typeof UseCaseRecord>;

/** `approvals`: of how many other keys a move needs; null: not protected. */
export const AliasRecord = z.object({ name: AliasName, version: VersionName, updatedAt: z.date(), approvals: z.int().nullable() });
export type AliasRecord = z.infer<typeof AliasRecord>;

export const ModelRecord = z.object({ name: ModelName, publisher: z.string(), description: z.string().nullable(), /** Null: the organisation's. */ ownerId: ProjectId.nullable(), createdAt: z.date() });
export type ModelRecord = z.infer<typeof ModelRecord>;

export const ModelOverview = ModelRecord.extend({
  versions: z.int(),
  /** The one registered last. */
  latestVersion: VersionName.nullable(),
  /** Of all versions, each once; null among them: a licence that was not recognised. */
  licenses: z.array(z.string().nullable()),
  aliases: z.array(AliasRecord),
  deployed: z.boolean(),
});
export type ModelOverview = z.infer<typeof ModelOverview>;

export const BaseModelRecord = z.object({ model: ModelName, version: VersionName, relation: LineageRelation });

export const VersionRecord = z.object({
  id: VersionId,
  model: ModelName,
  publisher: z.string(),
  version: VersionName,
  license: z.string().nullable(),
  licenseDeclared: z.string().nullable(),
  /** `YYYY-MM-DD` */
  releasedOn: z.string().nullable(),
  multimodal: z.boolean().nullable(),
  publisherVerified: z.boolean(),
  conflictingLicenses: z.array(z.string()),
  baseModels: z.array(BaseModelRecord),
  architecture: Architecture.nullable(),
  artifacts: z.array(z.object({ fileName: z.string(), format: z.enum(['gguf', 'safetensors', 'other']), bytes: z.number(), sha256: z.string(), quantization: z.string().nullable() })),
  sources: z.array(z.object({ title: z.string(), url: z.string().nullable(), retrievedOn: z.string().nullable() })),
  provenance: z.array(z.object({ field: z.string(), readFrom: z.string(), value: z.string() })),
  /** By name, which artifacts were found and had their digest when the version was registered, and which were not there. */
  artifactChecks: z.array(z.object({ fileName: z.string(), state: z.enum(['matched', 'absent']) })),
  /** Why a licence text that was declared is no licence for sure; null: it is, or none was. */
  licenseFinding: LicenseFinding.nullable(),
  /** SHA-256 of the canonical content. */
  digest: z.string(),
  createdAt: z.date(),
});
export type VersionRecord = z.infer<typeof VersionRecord>;

export const VersionOverview = z.object({ id: VersionId, version: VersionName, license: z.string().nullable(), releasedOn: z.string().nullable(), architecture: Architecture.nullable(), createdAt: z.date() });
export type VersionOverview = z.infer<typeof VersionOverview>;

export const LineageRecord = z.object({
  id: VersionId,
  /** `name@version` */
  ref: z.string(),
  model: ModelName,
  version: VersionName,
  publisher: z.string(),
  license: z.string().nullable(),
  releasedOn: z.string().nullable(),
  multimodal: z.boolean().nullable(),
  /** Somebody who may vouches for the publisher. */
  publisherVerified: z.boolean(),
  conflictingLicenses: z.array(z.string()),
  baseModels: z.array(z.object({ ref: z.string(), relation: LineageRelation })),
});
export type LineageRecord = z.infer<typeof LineageRecord>;

const httpBackend = { baseUrl: z.string(), upstreamModel: z.string() };
export const StoredBackend = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('openai'), ...httpBackend, apiKeySealed: z.string().nullable() }),
  z.object({ kind: z.literal('anthropic'), ...httpBackend, apiKeySealed: z.string().nullable() }),
  z.object({ kind: z.literal('llama-cpp'), artifact: z.string(), sha256: z.string() }),
]);
export type StoredBackend = z.infer<typeof StoredBackend>;

/** Comes before the status that was set. */
export const DeploymentBlockRecord = z.object({ reason: z.literal('artifact_mismatch'), artifact: z.string(), registeredSha256: z.string(), foundSha256: z.string(), at: z.string() });
export type DeploymentBlockRecord = z.infer<typeof DeploymentBlockRecord>;

export const DeploymentRecord = z.object({
  id: DeploymentId,
  model: ModelName,
  version: VersionName,
  pool: z.string(),
  weight: z.int(),
  concurrency: z.int(),
  contextLength: z.int().nullable(),
  defaultMaxOutputTokens: z.int(),
  /** Null: not known. */
  hostedIn: HostRegion.nullable(),
  status: z.enum(['active', 'paused', 'blocked']),
  block: DeploymentBlockRecord.nullable(),
  backend: StoredBackend,
  createdAt: z.date(),
});
export type DeploymentRecord = z.infer<typeof DeploymentRecord>;

export const DownloadRecord = z.object({
  id: DownloadId,
  repo: z.string(),
  revision: z.string(),
  commit: z.string(),
  /** Relative to the model folder. */
  folder: z.string(),
  state: z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']),
  files: z.array(
    z.object({
      fileName: z.string(),
      bytes: z.number(),
      downloadedBytes: z.number(),
      /** As the Hub states it; null for small files outside of its large file storage. */
      expectedSha256: z.string().nullable(),
      /** Git's digest of a small file; null where `expectedSha256` is known. */
      expectedBlobId: z.string().nullable(),
      /** Of what was downloaded, once it is whole and checked. */
      sha256: z.string().nullable(),
    }),
  ),
  bytes: z.number(),
  downloadedBytes: z.number(),
  error: z.string().nullable(),
  /** How often somebody took it up. */
  epoch: z.int(),
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
});
export type DownloadRecord = z.infer<typeof DownloadRecord>;

export const ApprovalRecord = z.object({
  id: ApprovalId,
  projectId: ProjectId,
  useCaseId: UseCaseId,
  model: ModelName,
  version: VersionName,
  reason: z.string(),
  approvedBy: z.string(),
  /** Of `approvalGrounds`; null: from before they were kept. */
  grounds: z.array(z.string()).nullable(),
  expiresAt: z.date(),
  createdAt: z.date(),
  revokedAt: z.date().nullable(),
  revokedBy: KeyId.nullable(),
});
export type ApprovalRecord = z.infer<typeof ApprovalRecord>;

export const PromotionRecord = z.object({
  id: PromotionId,
  model: ModelName,
  version: VersionName,
  alias: AliasName,
  projectId: ProjectId,
  useCaseId: UseCaseId,
  conditions: GateConditions,
  result: GateResult,
  promoted: z.boolean(),
  changeRequestId: ChangeRequestId.nullable(),
  createdAt: z.date(),
});
export type PromotionRecord = z.infer<typeof PromotionRecord>;

export const AliasMoveRecord = z.object({
  id: AliasMoveId,
  model: ModelName,
  alias: AliasName,
  from: VersionName.nullable(),
  to: VersionName.nullable(),
  kind: z.enum(['set', 'promotion', 'rollback', 'removal']),
  /** The move that a rollback leads back to. */
  beneathId: AliasMoveId.nullable(),
  keyId: KeyId.nullable(),
  /** Of the key. */
  projectId: ProjectId.nullable(),
  reason: z.string().nullable(),
  promotionId: PromotionId.nullable(),
  changeRequestId: ChangeRequestId.nullable(),
  at: z.date(),
});
export type AliasMoveRecord = z.infer<typeof AliasMoveRecord>;

export const VerdictRecord = z.object({ keyId: KeyId, verdict: z.enum(['approved', 'rejected', 'withdrawn']), reason: z.string().nullable(), approvalId: ApprovalId.nullable(), at: z.date() });
export type VerdictRecord = z.infer<typeof VerdictRecord>;

const requestFields = {
  id: ChangeRequestId,
  /** Whoever reads it compares `expiresAt`: an open one may have expired. */
  status: z.enum(['open', 'approved', 'rejected', 'withdrawn']),
  projectId: ProjectId.nullable(),
  requestedBy: KeyId,
  reason: z.string().nullable(),
  model: ModelName,
  approvalsNeeded: z.int(),
  verdicts: z.array(VerdictRecord),
  createdAt: z.date(),
  expiresAt: z.date(),
};
export const AliasRequestRecord = z.object({
  ...requestFields,
  kind: z.literal('alias'),
  alias: AliasName,
  fromVersion: VersionName.nullable(),
  version: VersionName.nullable(),
  moveKind: AliasMoveRecord.shape.kind,
  gate: GateConditions.nullable(),
});
export type AliasRequestRecord = z.infer<typeof AliasRequestRecord>;
export const UseRequestRecord = z.object({ ...requestFields, kind: z.literal('use'), version: VersionName, useCaseId: UseCaseId, inputsDigest: z.string() });
export type UseRequestRecord = z.infer<typeof UseRequestRecord>;
export const ChangeRequestRecord = z.discriminatedUnion('kind', [AliasRequestRecord, UseRequestRecord]);
export type ChangeRequestRecord = z.infer<typeof ChangeRequestRecord>;

export const PolicyRecord = z.object({
  name: PolicyName,
  revision: z.int(),
  text: z.string(),
  description: z.string().nullable(),
  enabled: z.boolean(),
  changedBy: KeyId.nullable(),
  changedAt: z.date(),
});
export type PolicyRecord = z.infer<typeof PolicyRecord>;

export const EndUserCountRecord = z.object({
  /** `*`: all together. */
  family: z.string(),
  /** `YYYY-MM` */
  month: z.string(),
  users: z.int(),
  /** What decisions are made with. */
  inForce: z.int(),
  reportedAt: z.date(),
});
export type EndUserCountRecord = z.infer<typeof EndUserCountRecord>;

export const EndUserWarningRecord = z.object({ family: z.string(), month: z.string(), license: z.string(), clause: z.string(), threshold: z.int(), /** Percent. */ step: z.int(), warnedAt: z.date() });
export type EndUserWarningRecord = z.infer<typeof EndUserWarningRecord>;

export const DecisionRecord = z.object({
  inputsDigest: z.string(),
  /** `name@version` */
  model: z.string(),
  /** Everything that the decision was made from; `inputsDigest` is the SHA-256 of its canonical JSON. */
  inputs: z.unknown(),
  decision: Decision,
  decidedAt: z.date(),
});
export type DecisionRecord = z.infer<typeof DecisionRecord>;

export const AuditRecord = z.object({
  sequence: z.int(),
  id: AuditId,
  at: z.date(),
  actorKeyId: KeyId.nullable(),
  projectId: ProjectId.nullable(),
  action: z.string(),
  subject: z.string(),
  details: z.record(z.string(), z.unknown()),
  previousHash: z.string(),
  hash: z.string(),
});
export type AuditRecord = z.infer<typeof AuditRecord>;

/** One act, as the caller tells it; place and hash in the chain are added. */
export type NewAuditRecord = Omit<AuditRecord, 'sequence' | 'previousHash' | 'hash'>;

/** A part of a list: at most `limit` records that follow `after`, the cursor of the last one seen. */
export interface PageRequest {
  readonly limit: number;
  readonly after: string | undefined;
}
