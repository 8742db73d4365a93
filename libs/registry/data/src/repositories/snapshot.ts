import { License, LineageRelation, PolicySource, UseCaseFacts, UseCaseLabels } from '@weighbridge/registry-domain';
import { ApprovalId, KeyId, ModelName, ProjectId, Role, UseCaseId, VersionName, monthsBefore } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { Prisma } from '../generated/client.ts';
import { DeploymentRecord, LineageRecord } from '../records.ts';
import { effectiveLicenses } from './licenses.ts';
import { newestPolicies } from './policies.ts';
import type { Session } from './session.ts';
import { lineageColumns, lineageIds } from './versions.ts';

const Instant = z.coerce.date();

/** What admission needs of everything that is in the registry, at one moment. */
export const SnapshotRecord = z.object({
  revision: z.coerce.number().int(),
  projects: z.array(z.object({ id: ProjectId, name: z.string(), unknownPricePolicy: z.enum(['deny', 'flag']) })),
  /** Those that are not revoked. */
  keys: z.array(z.object({ id: KeyId, digest: z.string(), projectId: ProjectId.nullable(), useCaseId: UseCaseId.nullable(), role: Role, requestsPerMinute: z.int().nullable(), expiresAt: Instant.nullable() })),
  useCases: z.array(z.object({ id: UseCaseId, projectId: ProjectId, name: z.string(), facts: UseCaseFacts, labels: UseCaseLabels })),
  models: z.array(
    z.object({
      name: ModelName,
      publisher: z.string(),
      createdAt: Instant,
      /** The alias `default`, else the version registered last. */
      defaultVersion: VersionName.nullable(),
      aliases: z.record(z.string(), VersionName),
    }),
  ),
  /** Those with a deployment, and everything that they were made from. */
  versions: z.array(LineageRecord.extend({ baseModels: z.array(z.object({ ref: z.string(), relation: LineageRelation })) })),
  deployments: z.array(DeploymentRecord.extend({ contextLength: z.coerce.number().int().nullable() })),
  /** Those that hold at the time of asking: neither expired nor revoked. */
  approvals: z.array(z.object({ id: ApprovalId, projectId: ProjectId, useCaseId: UseCaseId, model: z.string(), grounds: z.array(z.string()).nullable(), expiresAt: Instant })),
  /** The organisation's own licences and amendments in force. */
  licenses: z.array(License),
  /** Of the organisation, those that are enabled, by name. */
  policies: z.array(PolicySource),
  /** Of last month and this one, as they are in force. */
  countedUsers: z.array(z.object({ family: z.string(), month: z.string(), users: z.coerce.number().int() })),
});
export type SnapshotRecord = z.infer<typeof SnapshotRecord>;

/** A fixed number of statements, however much there is. Must run in one transaction that sees one moment. */
export async function readSnapshot(session: Session, at: Date): Promise<SnapshotRecord> {
  const [state] = await session.$queryRaw<{ revision: bigint }[]>`select revision from registry_state where id = 1`;
  return SnapshotRecord.parse({
    revision: state?.revision,
    projects: await session.$queryRaw`select id, name, unknown_price_policy as "unknownPricePolicy" from project order by id`,
    keys: await session.$queryRaw`
      select id, digest, project_id as "projectId", use_case_id as "useCaseId", role, requests_per_minute as "requestsPerMinute", expires_at as "expiresAt"
      from api_key where revoked_at is null order by id`,
    useCases: await session.$queryRaw`select id, project_id as "projectId", name, facts, labels from use_case order by id`,
    models: await session.$queryRaw`
      select name, publisher, created_at as "createdAt",
        coalesce((select version from alias where model_name = model.name and name = 'default'), (select version from version where model_name = model.name order by id desc limit 1)) as "defaultVersion",
        (select coalesce(jsonb_object_agg(alias.name, alias.version), '{}') from alias where model_name = model.name) as aliases
      from model order by name`,
    versions: await session.$queryRaw`
      ${lineageIds(Prisma.sql`select version.id from version where exists (select from deployment where deployment.model_name = version.model_name and deployment.version = version.version)`)}
      select ${lineageColumns} from closure join version on version.id = closure.id join model on model.name = version.model_name order by version.id`,
    deployments: await session.$queryRaw`
      select id, model_name as model, version, pool, weight, concurrency, context_length as "contextLength", default_max_output_tokens as "defaultMaxOutputTokens", hosted_in as "hostedIn",
        case when block is null then status else 'blocked' end as status, block, backend, created_at as "createdAt"
      from deployment order by id`,
    approvals: await session.$queryRaw`
      select id, project_id as "projectId", use_case_id as "useCaseId", model_name || '@' || version as model, grounds, expires_at as "expiresAt"
      from approval where expires_at > ${at} and not exists (select from approval_revocation where approval_id = approval.id) order by id`,
    licenses: (await session.$queryRaw<{ entry: unknown }[]>`${effectiveLicenses}`).map(({ entry }) => entry),
    policies: await session.$queryRaw`select name, revision, text from (${newestPolicies}) as newest where enabled order by name`,
    countedUsers: await session.$queryRaw`select family, month, in_force as users from end_user_count where month >= ${monthsBefore(at, 1)} and in_force > 0 order by month, family`,
  });
}
