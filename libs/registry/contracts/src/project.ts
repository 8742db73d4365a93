import { Instant, KeyId, ProjectId, ProjectName, Role, UseCaseId } from '@weighbridge/shared-domain';
import { UseCaseFacts, UseCaseLabels } from '@weighbridge/registry-domain';
import { z } from 'zod';

/** What happens to a request for which no price is known: refused, priced by nothing and flagged. Never silently zero. */
export const UnknownPricePolicy = z.enum(['deny', 'flag']);
export type UnknownPricePolicy = z.infer<typeof UnknownPricePolicy>;

export const NewProject = z.strictObject({ name: ProjectName, unknownPricePolicy: UnknownPricePolicy.default('deny') });
export const Project = z.object({ id: ProjectId, name: ProjectName, unknownPricePolicy: UnknownPricePolicy, createdAt: Instant });
export type Project = z.infer<typeof Project>;

export const NewKey = z.strictObject({
  name: z.string().trim().min(1).max(100),
  role: Role,
  /** Requests with this key are for this use case unless they name another one of the project. */
  useCaseId: UseCaseId.optional(),
  expiresAt: Instant.optional(),
  requestsPerMinute: z.int().min(1).max(1_000_000).optional(),
});

/** Each administrator of the platform should have a key of their own: who may approve what is told by keys. */
export const NewPlatformKey = z.strictObject({ name: z.string().trim().min(1).max(100), expiresAt: Instant.optional() });

export const Key = z.object({
  id: KeyId,
  projectId: ProjectId.nullable(),
  name: z.string(),
  role: Role,
  useCaseId: UseCaseId.nullable(),
  /** The first and last characters of the key, to tell keys apart. */
  hint: z.string(),
  requestsPerMinute: z.int().nullable(),
  expiresAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
  createdAt: Instant,
  /** Null: made by the installation itself. */
  createdBy: KeyId.nullable(),
});
export type Key = z.infer<typeof Key>;

/** The only answer that ever holds the key itself. */
export const CreatedKey = Key.extend({ token: z.string() });

export const NewUseCase = z.strictObject({ project: ProjectId.optional(), name: z.string().trim().min(1).max(100), description: z.string().max(2_000).optional(), facts: UseCaseFacts, /** For the policies of the organisation. */ labels: UseCaseLabels.default({}) });
export const UseCase = z.object({ id: UseCaseId, projectId: ProjectId, name: z.string(), description: z.string().nullable(), facts: UseCaseFacts, labels: UseCaseLabels, createdAt: Instant });
export type UseCase = z.infer<typeof UseCase>;

export const Me = z.object({
  keyId: KeyId.nullable(),
  role: Role,
  project: Project.nullable(),
  useCaseId: UseCaseId.nullable(),
});
