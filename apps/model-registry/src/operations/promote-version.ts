import type { NewPromotion, Promotion } from '@weighbridge/registry-contracts';
import type { PromotionRecord, Repositories } from '@weighbridge/registry-data';
import { evaluateGate } from '@weighbridge/registry-domain';
import type { GateInput, GateResult } from '@weighbridge/registry-domain';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { newId } from '@weighbridge/shared-adapters/ids';
import { AppError, parseModelReference } from '@weighbridge/shared-domain';
import type { UseCaseId } from '@weighbridge/shared-domain';
import type { z } from 'zod';
import { promotionView } from '../api-views.ts';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import type { RegistryDeps } from '../deps.ts';
import { invalidField, requireUseCase, requireVersion } from '../refusals.ts';
import { gatherEvidence } from './gather-evidence.ts';

type PromoteDeps = ChangeDeps & Pick<RegistryDeps, 'decider' | 'evaluation'>;
type PromoteInput = z.output<typeof NewPromotion> & { readonly caller: Caller; readonly model: string };

/**
 * Judges the gate and, if every condition passes, moves the alias in the transaction that records the promotion. A failed one is recorded too,
 * and thrown as `gate.failed` with the whole result. When evidence cannot be had, nothing is recorded and nothing moves.
 */
export async function promoteVersion(deps: PromoteDeps, { caller, model, version, alias, gate }: PromoteInput): Promise<Promotion> {
  const useCase = await requireUseCase(deps.registry, caller, gate.useCase);
  await requireVersion(deps.registry, model, version);
  const baseline = gate.baseline === undefined ? null : { ...(await resolveBaseline(deps.registry, gate.baseline.model)), margin: gate.baseline.margin };
  const { decision, reasons, obligations } = await deps.decider.decide(model, version, useCase.facts);
  const evidence = await gatherEvidence(deps, { projectId: useCase.projectId, suite: gate.suite, candidate: { model, version }, baseline });
  const approval = decision === 'review' ? await approvalInForce(deps, useCase.id, model, version) : null;
  const result = evaluateGate({ conditions: gate, decision: { decision, reasons, obligations }, approval, ...evidence });

  const promotion: PromotionRecord = {
    id: newId('promotion'),
    model,
    version,
    alias,
    projectId: useCase.projectId,
    useCaseId: useCase.id,
    conditions: gate,
    result,
    promoted: result.passed,
    createdAt: deps.now(),
  };
  await recordPromotion(deps, caller, promotion);
  if (!result.passed) throw gateFailed(promotion, result);
  return promotionView(promotion);
}

const recordPromotion = (deps: ChangeDeps, caller: Caller, promotion: PromotionRecord): Promise<void> =>
  changeRegistry(deps, caller, async (change, audit) => {
    const { id, model, version, alias, projectId, promoted, result } = promotion;
    await change.promotions.addPromotion(promotion);
    await audit({ action: promoted ? 'version.promoted' : 'promotion.refused', subject: id, projectId, details: { version: `${model}@${version}`, alias, outcomes: result.conditions.map(({ name, code }) => `${name}: ${code}`) } });
    if (!promoted) return;
    const before = await change.models.findAlias(model, alias);
    await change.models.moveAlias(model, alias, version, promotion.createdAt);
    await audit({ action: 'alias.moved', subject: `${model}:${alias}`, details: { from: before?.version ?? null, to: version, promotion: id } });
  });

async function approvalInForce({ registry, now }: Pick<RegistryDeps, 'registry' | 'now'>, useCaseId: UseCaseId, model: string, version: string): Promise<NonNullable<GateInput['approval']> | null> {
  const approval = await registry.approvals.findApproval(useCaseId, model, version, now());
  return approval === null ? null : { id: approval.id, approvedBy: approval.approvedBy, expiresAt: approval.expiresAt.toISOString() };
}

/** An alias or a bare name stands for what it means now. */
async function resolveBaseline({ models, versions }: Repositories, reference: string): Promise<{ model: string; version: string }> {
  const parsed = parseModelReference(reference);
  const unknown = (what: string) => invalidField('/body/gate/baseline/model', what);
  if (parsed === null) throw unknown('must be a model reference: "name", "name@version" or "name:alias"');
  const version =
    parsed.kind === 'version'
      ? parsed.version
      : parsed.kind === 'alias'
        ? (await models.findAlias(parsed.model, parsed.alias))?.version
        : ((await models.findAlias(parsed.model, 'default'))?.version ?? (await models.findModelOverview(parsed.model))?.latestVersion ?? undefined);
  if (version === undefined || (await versions.findVersion(parsed.model, version)) === null) throw unknown(`"${reference}" names no registered version`);
  return { model: parsed.model, version };
}

function gateFailed({ id, model, version, alias }: PromotionRecord, result: GateResult): AppError {
  const failed = result.conditions.filter(({ outcome }) => outcome !== 'pass');
  return new AppError('gate.failed', `promotion ${id} refused`, {
    detail: `${model}@${version} was not promoted to "${alias}": ${failed.map(({ name, message }) => `${name}: ${message}`).join(' ')}`,
    extensions: { result, promotionId: id },
  });
}
