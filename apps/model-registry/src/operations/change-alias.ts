import type { AliasChange } from '@weighbridge/registry-contracts';
import type { ModelRecord, Repositories } from '@weighbridge/registry-data';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { aliasStateView, changeRequestView } from '../api-views.ts';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps, WriteAudit } from '../change-registry.ts';
import { requireMayChange, requireVersion } from '../refusals.ts';
import { askForAliasMove } from './ask-for-change.ts';
import { moveAlias, requireExpectedVersion } from './move-alias.ts';
import type { AliasMoveInput } from './move-alias.ts';

export interface SetAliasInput {
  readonly caller: Caller;
  readonly model: string;
  readonly alias: string;
  /** Null: the alias goes; its history stays. */
  readonly version: string | null;
  readonly expectedVersion?: string | null | undefined;
  readonly reason?: string | undefined;
}

/** Points an alias at a version, or takes it away. Where it is already, nothing happens. */
export const setAlias = (deps: ChangeDeps, { caller, model: name, alias, version, expectedVersion, reason }: SetAliasInput): Promise<AliasChange> =>
  changeRegistry(deps, caller, async (change, audit) => {
    const model = await requireMayChange(change, caller, name);
    if (version !== null) await requireVersion(change, name, version);
    requireExpectedVersion(alias, (await change.aliases.standing(name, alias)).version, expectedVersion);
    return moveOrAsk(change, audit, { caller, model, alias, to: version, kind: version === null ? 'removal' : 'set', reason: reason ?? null, at: deps.now() });
  });

/** Moves an alias at once, or asks for it where it is protected. `atOnce`: as if it were not. */
export async function moveOrAsk(change: Repositories, audit: WriteAudit, move: AliasMoveInput & { readonly caller: Caller; readonly model: ModelRecord; readonly atOnce?: boolean }): Promise<AliasChange> {
  const { caller, model, alias, to, kind, reason, at, atOnce = false } = move;
  const { version: from, approvals } = await change.aliases.standing(model.name, alias);
  const answer = async (request: Parameters<typeof changeRequestView>[0] | null): Promise<AliasChange> => ({
    alias: aliasStateView(model.name, alias, await change.aliases.standing(model.name, alias)),
    changeRequest: request === null ? null : changeRequestView(request, at),
  });
  if (from === to) return answer(null);
  if (approvals !== null && !atOnce) return answer(await askForAliasMove(change, audit, { caller, model, alias, from, to, kind, reason, approvalsNeeded: approvals, at }));
  await moveAlias(change, audit, move);
  return answer(null);
}
