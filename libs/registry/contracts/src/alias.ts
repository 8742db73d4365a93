import { AliasMoveId, AliasName, ChangeRequestId, Instant, KeyId, ModelName, PromotionId, VersionName } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { AliasMoveKind, ChangeRequest } from './change-request.ts';

/** How many other keys must approve a move. Null: not protected. */
export const AliasProtection = z.object({ approvals: z.int().min(1).max(3) });

export const Alias = z.object({ name: AliasName, version: VersionName, updatedAt: Instant, protection: AliasProtection.nullable() });
export type Alias = z.infer<typeof Alias>;

/** An alias that may be protected before it points at anything. */
export const AliasState = z.object({ model: ModelName, name: AliasName, version: VersionName.nullable(), updatedAt: Instant.nullable(), protection: AliasProtection.nullable() });
export type AliasState = z.infer<typeof AliasState>;

/** One move of an alias. Never changes. */
export const AliasMove = z.object({
  id: AliasMoveId,
  model: ModelName,
  alias: AliasName,
  from: VersionName.nullable(),
  to: VersionName.nullable(),
  by: AliasMoveKind,
  /** The key that moved it: for a change request, the one that gave the last approval. Null to keys of other projects, and for services. */
  keyId: KeyId.nullable(),
  reason: z.string().nullable(),
  /** Null also to keys that may not see it. */
  promotionId: PromotionId.nullable(),
  changeRequestId: ChangeRequestId.nullable(),
  at: Instant,
});
export type AliasMove = z.infer<typeof AliasMove>;

const MoveReason = z.string().trim().min(1).max(2_000);
/** Refuses the move if the alias points at another version than this by then; null: if it points at anything. */
const expectedVersion = VersionName.nullable().optional();

export const NewAliasTarget = z.strictObject({ version: VersionName, expectedVersion, reason: MoveReason.optional() });

/** `changeRequest` null: done, and `alias` is how it stands. Otherwise nothing has moved yet, and the request waits for a second person. */
export const AliasChange = z.object({ alias: AliasState, changeRequest: ChangeRequest.nullable() });
export type AliasChange = z.infer<typeof AliasChange>;

export const NewRollback = z.strictObject({ reason: z.string().trim().min(10).max(2_000), expectedVersion });

/** `checks` says what was looked at before the way back was taken, and what was not. */
export const AliasRollback = AliasChange.extend({
  from: VersionName.nullable(),
  to: VersionName,
  checks: z.array(z.object({ name: z.enum(['deployed', 'gate', 'license']), judged: z.boolean(), message: z.string() })),
});
export type AliasRollback = z.infer<typeof AliasRollback>;

export const NewAliasProtection = z.strictObject({ protected: z.boolean(), /** Other keys that must approve. */ approvals: z.int().min(1).max(3).default(1) });
