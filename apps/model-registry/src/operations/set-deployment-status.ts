import type { Deployment } from '@weighbridge/registry-contracts';
import type { DeploymentRecord } from '@weighbridge/registry-data';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import type { DeploymentId } from '@weighbridge/shared-domain';
import { deploymentView } from '../api-views.ts';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import { notFound } from '../refusals.ts';

export async function setDeploymentStatus(deps: ChangeDeps, { caller, id, status }: { readonly caller: Caller; readonly id: DeploymentId; readonly status: DeploymentRecord['status'] }): Promise<Deployment> {
  return changeRegistry(deps, caller, async ({ deployments }, audit) => {
    const deployment = await deployments.findDeployment(id);
    if (deployment === null) throw notFound(`deployment ${id}`);
    if (deployment.status === status) return deploymentView(deployment);
    const changed = await deployments.setDeploymentStatus(id, status);
    await audit({ action: status === 'paused' ? 'deployment.paused' : 'deployment.resumed', subject: id, details: { version: `${deployment.model}@${deployment.version}` } });
    return deploymentView(changed);
  });
}
