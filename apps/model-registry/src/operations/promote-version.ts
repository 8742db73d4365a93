import type { ChangeRequest, NewPromotion, Promotion } from '@weighbridge/registry-contracts';
import type { ChangeRequestRecord, ModelRecord, PromotionRecord, Repositories } from '@weighbridge/registry-data';
import type { GateResult } from '@weighbridge/registry-domain';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { newId } from '@weighbridge/shared-adapters/ids';
import { AppError } from '@weighbridge/shared-domain';
import type { z } from 'zod';
import { changeRequestView, promotionView } from '../api-views.ts';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps, WriteAudit } from '../change-registry.ts';
import { requireMayChange, requireUseCase, requireVersion } from '../refusals.ts';
import { askForAliasMove } from './ask-for-change.ts';
import { judgeGate } from './judge-gate.ts';
import type { JudgeDeps } from './judge-gate.ts';
import { moveAlias } from './move-alias.ts';

type PromoteInput = z.output<typeof NewPromotion> & { readonly caller: Caller; readonly model: string };

/**
 * Judges the gate and, if every condition passes, moves the alias in the transaction that records the promotion; a protected alias waits for
 * a second person instead. A failed one is recorded too, and thrown as `gate.failed` with the whole result. When evidence cannot be had, nothing
 * is recorded and nothing moves.
 */
export async function promoteVersion(deps: ChangeDeps & JudgeDeps, { caller, model: name, version, alias, gate, reason }: PromoteInput): Promise<Promotion & { changeRequest: ChangeRequest | null }> {
  await requireMayChange(deps.registry, caller, name);
  const useCase = await requireUseCase(deps.registry, caller, gate.useCase);
  await requireVersion(deps.registry, name, version);
  const result = await judgeGate(deps, { model: name, version, gate, useCase });

  const at = deps.now();
  const judged = { id: newId('promotion'), model: name, version, alias, projectId: useCase.projectId, useCaseId: useCase.id, conditions: gate, result, createdAt: at };
  const done = await changeRegistry(deps, caller, async (change, audit) => {
    if (!result.passed) return { promotion: await recordPromotion(change, audit, { ...judged, promoted: false, changeRequestId: null }), request: null };
    const model = await requireMayChange(change, caller, name);
    const { version: from, approvals } = await change.aliases.standing(name, alias);
    if (approvals === null || from === version) {
      const promotion = await recordPromotion(change, audit, { ...judged, promoted: true, changeRequestId: null });
      await moveByPromotion(change, audit, { caller, model, promotion, reason: reason ?? null });
      return { promotion, request: null };
    }
    const request = await askForAliasMove(change, audit, { caller, model, gateProjectId: useCase.projectId, alias, from, to: version, kind: 'promotion', gate, reason: reason ?? null, approvalsNeeded: approvals, at });
    return { promotion: await recordPromotion(change, audit, { ...judged, promoted: false, changeRequestId: request.id }), request };
  });
  if (!result.passed) throw gateFailed(done.promotion);
  return { ...promotionView(done.promotion), changeRequest: done.request === null ? null : changeRequestView(done.request, at) };
}

/** A gate that passed for a protected alias is `judged`: what becomes of it is told by the request. */
const actionOf = ({ promoted, result }: Pick<PromotionRecord, 'promoted' | 'result'>) => (promoted ? 'version.promoted' : result.passed ? 'promotion.judged' : 'promotion.refused');

export async function recordPromotion({ promotions }: Repositories, audit: WriteAudit, promotion: PromotionRecord): Promise<PromotionRecord> {
  const { id, model, version, alias, projectId, result, changeRequestId } = promotion;
  await promotions.addPromotion(promotion);
  await audit({
    action: actionOf(promotion),
    subject: id,
    projectId,
    details: { version: `${model}@${version}`, alias, outcomes: result.conditions.map(({ name, code }) => `${name}: ${code}`), ...(changeRequestId !== null && { changeRequest: changeRequestId }) },
  });
  return promotion;
}

export async function moveByPromotion(change: Repositories, audit: WriteAudit, { caller, model, promotion, reason }: { readonly caller: Caller; readonly model: ModelRecord; readonly promotion: PromotionRecord; readonly reason: string | null }): Promise<void> {
  const { version: from } = await change.aliases.standing(model.name, promotion.alias);
  if (from === promotion.version) return;
  await moveAlias(change, audit, { caller, model, alias: promotion.alias, to: promotion.version, kind: 'promotion', reason, promotionId: promotion.id, changeRequestId: promotion.changeRequestId, at: promotion.createdAt });
}

/** The try that an approval has made of a request: recorded like any other. */
export const promotionOf = (request: ChangeRequestRecord & { readonly kind: 'alias'; readonly version: string }, of: { readonly useCase: Pick<PromotionRecord, 'projectId'> & { readonly id: PromotionRecord['useCaseId'] }; readonly conditions: PromotionRecord['conditions']; readonly result: GateResult; readonly at: Date }): PromotionRecord => ({
  id: newId('promotion'),
  model: request.model,
  version: request.version,
  alias: request.alias,
  projectId: of.useCase.projectId,
  useCaseId: of.useCase.id,
  conditions: of.conditions,
  result: of.result,
  promoted: of.result.passed,
  changeRequestId: request.id,
  createdAt: of.at,
});

export function gateFailed({ id, model, version, alias, result }: PromotionRecord): AppError {
  const failed = result.conditions.filter(({ outcome }) => outcome !== 'pass');
  return new AppError('gate.failed', `promotion ${id} refused`, {
    detail: `${model}@${version} was not promoted to "${alias}": ${failed.map(({ name, message }) => `${name}: ${message}`).join(' ')}`,
    extensions: { result, promotionId: id },
  });
}
