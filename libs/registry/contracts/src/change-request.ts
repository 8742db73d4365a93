import { GateConditions } from '@weighbridge/registry-domain';
import { AliasName, ApprovalId, ChangeRequestId, Instant, KeyId, ModelName, ProjectId, UseCaseId, VersionName } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { VersionReference } from './decision.ts';

/** `expired`: nobody answered in time. Whatever is not `open` stays as it is. */
export const ChangeRequestStatus = z.enum(['open', 'approved', 'rejected', 'withdrawn', 'expired']);
export type ChangeRequestStatus = z.infer<typeof ChangeRequestStatus>;

/** How an alias is to be moved, or was. `removal`: it points at nothing after that. */
export const AliasMoveKind = z.enum(['set', 'promotion', 'rollback', 'removal']);
export type AliasMoveKind = z.infer<typeof AliasMoveKind>;

/** What one key said to a request. A request that needs two approvals has two of these. */
export const Verdict = z.object({ verdict: z.enum(['approved', 'rejected', 'withdrawn']), keyId: KeyId, reason: z.string().nullable(), at: Instant });
export type Verdict = z.infer<typeof Verdict>;

const requestFields = {
  id: ChangeRequestId,
  status: ChangeRequestStatus,
  /** Whose it is: only its keys and those of the platform see it. Null: the platform's. */
  projectId: ProjectId.nullable(),
  requestedBy: KeyId,
  reason: z.string().nullable(),
  /** Keys that have to approve it, none of them the one that asked. */
  approvalsNeeded: z.int(),
  verdicts: z.array(Verdict),
  createdAt: Instant,
  expiresAt: Instant,
};

export const AliasChangeRequest = z.object({
  ...requestFields,
  kind: z.literal('alias'),
  model: ModelName,
  alias: AliasName,
  /** What it pointed at when this was asked; null: nothing. Must still be so when it is approved. */
  from: VersionName.nullable(),
  /** Null: the alias is to be removed. */
  to: VersionName.nullable(),
  by: AliasMoveKind,
  /** Judged anew at the moment of the approval. Null: not a promotion. */
  gate: GateConditions.nullable(),
});

export const UseChangeRequest = z.object({
  ...requestFields,
  kind: z.literal('use'),
  model: VersionReference,
  useCaseId: UseCaseId,
  /** Of the decision `review` that it is about. */
  inputsDigest: z.string(),
  /** What came of it. */
  approvalId: ApprovalId.nullable(),
});

export const ChangeRequest = z.discriminatedUnion('kind', [AliasChangeRequest, UseChangeRequest]);
export type ChangeRequest = z.infer<typeof ChangeRequest>;

/** What is not as it was when the request was made, in words. An approval is refused with these as `changed`. */
export const RequestDrift = z.object({ what: z.string(), was: z.string().nullable(), now: z.string().nullable() });
export type RequestDrift = z.infer<typeof RequestDrift>;

const Reason = z.string().trim().min(10).max(2_000);

/** A move of a protected alias is asked for where aliases are moved; here one asks for a use whose decision is `review`. */
export const NewChangeRequest = z.strictObject({ kind: z.literal('use'), model: VersionReference, useCase: UseCaseId, reason: Reason });
export const ChangeApproval = z.strictObject({
  reason: Reason,
  /** For a use: when the approval ends; 90 days from now where absent. A move of an alias has no end. */
  expiresAt: Instant.optional(),
});
export const ChangeRejection = z.strictObject({ reason: Reason });
