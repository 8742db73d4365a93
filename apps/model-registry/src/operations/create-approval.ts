import type { Approval, DatedDecision, NewApproval } from '@weighbridge/registry-contracts';
import type { ApprovalRecord, Repositories, UseCaseRecord } from '@weighbridge/registry-data';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { approvalGrounds } from '@weighbridge/registry-domain';
import { newId } from '@weighbridge/shared-adapters/ids';
import { AppError } from '@weighbridge/shared-domain';
import type { z } from 'zod';
import { approvalView } from '../api-views.ts';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps, WriteAudit } from '../change-registry.ts';
import type { RegistryDeps } from '../deps.ts';
import { invalidField, requireUseCase, splitReference } from '../refusals.ts';

/** An administrator's word without anyone having asked for it. */
export async function createApproval(deps: ChangeDeps & Pick<RegistryDeps, 'decider'>, { caller, ...asked }: z.output<typeof NewApproval> & { readonly caller: Caller }): Promise<Approval> {
  const now = deps.now();
  const expiresAt = new Date(asked.expiresAt);
  if (expiresAt <= now) throw invalidField('/body/expiresAt', 'must lie in the future');
  const useCase = await requireUseCase(deps.registry, caller, asked.useCaseId);
  const { model, version } = splitReference(asked.model);
  const { inputsDigest, reasons } = await requireReview(deps, { model, version, useCase });
  const approval: ApprovalRecord = { ...newApproval(caller, useCase, { model, version }, now), grounds: approvalGrounds({ reasons }), reason: asked.reason, expiresAt };
  return changeRegistry(deps, caller, async (change, audit) => {
    await addApproval(change, audit, approval, { inputsDigest });
    return approvalView(approval);
  });
}

export const newApproval = (caller: Pick<Caller, 'keyId'>, useCase: Pick<UseCaseRecord, 'id' | 'projectId'>, { model, version }: { readonly model: string; readonly version: string }, now: Date) => ({
  id: newId('approval'),
  projectId: useCase.projectId,
  useCaseId: useCase.id,
  model,
  version,
  approvedBy: caller.keyId ?? 'service',
  createdAt: now,
  revokedAt: null,
  revokedBy: null,
});

export async function addApproval({ approvals }: Repositories, audit: WriteAudit, approval: ApprovalRecord, details: Readonly<Record<string, unknown>>): Promise<void> {
  await approvals.addApproval(approval);
  await audit({
    action: 'use.approved',
    subject: approval.id,
    projectId: approval.projectId,
    details: { model: `${approval.model}@${approval.version}`, useCaseId: approval.useCaseId, expiresAt: approval.expiresAt.toISOString(), reason: approval.reason, ...details },
  });
}

/** Only a `review` can be approved: what is allowed needs no approval, and what is denied gets none here but from the licensor. */
export async function requireReview({ decider }: Pick<RegistryDeps, 'decider'>, { model, version, useCase }: { readonly model: string; readonly version: string; readonly useCase: UseCaseRecord }): Promise<DatedDecision> {
  const decided = await decider.decide(model, version, useCase.facts, useCase);
  const { decision, reasons } = decided;
  if (decision !== 'review') {
    throw new AppError('resource.wrong_state', `approval of a decision that is ${decision}`, {
      detail: decision === 'deny' ? denial(decided) : 'Nothing stands against this use. It needs no approval.',
      extensions: { decision, reasons },
    });
  }
  return decided;
}

/** What decides is the first of the reasons. */
const denial = ({ reasons }: DatedDecision): string =>
  reasons[0]?.code === 'policy'
    ? 'A policy of the organisation denies this use. An approval cannot change that: choose another model or deployment, or have the policy revised.'
    : 'The licence denies this use. An approval cannot change that: ask the licensor for another licence, or choose another model.';
