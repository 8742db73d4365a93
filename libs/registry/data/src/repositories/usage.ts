import { AliasName, ApprovalId, DeploymentId, ModelName, UseCaseId, VersionName } from '@weighbridge/shared-domain';
import type { ProjectId } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { Prisma } from '../generated/client.ts';
import type { Session } from './session.ts';
import type { VersionKey } from './versions.ts';

const AliasPlace = z.object({ model: ModelName, version: VersionName, name: AliasName, updatedAt: z.date() });
export type AliasPlace = z.infer<typeof AliasPlace>;

const DeploymentPlace = z.object({ model: ModelName, version: VersionName, id: DeploymentId, status: z.enum(['active', 'paused', 'blocked']), hostedIn: z.string().nullable(), backendKind: z.string() });
export type DeploymentPlace = z.infer<typeof DeploymentPlace>;

const ApprovalInForce = z.object({ id: ApprovalId, useCaseId: UseCaseId, model: ModelName, version: VersionName, reason: z.string(), grounds: z.array(z.string()).nullable(), expiresAt: z.date() });
export type ApprovalInForce = z.infer<typeof ApprovalInForce>;

const PromotionMade = z.object({ useCaseId: UseCaseId, alias: AliasName });
export type PromotionMade = z.infer<typeof PromotionMade>;

/** Where versions are at work, and for whom. */
export interface UsageRepository {
  /** Of all models: there are some thousand at most, while the versions asked about may be many more. */
  readonly listAliases: () => Promise<AliasPlace[]>;
  readonly listDeployments: () => Promise<DeploymentPlace[]>;
  /** Of these use cases, neither ended nor revoked; the one that lasts longest first. */
  readonly listApprovalsInForce: (useCases: readonly UseCaseId[], at: Date) => Promise<ApprovalInForce[]>;
  /** Of a version, for use cases of that project; null: of all. */
  readonly listApprovalsOf: (of: VersionKey, projectId: ProjectId | null, at: Date) => Promise<ApprovalInForce[]>;
  /** Promotions that went through, of a version, for use cases of that project; null: of all. */
  readonly listPromotionsOf: (of: VersionKey, projectId: ProjectId | null) => Promise<PromotionMade[]>;
}

const approvalColumns = Prisma.sql`approval.id, use_case_id as "useCaseId", model_name as model, version, approval.reason, grounds, expires_at as "expiresAt"`;
const isNotRevoked = Prisma.sql`not exists (select from approval_revocation where approval_id = approval.id)`;
const ofProject = (projectId: ProjectId | null): Prisma.Sql => (projectId === null ? Prisma.sql`true` : Prisma.sql`project_id = ${projectId}`);

export const createUsageRepository = (session: Session): UsageRepository => ({
  listAliases: async () => AliasPlace.array().parse(await session.$queryRaw`select model_name as model, version, name, updated_at as "updatedAt" from alias order by model_name, name`),

  listDeployments: async () =>
    DeploymentPlace.array().parse(
      await session.$queryRaw`
        select model_name as model, version, id, case when block is null then status else 'blocked' end as status, hosted_in as "hostedIn", backend->>'kind' as "backendKind"
        from deployment order by id`,
    ),

  listApprovalsInForce: async (useCases, at) =>
    useCases.length === 0
      ? []
      : ApprovalInForce.array().parse(await session.$queryRaw`select ${approvalColumns} from approval where use_case_id = any(${[...useCases]}::text[]) and expires_at > ${at} and ${isNotRevoked} order by expires_at desc`),

  listApprovalsOf: async ({ model, version }, projectId, at) =>
    ApprovalInForce.array().parse(
      await session.$queryRaw`select ${approvalColumns} from approval where model_name = ${model} and version = ${version} and expires_at > ${at} and ${ofProject(projectId)} and ${isNotRevoked} order by expires_at desc`,
    ),

  listPromotionsOf: async ({ model, version }, projectId) =>
    PromotionMade.array().parse(
      await session.$queryRaw`select distinct use_case_id as "useCaseId", alias from promotion where model_name = ${model} and version = ${version} and promoted and ${ofProject(projectId)} order by use_case_id, alias`,
    ),
});
