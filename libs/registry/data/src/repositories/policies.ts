import { Prisma } from '../generated/client.ts';
import { PolicyRecord } from '../records.ts';
import type { Session } from './session.ts';

export interface PolicyRepository {
  readonly addPolicyRevision: (revision: PolicyRecord) => Promise<void>;
  /** Newest first; empty: there is no such policy. */
  readonly listPolicyRevisions: (name: string) => Promise<PolicyRecord[]>;
  /** The newest revision of each, by name. */
  readonly listPolicies: () => Promise<PolicyRecord[]>;
}

export const newestPolicies = Prisma.sql`
  select distinct on (name) name, revision, text, description, enabled, changed_by as "changedBy", changed_at as "changedAt" from policy_revision order by name, revision desc`;

export const createPolicyRepository = (session: Session): PolicyRepository => ({
  addPolicyRevision: async (revision) => void (await session.policyRevision.create({ data: revision })),
  listPolicyRevisions: async (name) => PolicyRecord.array().parse(await session.policyRevision.findMany({ where: { name }, orderBy: { revision: 'desc' } })),
  listPolicies: async () => PolicyRecord.array().parse(await session.$queryRaw`${newestPolicies}`),
});
