import type { Approval, NewApproval } from '@weighbridge/registry-contracts';
import type { ApprovalRecord } from '@weighbridge/registry-data';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { newId } from '@weighbridge/shared-adapters/ids';
import { AppError } from '@weighbridge/shared-domain';
import type { z } from 'zod';
import { approvalView } from '../api-views.ts';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import type { RegistryDeps } from '../deps.ts';
import { invalidField, requireUseCase, splitReference } from '../refusals.ts';

/** Only a `review` can be approved: what is allowed needs no approval, and what is denied gets none here but from the licensor. */
export async function createApproval(deps: ChangeDeps & Pick<RegistryDeps, 'decider'>, { caller, ...asked }: z.output<typeof NewApproval> & { readonly caller: Caller }): Promise<Approval> {
  const now = deps.now();
  const expiresAt = new Date(asked.expiresAt);
  if (expiresAt <= now) throw invalidField('/body/expiresAt', 'must lie in the future');
  const useCase = await requireUseCase(deps.registry, caller, asked.useCaseId);
  const { model, version } = splitReference(asked.model);
  const { decision, inputsDigest, reasons } = await deps.decider.decide(model, version, useCase.facts);
  if (decision !== 'review') {
    throw new AppError('resource.wrong_state', `approval of a decision that is ${decision}`, {
      detail: decision === 'deny' ? 'The licence denies this use. An approval cannot change that: ask the licensor for another licence, or choose another model.' : 'The licence allows this use. It needs no approval.',
      extensions: { decision, reasons },
    });
  }
  const approval: ApprovalRecord = { id: newId('approval'), projectId: useCase.projectId, useCaseId: useCase.id, model, version, reason: asked.reason, approvedBy: caller.keyId ?? 'service', expiresAt, createdAt: now };
  return changeRegistry(deps, caller, async ({ approvals }, audit) => {
    await approvals.addApproval(approval);
    await audit({
      action: 'use.approved',
      subject: approval.id,
      projectId: useCase.projectId,
      details: { model: asked.model, useCaseId: useCase.id, expiresAt: expiresAt.toISOString(), reason: asked.reason, inputsDigest },
    });
    return approvalView(approval);
  });
}
