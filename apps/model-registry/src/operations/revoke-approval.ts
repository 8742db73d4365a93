import type { Caller } from '@weighbridge/shared-adapters/auth';
import type { ApprovalId } from '@weighbridge/shared-domain';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import { notFound, sees } from '../refusals.ts';

/** Ends an approval before its time. Once more changes nothing. */
export async function revokeApproval(deps: ChangeDeps, { caller, id, reason = null }: { readonly caller: Caller; readonly id: ApprovalId; readonly reason?: string | null }): Promise<void> {
  await changeRegistry(deps, caller, async ({ approvals }, audit) => {
    const approval = await approvals.findApprovalById(id);
    if (approval === null || !sees(caller, approval.projectId)) throw notFound(`approval ${id} for key ${caller.keyId}`);
    if (approval.revokedAt !== null) return;
    await approvals.revokeApproval(id, { revokedBy: caller.keyId, reason, revokedAt: deps.now() });
    await audit({ action: 'use.approval_revoked', subject: id, projectId: approval.projectId, details: { model: `${approval.model}@${approval.version}`, useCaseId: approval.useCaseId, ...(reason !== null && { reason }) } });
  });
}
