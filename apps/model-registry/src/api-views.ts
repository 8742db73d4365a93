import type { AuditEntry, BackendView, Deployment, DeploymentFacts, Key, Model, ModelSummary, Project, Promotion, RegistrySnapshot, UseCase, Version, Approval } from '@weighbridge/registry-contracts';
import type {
  AliasRecord,
  ApprovalRecord,
  AuditRecord,
  DeploymentRecord,
  ModelOverview,
  ProjectRecord,
  PromotionRecord,
  SnapshotRecord,
  StoredBackend,
  StoredKey,
  UseCaseRecord,
  VersionOverview,
  VersionRecord,
} from '@weighbridge/registry-data';
import { modelCard } from '@weighbridge/registry-domain';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import type { z } from 'zod';

/** What is stored, as the API shows it: instants as text, secrets left out. */
const instant = (at: Date): string => at.toISOString();
const instantOrNull = (at: Date | null): string | null => at?.toISOString() ?? null;

export const projectView = ({ createdAt, ...project }: ProjectRecord): Project => ({ ...project, createdAt: instant(createdAt) });

export const keyView = (stored: StoredKey): Key => {
  const { digest: _, ...key } = stored;
  return { ...key, expiresAt: instantOrNull(key.expiresAt), revokedAt: instantOrNull(key.revokedAt), createdAt: instant(key.createdAt) };
};

export const useCaseView = ({ createdAt, ...useCase }: UseCaseRecord): UseCase => ({ ...useCase, createdAt: instant(createdAt) });

export const aliasView = ({ updatedAt, ...alias }: AliasRecord) => ({ ...alias, updatedAt: instant(updatedAt) });

export const modelSummaryView = ({ createdAt, aliases, ...model }: ModelOverview): ModelSummary => ({ ...model, aliases: aliases.map(aliasView), createdAt: instant(createdAt) });

export const modelView = (model: ModelOverview, versions: readonly VersionOverview[]): Model => ({
  ...modelSummaryView(model),
  versions: versions.map(({ architecture, createdAt, ...version }) => ({
    ...version,
    parametersTotal: architecture === null ? null : modelCard(architecture).parametersTotal,
    createdAt: instant(createdAt),
  })),
});

export const versionView = ({ createdAt, ...version }: VersionRecord): Version => ({ ...version, createdAt: instant(createdAt) });

const backendView = (backend: StoredBackend): z.infer<typeof BackendView> => {
  if (backend.kind === 'llama-cpp') return backend;
  const { apiKeySealed, ...rest } = backend;
  return { ...rest, hasApiKey: apiKeySealed !== null };
};

export const deploymentView = ({ backend, createdAt, ...deployment }: DeploymentRecord): Deployment => ({ ...deployment, backend: backendView(backend), createdAt: instant(createdAt) });

export const approvalView = ({ model, version, expiresAt, createdAt, ...approval }: ApprovalRecord): Approval => ({
  ...approval,
  model: `${model}@${version}`,
  expiresAt: instant(expiresAt),
  createdAt: instant(createdAt),
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

export const snapshotView = (snapshot: SnapshotRecord): RegistrySnapshot => ({
  ...snapshot,
  keys: snapshot.keys.map((key) => ({ ...key, expiresAt: instantOrNull(key.expiresAt) })),
  models: snapshot.models.map((model) => ({ ...model, createdAt: instant(model.createdAt) })),
  versions: snapshot.versions.map(({ model: _, version: __, ...facts }) => facts),
  deployments: snapshot.deployments.map(deploymentFacts),
  approvals: snapshot.approvals.map((approval) => ({ ...approval, expiresAt: instant(approval.expiresAt) })),
  licenses: [],
  countedUsers: [],
});
