import { DecisionOutcome, DecisionReason, PolicyName } from '@weighbridge/registry-domain';
import { Instant, KeyId, ProjectId, UseCaseId } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { VersionReference } from './decision.ts';

/** Cedar source. Statements and nesting are bounded too; `POST /v1/policies/validate` says so in words. */
export const PolicyText = z.string().min(1).max(20_000);

/** What is wrong with a policy's text, and where. */
export const PolicyFault = z.object({
  /** From 1. */
  line: z.int(),
  /** From 1, in UTF-16 units, as editors count. */
  column: z.int(),
  message: z.string(),
});
export type PolicyFault = z.infer<typeof PolicyFault>;

/** One `permit` or `forbid` of a policy, with what a person is told when it refuses. */
export const PolicyStatement = z.object({ statement: z.enum(['permit', 'forbid']), effect: z.enum(['deny', 'review']), message: z.string().nullable() });

export const Policy = z.object({
  name: PolicyName,
  /** Of the newest text; 1 is the first. */
  revision: z.int().min(1),
  text: z.string(),
  description: z.string().nullable(),
  enabled: z.boolean(),
  changedBy: KeyId.nullable(),
  changedAt: Instant,
});
export type Policy = z.infer<typeof Policy>;

/** A policy with all that it ever was, newest first. */
export const PolicyHistory = Policy.extend({ revisions: z.array(Policy) });
export type PolicyHistory = z.infer<typeof PolicyHistory>;

export const NewPolicyRevision = z.strictObject({
  text: PolicyText,
  description: z.string().trim().max(2_000).optional(),
  enabled: z.boolean().default(true),
  /** The revision that this one follows: 0 for a new policy. If another came in between, 409. */
  expectedRevision: z.int().min(0).max(1_000_000),
});

export const PolicyCheck = z.object({ valid: z.boolean(), faults: z.array(PolicyFault), /** Cannot apply, or says nothing. */ warnings: z.array(PolicyFault), statements: z.array(PolicyStatement) });
export type PolicyCheck = z.infer<typeof PolicyCheck>;

export const PolicyTrial = z.strictObject({
  /** The policy that the text would replace; absent: it would come on top. */
  name: PolicyName.optional(),
  text: PolicyText,
  /** Pairs of version and use case to decide, at most. */
  limit: z.int().min(1).max(20_000).default(5_000),
});

export const PolicyTrialResult = z.object({
  /** Pairs of version and use case that were decided both ways. */
  decided: z.int(),
  /** False: the limit was reached before the end. */
  complete: z.boolean(),
  changed: z.int(),
  /** The first 200 of them. */
  changes: z.array(
    z.object({
      model: VersionReference,
      projectId: ProjectId,
      useCaseId: UseCaseId,
      useCaseName: z.string(),
      before: DecisionOutcome,
      after: DecisionOutcome,
      /** Of the policies, as they would be given. */
      reasons: z.array(DecisionReason),
    }),
  ),
});
export type PolicyTrialResult = z.infer<typeof PolicyTrialResult>;
