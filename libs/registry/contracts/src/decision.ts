import { Decision, GateConditions, GateResult, UseCaseFacts, UseCaseLabels } from '@weighbridge/registry-domain';
import { AliasName, ApprovalId, ChangeRequestId, Instant, KeyId, ModelName, ProjectId, PromotionId, UseCaseId, VersionName } from '@weighbridge/shared-domain';
import { z } from 'zod';

export const VersionReference = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*@[A-Za-z0-9][A-Za-z0-9._-]*$/, 'must be "name@version"');

export const DecisionRequest = z.strictObject({ model: VersionReference, useCase: z.union([UseCaseId, UseCaseFacts]), /** Of facts that are not declared yet; a declared use case has its own. */ labels: UseCaseLabels.optional() });

/** A decision as it is given out: dated, and with the digest of everything it was made from. */
export const DatedDecision = Decision.extend({ model: VersionReference, decidedAt: Instant, inputsDigest: z.string() });
export type DatedDecision = z.infer<typeof DatedDecision>;

/** An administrator's word that a use whose decision is `review` may go on, for this use case and version, until it expires. */
export const NewApproval = z.strictObject({ model: VersionReference, useCaseId: UseCaseId, reason: z.string().trim().min(10).max(2_000), expiresAt: Instant });
export const Approval = z.object({ id: ApprovalId, projectId: ProjectId, useCaseId: UseCaseId, model: VersionReference, reason: z.string(), approvedBy: z.string(), expiresAt: Instant, createdAt: Instant, /** From then on it no longer holds, whatever its end. */ revokedAt: Instant.nullable(), revokedBy: KeyId.nullable() });
export type Approval = z.infer<typeof Approval>;

export const NewPromotion = z.strictObject({ version: VersionName, alias: AliasName, gate: GateConditions, /** For whoever approves it, where the alias is protected. */ reason: z.string().trim().min(1).max(2_000).optional() });
export const Promotion = z.object({
  id: PromotionId,
  model: ModelName,
  version: VersionName,
  alias: AliasName,
  projectId: ProjectId,
  useCaseId: UseCaseId,
  conditions: GateConditions,
  result: GateResult,
  /** Whether the alias was moved with it. */
  promoted: z.boolean(),
  /** The request that it waits for, or that it came of: the alias is protected. */
  changeRequestId: ChangeRequestId.nullable(),
  createdAt: Instant,
});
export type Promotion = z.infer<typeof Promotion>;
