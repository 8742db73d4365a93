import type { ChangeApproval, ChangeRejection, ChangeRequest, RequestDrift } from '@weighbridge/registry-contracts';
import type { AliasRequestRecord, ApprovalRecord, ChangeRequestRecord, PromotionRecord, Repositories, UseCaseRecord, UseRequestRecord, VerdictRecord } from '@weighbridge/registry-data';
import { approvalGrounds } from '@weighbridge/registry-domain';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { AppError } from '@weighbridge/shared-domain';
import type { ChangeRequestId } from '@weighbridge/shared-domain';
import type { z } from 'zod';
import { changeRequestView } from '../api-views.ts';
import { aliasDrift, requireChangeRequest, useDrift, whyClosed, whyNoApprover } from './change-request-rules.ts';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps, WriteAudit } from '../change-registry.ts';
import type { RegistryDeps } from '../deps.ts';
import { invalidField, requireMayChange } from '../refusals.ts';
import { requireKeyId } from './ask-for-change.ts';
import { addApproval, newApproval, requireReview } from './create-approval.ts';
import { judgeGate } from './judge-gate.ts';
import { moveAlias } from './move-alias.ts';
import { gateFailed, moveByPromotion, promotionOf, recordPromotion } from './promote-version.ts';
import { requireRunnable } from './roll-back-alias.ts';

type AnswerDeps = ChangeDeps & Pick<RegistryDeps, 'decider' | 'evaluation'>;
interface Answer {
  readonly caller: Caller;
  readonly id: ChangeRequestId;
  readonly reason: string;
}
interface Approving extends Answer {
  readonly request: ChangeRequestRecord;
  readonly at: Date;
}

const dayMs = 86_400_000;
/** How long an approved use lasts where the approver names no end. */
const useLifetimeMs = 90 * dayMs;

/**
 * Approves another's request. Everything is checked anew at this moment: that the alias is where it was, that the gate passes, that the decision is
 * the review that was asked about. Whatever has changed is told (`resource.conflict`, `gate.failed`), and the request stays open. The last approval
 * that is needed carries the change out in its own transaction, so that it is carried out once.
 */
export async function approveChangeRequest(deps: AnswerDeps, { caller, id, reason, expiresAt }: Answer & z.output<typeof ChangeApproval>): Promise<ChangeRequest> {
  const request = await requireChangeRequest(deps.registry, caller, id);
  const at = deps.now();
  await requireAnswerable(deps.registry, caller, request, at);
  if (request.kind === 'use') return approveUse(deps, request, { caller, id, reason, request, at }, expiresAt === undefined ? new Date(at.getTime() + useLifetimeMs) : new Date(expiresAt));
  if (expiresAt !== undefined) throw invalidField('/body/expiresAt', 'is for a use: a move of an alias has no end');
  return approveAliasMove(deps, request, { caller, id, reason, request, at });
}

async function approveUse(deps: AnswerDeps, request: UseRequestRecord, approving: Approving, expiresAt: Date): Promise<ChangeRequest> {
  const { caller, id, reason, at } = approving;
  if (expiresAt <= at) throw invalidField('/body/expiresAt', 'must lie in the future');
  const useCase = await useCaseOf(deps.registry, request.useCaseId);
  const { reasons } = await requireReview(deps, { model: request.model, version: request.version, useCase });
  refuseDrift(await useDrift(deps.registry, deps.decider, request, at));
  return changeRegistry(deps, caller, async (change, audit) => {
    await requireAnswerable(change, caller, await requireChangeRequest(change, caller, id), at);
    const approval: ApprovalRecord = { ...newApproval(caller, useCase, request, at), grounds: approvalGrounds({ reasons }), reason, expiresAt };
    await addApproval(change, audit, approval, { inputsDigest: request.inputsDigest, changeRequest: id });
    await giveVerdict(change, audit, approving, { verdict: 'approved', approvalId: approval.id });
    await change.changeRequests.closeRequest(id, 'approved');
    return changeRequestView(await requireChangeRequest(change, caller, id), at);
  });
}

async function approveAliasMove(deps: AnswerDeps, request: AliasRequestRecord, approving: Approving): Promise<ChangeRequest> {
  const { caller, id, at } = approving;
  // A gate is judged outside of the change, and not for what is stale.
  if (request.gate !== null) refuseDrift(await aliasDrift(deps.registry, request, at));
  const tried = await tryPromotion(deps, request, at);
  if (tried !== null && !tried.promoted) {
    await changeRegistry(deps, caller, (change, audit) => recordPromotion(change, audit, tried));
    throw gateFailed(tried);
  }
  return changeRegistry(deps, caller, async (change, audit) => {
    const fresh = await requireChangeRequest(change, caller, id);
    await requireAnswerable(change, caller, fresh, at);
    const model = await requireMayChange(change, caller, request.model);
    refuseDrift(await aliasDrift(change, request, at));
    if (request.moveKind === 'rollback' && request.version !== null) await requireRunnable(change, request.model, request.version);
    await giveVerdict(change, audit, approving, { verdict: 'approved', approvalId: null });
    const { approvals } = await change.aliases.standing(request.model, request.alias);
    const needed = Math.max(request.approvalsNeeded, approvals ?? 1);
    if (fresh.verdicts.length + 1 >= needed) {
      await change.changeRequests.closeRequest(id, 'approved');
      const { reason } = request;
      if (tried === null) await moveAlias(change, audit, { caller, model, alias: request.alias, to: request.version, kind: request.moveKind, reason, changeRequestId: id, at });
      else await moveByPromotion(change, audit, { caller, model, promotion: await recordPromotion(change, audit, tried), reason });
    }
    return changeRequestView(await requireChangeRequest(change, caller, id), at);
  });
}

async function tryPromotion(deps: AnswerDeps, request: AliasRequestRecord, at: Date): Promise<PromotionRecord | null> {
  const { gate, model, version } = request;
  if (gate === null || version === null) return null;
  const useCase = await useCaseOf(deps.registry, gate.useCase);
  return promotionOf({ ...request, version }, { useCase, conditions: gate, result: await judgeGate(deps, { model, version, gate, useCase }), at });
}

/** One rejection is enough. */
export async function rejectChangeRequest(deps: ChangeDeps, { caller, id, reason }: Answer & z.output<typeof ChangeRejection>): Promise<ChangeRequest> {
  const at = deps.now();
  return changeRegistry(deps, caller, async (change, audit) => {
    const request = await requireChangeRequest(change, caller, id);
    refuseClosed(request, at);
    if (caller.keyId === request.requestedBy) throw new AppError('resource.wrong_state', `key ${caller.keyId} rejects what it asked for`, { detail: 'This key asked for it: withdraw the request instead (DELETE).' });
    if (request.verdicts.some(({ keyId }) => keyId === caller.keyId)) throw new AppError('resource.wrong_state', `key ${caller.keyId} has answered ${id}`, { detail: 'This key has approved the request already.' });
    await giveVerdict(change, audit, { caller, id, reason, request, at }, { verdict: 'rejected', approvalId: null });
    await change.changeRequests.closeRequest(id, 'rejected');
    return changeRequestView(await requireChangeRequest(change, caller, id), at);
  });
}

export async function withdrawChangeRequest(deps: ChangeDeps, { caller, id }: Pick<Answer, 'caller' | 'id'>): Promise<void> {
  const at = deps.now();
  await changeRegistry(deps, caller, async (change, audit) => {
    const request = await requireChangeRequest(change, caller, id);
    if (caller.keyId !== request.requestedBy) throw new AppError('auth.forbidden', `key ${caller.keyId} did not ask for ${id}`, { detail: 'Only the key that asked can withdraw a request. Administrators can reject it.' });
    refuseClosed(request, at);
    await giveVerdict(change, audit, { caller, id, reason: null, request, at }, { verdict: 'withdrawn', approvalId: null });
    await change.changeRequests.closeRequest(id, 'withdrawn');
  });
}

async function giveVerdict(
  change: Repositories,
  audit: WriteAudit,
  { caller, id, reason, request, at }: Omit<Approving, 'reason'> & { readonly reason: string | null },
  { verdict, approvalId }: Pick<VerdictRecord, 'verdict' | 'approvalId'>,
): Promise<void> {
  await change.changeRequests.addVerdict(id, { keyId: requireKeyId(caller), verdict, reason, approvalId, at });
  const requester = await change.keys.findKey(request.requestedBy);
  await audit({
    action: `change.${verdict}`,
    subject: id,
    projectId: request.projectId,
    details: { kind: request.kind, model: request.model, requestedBy: request.requestedBy, requestedByKeyMadeBy: requester?.createdBy ?? null, ...(reason !== null && { reason }) },
  });
}

function refuseClosed(request: ChangeRequestRecord, at: Date): void {
  const closed = whyClosed(request, at);
  if (closed !== null) throw new AppError('resource.wrong_state', `change request ${request.id} is not open`, { detail: closed });
}

async function requireAnswerable(repositories: Pick<Repositories, 'keys'>, caller: Caller, request: ChangeRequestRecord, at: Date): Promise<void> {
  refuseClosed(request, at);
  const why = await whyNoApprover(repositories, caller, request);
  if (why !== null) throw new AppError('auth.forbidden', `key ${caller.keyId} may not approve ${request.id}`, { detail: why });
}

function refuseDrift(changed: readonly RequestDrift[]): void {
  if (changed.length === 0) return;
  const words = changed.map(({ what, was, now }) => `${what} (then ${was ?? 'nothing'}, now ${now ?? 'nothing'})`).join('; ');
  throw new AppError('resource.conflict', 'a change request is stale', { detail: `Since this was asked for, something has changed: ${words}. Nothing was done; ask again if it still makes sense.`, extensions: { changed } });
}

async function useCaseOf({ useCases }: Pick<Repositories, 'useCases'>, id: UseCaseRecord['id']): Promise<UseCaseRecord> {
  const useCase = await useCases.findUseCase(id);
  if (useCase === null) throw new Error(`the use case ${id} is gone`);
  return useCase;
}
