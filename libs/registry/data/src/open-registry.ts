import { createPrismaAdapter } from '@weighbridge/shared-data';
import type pg from 'pg';
import { Prisma, PrismaClient } from './generated/client.ts';
import type { NewAuditRecord } from './records.ts';
import { createAliasRepository } from './repositories/aliases.ts';
import type { AliasRepository } from './repositories/aliases.ts';
import { appendAudit, createAuditRepository } from './repositories/audit.ts';
import type { AuditRepository } from './repositories/audit.ts';
import { createChangeRequestRepository } from './repositories/change-requests.ts';
import type { ChangeRequestRepository } from './repositories/change-requests.ts';
import { createApprovalRepository, createDecisionRepository, createPromotionRepository } from './repositories/decisions.ts';
import type { ApprovalRepository, DecisionRepository, PromotionRepository } from './repositories/decisions.ts';
import { createDeploymentRepository } from './repositories/deployments.ts';
import type { DeploymentRepository } from './repositories/deployments.ts';
import { createDownloadRepository } from './repositories/downloads.ts';
import type { DownloadRepository } from './repositories/downloads.ts';
import { createEndUserRepository } from './repositories/end-users.ts';
import type { EndUserRepository } from './repositories/end-users.ts';
import { createLineageRepository } from './repositories/lineage.ts';
import type { LineageRepository } from './repositories/lineage.ts';
import { createLicenseRepository } from './repositories/licenses.ts';
import type { LicenseRepository } from './repositories/licenses.ts';
import { createMlflowRepository } from './repositories/mlflow.ts';
import type { MlflowRepository } from './repositories/mlflow.ts';
import { createModelRepository } from './repositories/models.ts';
import type { ModelRepository } from './repositories/models.ts';
import { createPolicyRepository } from './repositories/policies.ts';
import type { PolicyRepository } from './repositories/policies.ts';
import { createKeyRepository, createProjectRepository, createUseCaseRepository } from './repositories/projects.ts';
import type { KeyRepository, ProjectRepository, UseCaseRepository } from './repositories/projects.ts';
import { createSearchRepository } from './repositories/search.ts';
import type { SearchRepository } from './repositories/search.ts';
import type { Session } from './repositories/session.ts';
import { readSnapshot } from './repositories/snapshot.ts';
import type { SnapshotRecord } from './repositories/snapshot.ts';
import { createTagRepository } from './repositories/tags.ts';
import type { TagRepository } from './repositories/tags.ts';
import { createTermsRepository } from './repositories/terms.ts';
import type { TermsRepository } from './repositories/terms.ts';
import { createUsageRepository } from './repositories/usage.ts';
import type { UsageRepository } from './repositories/usage.ts';
import { createVersionRepository } from './repositories/versions.ts';
import type { VersionRepository } from './repositories/versions.ts';
import { serialised } from './serialised.ts';

export interface Repositories {
  readonly projects: ProjectRepository;
  readonly keys: KeyRepository;
  readonly useCases: UseCaseRepository;
  readonly licenses: LicenseRepository;
  readonly models: ModelRepository;
  readonly versions: VersionRepository;
  readonly lineage: LineageRepository;
  readonly terms: TermsRepository;
  readonly search: SearchRepository;
  readonly tags: TagRepository;
  readonly usage: UsageRepository;
  readonly deployments: DeploymentRepository;
  readonly downloads: DownloadRepository;
  readonly decisions: DecisionRepository;
  readonly policies: PolicyRepository;
  readonly endUsers: EndUserRepository;
  readonly approvals: ApprovalRepository;
  readonly promotions: PromotionRepository;
  readonly aliases: AliasRepository;
  readonly changeRequests: ChangeRequestRepository;
  readonly mlflow: MlflowRepository;
  readonly audit: AuditRepository;
}

/** What work inside a change may use. Nothing may be written without a record of it. */
export interface RegistryChange extends Repositories {
  /** Appends to the audit log. A change that records something raises the revision. */
  readonly record: (entry: NewAuditRecord) => Promise<void>;
}

export interface Changed<T> {
  readonly value: T;
  /** The revision after it; null: nothing was recorded, so nothing has changed. */
  readonly revision: number | null;
}

export interface Registry extends Repositories {
  /**
   * Runs `work` in one transaction, one change at a time over all processes: it sees every earlier change, and the audit log is one chain in
   * the order of the commits. Work must not wait for anything but the database.
   */
  readonly change: <T>(work: (change: RegistryChange) => Promise<T>) => Promise<Changed<T>>;
  /** Grows with every change. */
  readonly revision: () => Promise<number>;
  /** All at one moment. */
  readonly snapshot: (at: Date) => Promise<SnapshotRecord>;
  readonly close: () => Promise<void>;
}

const mostWaitMs = 15_000;
const mostChangeMs = 30_000;

/** The registry on a pool whose search path is the schema `registry`. Closing it leaves the pool open. */
export function openRegistry(pool: pg.Pool): Registry {
  const client = new PrismaClient({ adapter: createPrismaAdapter(pool, 'registry') });
  // Changes of this process queue here, so that those waiting for the lock hold one connection and not all.
  const oneAtATime = serialised();

  const change = <T>(work: (change: RegistryChange) => Promise<T>): Promise<Changed<T>> =>
    oneAtATime(() =>
      client.$transaction(
        async (session) => {
          await session.$executeRaw`select pg_advisory_xact_lock(hashtextextended('weighbridge.registry.change', 0))`;
          let recorded = false;
          const record = async (entry: NewAuditRecord) => {
            await appendAudit(session, entry);
            recorded = true;
          };
          const value = await work({ ...repositoriesOf(session), record });
          if (!recorded) return { value, revision: null };
          const { revision } = await session.registryState.update({ where: { id: 1 }, data: { revision: { increment: 1 } } });
          return { value, revision: Number(revision) };
        },
        { maxWait: mostWaitMs, timeout: mostChangeMs },
      ),
    );

  return {
    ...repositoriesOf(client),
    change,
    revision: async () => Number((await client.registryState.findUniqueOrThrow({ where: { id: 1 } })).revision),
    snapshot: (at) =>
      client.$transaction((session) => readSnapshot(session, at), { isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead, maxWait: mostWaitMs, timeout: mostChangeMs }),
    close: () => client.$disconnect(),
  };
}

const repositoriesOf = (session: Session): Repositories => ({
  projects: createProjectRepository(session),
  keys: createKeyRepository(session),
  useCases: createUseCaseRepository(session),
  licenses: createLicenseRepository(session),
  models: createModelRepository(session),
  versions: createVersionRepository(session),
  lineage: createLineageRepository(session),
  terms: createTermsRepository(session),
  search: createSearchRepository(session),
  tags: createTagRepository(session),
  usage: createUsageRepository(session),
  deployments: createDeploymentRepository(session),
  downloads: createDownloadRepository(session),
  decisions: createDecisionRepository(session),
  policies: createPolicyRepository(session),
  endUsers: createEndUserRepository(session),
  approvals: createApprovalRepository(session),
  promotions: createPromotionRepository(session),
  aliases: createAliasRepository(session),
  changeRequests: createChangeRequestRepository(session),
  mlflow: createMlflowRepository(session),
  audit: createAuditRepository(session),
});
