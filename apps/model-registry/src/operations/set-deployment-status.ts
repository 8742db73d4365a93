import type { Deployment } from '@weighbridge/registry-contracts';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { AppError } from '@weighbridge/shared-domain';
import type { DeploymentId } from '@weighbridge/shared-domain';
import { deploymentView } from '../api-views.ts';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import { notFound, requireMayChange } from '../refusals.ts';

export async function setDeploymentStatus(deps: ChangeDeps, { caller, id, status }: { readonly caller: Caller; readonly id: DeploymentId; readonly status: 'active' | 'paused' }): Promise<Deployment> {
  return changeRegistry(deps, caller, async (change, audit) => {
    const deployment = await change.deployments.findDeployment(id);
    if (deployment === null) throw notFound(`deployment ${id}`);
    const { ownerId } = await requireMayChange(change, caller, deployment.model);
    if (deployment.block !== null) {
      throw new AppError('resource.wrong_state', `deployment ${id} is blocked`, {
        detail: `The deployment is blocked: the file ${deployment.block.artifact} is not the one that was registered. An administrator of the platform lifts the block once the file is right: DELETE /v1/deployments/${id}/block.`,
        extensions: { block: deployment.block },
      });
    }
    if (deployment.status === status) return deploymentView(deployment);
    const changed = await change.deployments.setDeploymentStatus(id, status);
    await audit({ action: status === 'paused' ? 'deployment.paused' : 'deployment.resumed', subject: id, projectId: ownerId, details: { version: `${deployment.model}@${deployment.version}` } });
    return deploymentView(changed);
  });
}
