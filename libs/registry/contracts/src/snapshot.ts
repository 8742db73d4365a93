import { CountedMonth, License, LicenseExpression, LineageRelation, PolicySource, UseCaseFacts, UseCaseLabels } from '@weighbridge/registry-domain';
import { ApprovalId, Instant, KeyId, ModelName, ProjectId, Role, UseCaseId, VersionId, VersionName } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { VersionReference } from './decision.ts';
import { DeploymentFacts } from './deployment.ts';
import { UnknownPricePolicy } from './project.ts';

/**
 * What admission needs to know, in one document: the gateway, the worker and the other services keep it in memory.
 * Versions are those that are deployed, with everything they were made from.
 */
export const RegistrySnapshot = z.object({
  /** Grows with every change in the registry. */
  revision: z.int(),
  projects: z.array(z.object({ id: ProjectId, name: z.string(), unknownPricePolicy: UnknownPricePolicy })),
  keys: z.array(
    z.object({
      id: KeyId,
      digest: z.string(),
      projectId: ProjectId.nullable(),
      useCaseId: UseCaseId.nullable(),
      role: Role,
      requestsPerMinute: z.int().nullable(),
      expiresAt: Instant.nullable(),
    }),
  ),
  useCases: z.array(z.object({ id: UseCaseId, projectId: ProjectId, name: z.string(), facts: UseCaseFacts, labels: UseCaseLabels.exactOptional() })),
  models: z.array(
    z.object({
      name: ModelName,
      publisher: z.string(),
      createdAt: Instant,
      /** What a bare model name means: the alias `default`, else the newest version. */
      defaultVersion: VersionName.nullable(),
      aliases: z.record(z.string(), VersionName),
    }),
  ),
  versions: z.array(
    z.object({
      id: VersionId,
      ref: VersionReference,
      publisher: z.string(),
      license: LicenseExpression.nullable(),
      releasedOn: z.iso.date().nullable(),
      publisherVerified: z.boolean().default(false),
      multimodal: z.boolean().nullable().exactOptional(),
      conflictingLicenses: z.array(LicenseExpression).exactOptional(),
      baseModels: z.array(z.object({ ref: VersionReference, relation: LineageRelation })),
    }),
  ),
  deployments: z.array(DeploymentFacts),
  /** Of the organisation, those that are enabled. */
  policies: z.array(PolicySource).exactOptional(),
  /** `grounds`: the reasons that were approved; null: from before they were kept, for all. */
  approvals: z.array(z.object({ id: ApprovalId, projectId: ProjectId, useCaseId: UseCaseId, model: VersionReference, grounds: z.array(z.string()).nullable().default(null), expiresAt: Instant })),
  /** The organisation's own licences and amendments in force, to lay over the catalogue. */
  licenses: z.array(License).default([]),
  /** Distinct end users by licence family and month. */
  countedUsers: z.array(CountedMonth.extend({ family: z.string() })).default([]),
});
export type RegistrySnapshot = z.infer<typeof RegistrySnapshot>;
