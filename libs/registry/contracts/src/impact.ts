import { DecisionOutcome, DecisionReason, License, LicenseId } from '@weighbridge/registry-domain';
import { AliasName, DeploymentId, ModelName, ProjectId, UseCaseId, VersionName } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { VersionReference } from './decision.ts';

/** What is assumed of the licence or version asked about. One of them. */
export const WhatIf = z
  .strictObject({
    /** As if this were its licence, e.g. `CC-BY-NC-4.0`; null: as if nobody knew. */
    license: LicenseId.nullable().optional(),
    /** As if this entry were its licence, as a negotiated or announced text would be. */
    entry: License.optional(),
    /** As if its licence allowed commercial use no more. */
    commercialUse: z.literal(false).optional(),
  })
  .refine((whatIf) => Object.values(whatIf).filter((value) => value !== undefined).length === 1, 'must assume exactly one of license, entry and commercialUse');
export type WhatIf = z.infer<typeof WhatIf>;

/**
 * A licence touches every version under it and everything made from those; a version touches itself and everything made from it. Decisions are those of the
 * licences, without the organisation's policies.
 */
export const ImpactRequest = z
  .strictObject({
    license: LicenseId.optional(),
    version: VersionReference.optional(),
    whatIf: WhatIf.optional(),
    /** For a key of the platform: only this project's use cases. */
    project: ProjectId.optional(),
    limit: z.int().min(1).max(200).default(50),
    cursor: z.string().max(500).optional(),
  })
  .refine(({ license, version }) => (license === undefined) !== (version === undefined), { message: 'give either a license or a version', path: ['license'] });
export type ImpactRequest = z.infer<typeof ImpactRequest>;

const outcomeCounts = z.record(DecisionOutcome, z.int());

export const ImpactItem = z.object({
  version: VersionReference,
  model: ModelName,
  versionName: VersionName,
  publisher: z.string(),
  license: z.string().nullable(),
  /** How it was made from what was asked about, in words, nearest first; null: it is that itself. */
  via: z.string().nullable(),
  /** The version that brings the licence in, or that was asked about. */
  origin: VersionReference,
  aliases: z.array(AliasName),
  deployments: z.array(z.object({ id: DeploymentId, status: z.enum(['active', 'paused', 'blocked']) })),
  /** Without an assumption: every use case that may use it today. With one: those whose decision changes. At most 50; `useCasesTotal` counts all. */
  useCases: z.array(
    z.object({
      id: UseCaseId,
      name: z.string(),
      projectId: ProjectId,
      before: DecisionOutcome,
      /** Null without an assumption. */
      after: DecisionOutcome.nullable(),
      /** Those that were not there before. */
      newReasons: z.array(DecisionReason),
      /** Codes of those that are there no more. */
      goneReasons: z.array(z.string()),
    }),
  ),
  useCasesTotal: z.int(),
});
export type ImpactItem = z.infer<typeof ImpactItem>;

export const ImpactReport = z.object({
  /** Id of the licence, or reference of the version. */
  subject: z.string(),
  summary: z.object({
    versions: z.int(),
    models: z.int(),
    aliases: z.int(),
    deployments: z.int(),
    /** That the asker may see. */
    useCases: z.int(),
    /** Decisions, one for each touched version and use case, by outcome. */
    before: outcomeCounts,
    /** Null without an assumption. */
    after: outcomeCounts.nullable(),
    /** What changes under the assumption: versions and use cases with at least one decision that becomes another outcome. */
    changed: z.object({ decisions: z.int(), versions: z.int(), useCases: z.int(), deployments: z.int(), worse: z.int(), better: z.int() }),
    /** More is touched than is counted: the nearest 100,000 versions, whose lineage has 10,000 ways at most, and the newest 500 use cases. */
    truncated: z.boolean(),
  }),
  /** Deployed and aliased versions first, then those whose decisions change, then by reference. */
  data: z.array(ImpactItem),
  nextCursor: z.string().nullable(),
});
export type ImpactReport = z.infer<typeof ImpactReport>;

export const maxMatrixModels = 100;
export const maxMatrixUseCases = 50;

/** Which versions and use cases; absent use cases: all of the asker's, the newest first. */
export const MatrixRequest = z.strictObject({
  models: z.array(VersionReference).min(1).max(maxMatrixModels),
  useCases: z.array(UseCaseId).min(1).max(maxMatrixUseCases).optional(),
  project: ProjectId.optional(),
});

export const MatrixCell = z.object({
  outcome: DecisionOutcome,
  /** The worst reason, as the decision orders them; null where nothing is to be said. */
  firstReason: DecisionReason.pick({ code: true, license: true, clause: true, version: true, message: true }).nullable(),
  reasons: z.int(),
  obligations: z.int(),
  /** End of an approval that holds: the use may go on although the decision is `review`. */
  approvedUntil: z.string().nullable(),
});

/** `cells[m][u]` is the decision on the m-th model for the u-th use case. */
export const DecisionMatrix = z.object({
  models: z.array(z.object({ ref: VersionReference, publisher: z.string(), license: z.string().nullable() })),
  useCases: z.array(z.object({ id: UseCaseId, name: z.string(), projectId: ProjectId })),
  cells: z.array(z.array(MatrixCell)),
});
export type DecisionMatrix = z.infer<typeof DecisionMatrix>;
