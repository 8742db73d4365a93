import type { AliasMoveRecord, ModelRecord, Repositories } from '@weighbridge/registry-data';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { newId } from '@weighbridge/shared-adapters/ids';
import { AppError } from '@weighbridge/shared-domain';
import type { ChangeRequestId, PromotionId } from '@weighbridge/shared-domain';
import type { WriteAudit } from '../change-registry.ts';

export interface AliasMoveInput {
  readonly caller: Pick<Caller, 'keyId' | 'projectId'>;
  readonly model: ModelRecord;
  readonly alias: string;
  /** Null: it is removed. */
  readonly to: string | null;
  readonly kind: AliasMoveRecord['kind'];
  readonly reason: string | null;
  readonly promotionId?: PromotionId | null;
  readonly changeRequestId?: ChangeRequestId | null;
  readonly at: Date;
}

const actions: Readonly<Record<AliasMoveRecord['kind'], string>> = { set: 'alias.moved', promotion: 'alias.moved', rollback: 'alias.rolled_back', removal: 'alias.removed' };

/**
 * The one way in which an alias moves, inside a change and after all checks: with its row in the history and its audit entry. Moves lie on each
 * other like cards; a rollback takes the topmost away, so that the next one goes further back and not forth again.
 */
export async function moveAlias(change: Repositories, audit: WriteAudit, { caller, model, alias, to, kind, reason, promotionId = null, changeRequestId = null, at }: AliasMoveInput): Promise<void> {
  const { version: from } = await change.aliases.standing(model.name, alias);
  const beneath = kind === 'rollback' ? await rollbackTarget(change, model.name, alias) : await change.aliases.newestMove(model.name, alias);
  const move: AliasMoveRecord = {
    id: newId('aliasMove'),
    model: model.name,
    alias,
    from,
    to,
    kind,
    // What a rollback comes back to lies where it lay.
    beneathId: (kind === 'rollback' ? beneath?.beneathId : beneath?.id) ?? null,
    keyId: caller.keyId,
    projectId: caller.projectId,
    reason,
    promotionId,
    changeRequestId,
    at,
  };
  await change.aliases.move(move);
  await audit({
    action: actions[kind],
    subject: `${model.name}:${alias}`,
    projectId: model.ownerId ?? caller.projectId,
    details: { from, to, ...(promotionId !== null && { promotion: promotionId }), ...(changeRequestId !== null && { changeRequest: changeRequestId }), ...(reason !== null && { reason }) },
  });
}

/** The move whose version a rollback brings back: beneath the newest, the first that led to another version. Null: there is none. */
export async function rollbackTarget({ aliases }: Pick<Repositories, 'aliases'>, model: string, alias: string): Promise<(AliasMoveRecord & { readonly to: string }) | null> {
  const { version: now } = await aliases.standing(model, alias);
  let beneathId = (await aliases.newestMove(model, alias))?.beneathId ?? null;
  while (beneathId !== null) {
    const move = await aliases.findMove(beneathId);
    if (move === null) return null;
    const { to } = move;
    if (to !== null && to !== now) return { ...move, to };
    ({ beneathId } = move);
  }
  return null;
}

/** Throws `resource.conflict` when an alias is not where the caller thinks it is. */
export function requireExpectedVersion(alias: string, now: string | null, expected: string | null | undefined): void {
  if (expected === undefined || expected === now) return;
  const words = (version: string | null) => (version === null ? 'nothing' : `"${version}"`);
  throw new AppError('resource.conflict', `alias ${alias} is at ${now}, not at ${expected}`, {
    detail: `The alias "${alias}" points at ${words(now)} by now, not at ${words(expected)}. Nothing was moved.`,
    extensions: { version: now },
  });
}
