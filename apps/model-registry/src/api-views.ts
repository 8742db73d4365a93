import type { AliasMove, AliasState, AuditEntry, ChangeRequest, BackendView, Deployment, DeploymentFacts, Download, Key, LicenseRevision, Model, ModelSummary, Policy, Project, Promotion, RegistrySnapshot, UseCase, Version, VersionSummary, Approval } from '@weighbridge/registry-contracts';
import type {
  AliasMoveRecord,
  AliasRecord,
  AliasStanding,
  ApprovalRecord,
  AuditRecord,
  ChangeRequestRecord,
  DeploymentRecord,
  DownloadRecord,
  LicenseRevisionRecord,
  ModelOverview,
  PolicyRecord,
  ProjectRecord,
  PromotionRecord,
  SnapshotRecord,
  StoredBackend,
  StoredKey,
  TagRecord,
  UseCaseRecord,
  VersionOverview,
  VersionRecord,
} from '@weighbridge/registry-data';
import { mayChange, sees } from './refusals.ts';
import { modelCard } from '@weighbridge/registry-domain';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import type { ProjectId } from '@weighbridge/shared-domain';
import type { z } from 'zod';

/** What is stored, as the API shows it: instants as text, secrets left out. */
const instant = (at: Date): string => at.toISOString();
const instantOrNull = (at: Date | null): string | null => at?.toISOString() ?? null;

export const projectView = ({ createdAt, ...project }: ProjectRecord): Project => ({ ...project, createdAt: instant(createdAt) });

export const keyView = (stored: StoredKey): Key => {
  const { digest: _, ...key } = stored;
  return { ...key, expiresAt: instantOrNull(key.expiresAt), revokedAt: instantOrNull(key.revokedAt), createdAt: instant(key.createdAt) };
};

export const policyView = ({ changedAt, ...policy }: PolicyRecord): Policy => ({ ...policy, changedAt: instant(changedAt) });

export const useCaseView = ({ createdAt, ...useCase }: UseCaseRecord): UseCase => ({ ...useCase, createdAt: instant(createdAt) });

const protectionView = (approvals: number | null) => (approvals === null ? null : { approvals });

const aliasView = ({ updatedAt, approvals, ...alias }: AliasRecord) => ({ ...alias, updatedAt: instant(updatedAt), protection: protectionView(approvals) });

export const aliasStateView = (model: string, name: string, { version, updatedAt, approvals }: AliasStanding): AliasState => ({ model, name, version, updatedAt: instantOrNull(updatedAt), protection: protectionView(approvals) });

/** Everyone sees where an alias of the organisation went; who moved it and why is for the project of that key, for the model's owner, and for the platform. */
export const aliasMoveView = ({ kind, at, beneathId: _, projectId, ...move }: AliasMoveRecord, caller: Caller, ownerId: ProjectId | null): AliasMove => {
  const known = sees(caller, projectId) || (ownerId !== null && sees(caller, ownerId));
  return { ...move, by: kind, at: instant(at), ...(known ? {} : { keyId: null, reason: null, promotionId: null, changeRequestId: null }) };
};

export const changeRequestView = (record: ChangeRequestRecord, now: Date): ChangeRequest => {
  const { verdicts, createdAt, expiresAt, ...request } = record;
  const shared = {
    id: request.id,
    status: request.status === 'open' && expiresAt <= now ? ('expired' as const) : request.status,
    projectId: request.projectId,
    requestedBy: request.requestedBy,
    reason: request.reason,
    approvalsNeeded: request.approvalsNeeded,
    verdicts: verdicts.map(({ at, approvalId: _, ...verdict }) => ({ ...verdict, at: instant(at) })),
    createdAt: instant(createdAt),
    expiresAt: instant(expiresAt),
  };
  if (request.kind === 'alias') return { ...shared, kind: 'alias', model: request.model, alias: request.alias, from: request.fromVersion, to: request.version, by: request.moveKind, gate: request.gate };
  const approvalId = verdicts.find((verdict) => verdict.approvalId !== null)?.approvalId ?? null;
  return { ...shared, kind: 'use', model: `${request.model}@${request.version}`, useCaseId: request.useCaseId, inputsDigest: request.inputsDigest, approvalId };
};

export const modelSummaryView = ({ createdAt, aliases, ownerId, ...model }: ModelOverview, caller: Caller): ModelSummary => ({
  ...model,
  aliases: aliases.map(aliasView),
  owner: sees(caller, ownerId) ? ownerId : null,
  mayChange: mayChange(caller, ownerId),
  createdAt: instant(createdAt),
});

export const versionSummaryView = ({ architecture, createdAt, ...version }: VersionOverview): z.infer<typeof VersionSummary> => ({
  ...version,
  parametersTotal: architecture === null ? null : modelCard(architecture).parametersTotal,
  createdAt: instant(createdAt),
});

export const modelView = (model: ModelOverview, newest: readonly VersionOverview[], caller: Caller): Model => ({
  ...modelSummaryView(model, caller),
  versions: newest.map(versionSummaryView),
  versionCount: model.versions,
});

export const versionView = ({ createdAt, ...version }: VersionRecord, tags: TagRecord): Version => ({ ...version, tags, createdAt: instant(createdAt) });

const backendView = (backend: StoredBackend): z.infer<typeof BackendView> => {
  if (backend.kind === 'llama-cpp') return backend;
  const { apiKeySealed, ...rest } = backend;
  return { ...rest, hasApiKey: apiKeySealed !== null };
};

export const deploymentView = ({ backend, createdAt, ...deployment }: DeploymentRecord): Deployment => ({ ...deployment, backend: backendView(backend), createdAt: instant(createdAt) });

export const approvalView = ({ model, version, expiresAt, createdAt, revokedAt, grounds: _, ...approval }: ApprovalRecord): Approval => ({
  ...approval,
  model: `${model}@${version}`,
  expiresAt: instant(expiresAt),
  createdAt: instant(createdAt),
  revokedAt: instantOrNull(revokedAt),
});

export const promotionView = ({ createdAt, ...promotion }: PromotionRecord): Promotion => ({ ...promotion, createdAt: instant(createdAt) });

/** Its place in the chain is for keys of the platform alone. */
export const auditView = ({ at, ...entry }: AuditRecord, caller: Pick<Caller, 'projectId'>): AuditEntry => ({
  ...entry,
  at: instant(at),
  ...(caller.projectId === null ? {} : { sequence: null, previousHash: null }),
});

const deploymentFacts = (stored: DeploymentRecord): DeploymentFacts => {
  const { createdAt: _, ...facts } = stored;
  return facts;
};

export const licenseRevisionView = ({ createdAt, ...revision }: LicenseRevisionRecord): LicenseRevision => ({ ...revision, withdrawn: revision.entry === null, createdAt: instant(createdAt) });

export const snapshotView = (snapshot: SnapshotRecord): RegistrySnapshot => ({
  ...snapshot,
  keys: snapshot.keys.map((key) => ({ ...key, expiresAt: instantOrNull(key.expiresAt) })),
  models: snapshot.models.map((model) => ({ ...model, createdAt: instant(model.createdAt) })),
  versions: snapshot.versions.map(({ model: _, version: __, ...facts }) => facts),
  deployments: snapshot.deployments.map(deploymentFacts),
  approvals: snapshot.approvals.map((approval) => ({ ...approval, expiresAt: instant(approval.expiresAt) })),
});

export const downloadView = ({ files, epoch: _, createdAt, finishedAt, ...download }: DownloadRecord): Download => ({
  ...download,
  files: files.map(({ expectedSha256: __, expectedBlobId: ___, ...file }) => file),
  createdAt: instant(createdAt),
  finishedAt: instantOrNull(finishedAt),
});
