import type { Deployment } from '@weighbridge/registry-contracts';
import { requirePlatform } from '@weighbridge/shared-adapters/auth';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import type { DeploymentId } from '@weighbridge/shared-domain';
import { deploymentView } from '../api-views.ts';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import { notFound } from '../refusals.ts';

/** Where a deployment runs decides what policies let through, so it is the platform's word and no project's. */
export async function setDeploymentPlace(deps: ChangeDeps, { caller, id, hostedIn }: { readonly caller: Caller; readonly id: DeploymentId; readonly hostedIn: string | null }): Promise<Deployment> {
  requirePlatform(caller);
  return changeRegistry(deps, caller, async ({ deployments }, audit) => {
    const deployment = await deployments.findDeployment(id);
    if (deployment === null) throw notFound(`deployment ${id}`);
    if (deployment.hostedIn === hostedIn) return deploymentView(deployment);
    const changed = await deployments.setHostedIn(id, hostedIn);
    await audit({ action: 'deployment.placed', subject: id, projectId: null, details: { version: `${deployment.model}@${deployment.version}`, from: deployment.hostedIn, to: hostedIn } });
    return deploymentView(changed);
  });
}
