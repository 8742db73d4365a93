import { DecisionOutcome, LicenseProperty } from '@weighbridge/registry-domain';
import { AliasName, ApprovalId, Instant, ModelName, ProjectId, UseCaseId, VersionId, VersionName } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { VersionReference } from './decision.ts';
import { Deployment } from './deployment.ts';
import { ArtifactFormat } from './model.ts';
import { Tags } from './tags.ts';

/** Comma-separated words, all of which must hold. */
const listOf = <T extends z.ZodType<string, string>>(item: T, most: number) =>
  z
    .string()
    .max(2_000)
    .optional()
    .transform((text) => (text ?? '').split(',').map((part) => part.trim()).filter((part) => part !== ''))
    .pipe(z.array(item).max(most));

const flag = z
  .enum(['true', 'false'])
  .optional()
  .transform((text) => (text === undefined ? undefined : text === 'true'));

const Parameters = z.coerce.number().min(0).max(1e15).optional();

/** Word of a purpose, or the id of a use case. */
export const AllowedFor = z.union([UseCaseId, z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'must be a purpose like "customer-support", or the id of a use case')]);

/** What licences, papers and people say; all of it must hold. */
export const licenseQuery = {
  /** Properties that the terms of the whole lineage must have, comma-separated: `commercial-use,no-user-limit`. */
  licenseProperty: listOf(LicenseProperty, 10),
  /** Allowed, with or without obligations, for this purpose in a commercial service of a small company, or for this use case. */
  allowedFor: AllowedFor.optional(),
  /** Tags, comma-separated: `reviewed`, or `team:speech` for one of that value. */
  tag: listOf(z.string().max(500), 10),
};

/** `newest` is the order of registration; the size is that of all parameters, and versions that tell none are left out. */
export const VersionOrder = z.enum(['newest', 'name', 'largest', 'smallest']);
export type VersionOrder = z.infer<typeof VersionOrder>;

export const versionQuery = {
  /** Words, each part of `name@version` or of the publisher. Where nothing fits, words that are nearly alike are taken. */
  query: z.string().trim().max(200).optional(),
  publisher: z.string().trim().max(100).optional(),
  /** The version's own licence, or one that its expression names. */
  license: z.string().max(100).optional(),
  ...licenseQuery,
  /** Shows each version's outcome for this use case, without leaving any out. */
  useCase: UseCaseId.optional(),
  minParameters: Parameters,
  maxParameters: Parameters,
  format: ArtifactFormat.optional(),
  /** Whether there is an active deployment. */
  deployed: flag,
  order: VersionOrder.default('newest'),
};

export const FoundVersion = z.object({
  ref: VersionReference,
  id: VersionId,
  model: ModelName,
  version: VersionName,
  publisher: z.string(),
  /** Id in the licence catalogue, or an SPDX expression of such; null: not recognised. */
  license: z.string().nullable(),
  /** As people call it. */
  licenseName: z.string().nullable(),
  /** For the use case or purpose that was asked about; null where none was, or where the lineage is still being read. */
  outcome: DecisionOutcome.nullable(),
  /** Of the whole lineage; null while it is still being read. */
  licenseProperties: z.array(LicenseProperty).nullable(),
  parametersTotal: z.number().nullable(),
  formats: z.array(ArtifactFormat),
  tags: Tags,
  aliases: z.array(AliasName),
  deployed: z.boolean(),
  /** YYYY-MM-DD */
  releasedOn: z.string().nullable(),
  createdAt: Instant,
});
export type FoundVersion = z.infer<typeof FoundVersion>;

export const FoundVersions = z.object({
  data: z.array(FoundVersion),
  nextCursor: z.string().nullable(),
  /** Nothing fitted as it was written, so these are nearly alike. */
  similar: z.boolean(),
  /** Versions whose lineage is still being read: questions about licences leave them out. */
  pending: z.int(),
});

export type FoundVersions = z.infer<typeof FoundVersions>;

export const VersionTags = z.object({ ref: VersionReference, tags: Tags });

/** Where a version is at work, and for whom. Use cases of other projects are not told of. */
export const UsagePlaces = z.object({
  ref: VersionReference,
  aliases: z.array(z.object({ name: AliasName, updatedAt: Instant })),
  deployments: z.array(Deployment),
  useCases: z.array(
    z.object({
      id: UseCaseId,
      name: z.string(),
      projectId: ProjectId,
      outcome: DecisionOutcome,
      /** The approval that holds now and lasts longest. */
      approval: z.object({ id: ApprovalId, reason: z.string(), expiresAt: Instant }).nullable(),
      /** Aliases that it was promoted to for this use case. */
      promotedTo: z.array(AliasName),
    }),
  ),
});
export type UsagePlaces = z.infer<typeof UsagePlaces>;
