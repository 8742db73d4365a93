import type { Deployment, NewDeploymentBlock } from '@weighbridge/registry-contracts';
import { requirePlatform } from '@weighbridge/shared-adapters/auth';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { AppError } from '@weighbridge/shared-domain';
import type { DeploymentId } from '@weighbridge/shared-domain';
import type { z } from 'zod';
import { deploymentView } from '../api-views.ts';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import { notFound, requireModel } from '../refusals.ts';

type BlockInput = z.output<typeof NewDeploymentBlock> & { readonly caller: Caller; readonly id: DeploymentId };

/** Told by a worker that has found another file than the registered one. The first finding stays until the block is lifted. */
export const blockDeployment = (deps: ChangeDeps, { caller, id, ...finding }: BlockInput): Promise<Deployment> =>
  changeRegistry(deps, caller, async (change, audit) => {
    const deployment = await change.deployments.findDeployment(id);
    if (deployment === null) throw notFound(`deployment ${id}`);
    if (deployment.block !== null) return deploymentView(deployment);
    const { backend } = deployment;
    if (backend.kind !== 'llama-cpp' || backend.sha256 !== finding.registeredSha256 || finding.foundSha256 === finding.registeredSha256) {
      throw new AppError('resource.conflict', `${id} has no artifact with SHA-256 ${finding.registeredSha256} that could differ`, { detail: 'The finding is not about a file of this deployment.' });
    }
    const { ownerId } = await requireModel(change, deployment.model);
    const blocked = await change.deployments.setBlock(id, { ...finding, at: deps.now().toISOString() });
    await audit({ action: 'deployment.blocked', subject: id, projectId: ownerId, details: { version: `${deployment.model}@${deployment.version}`, ...finding } });
    return deploymentView(blocked);
  });

/** The platform's word that the file was put right. It is no proof: the worker checks it again before it loads it, and blocks again. */
export async function unblockDeployment(deps: ChangeDeps, { caller, id }: { readonly caller: Caller; readonly id: DeploymentId }): Promise<Deployment> {
  requirePlatform(caller);
  return changeRegistry(deps, caller, async (change, audit) => {
    const deployment = await change.deployments.findDeployment(id);
    if (deployment === null) throw notFound(`deployment ${id}`);
    if (deployment.block === null) return deploymentView(deployment);
    const { ownerId } = await requireModel(change, deployment.model);
    const lifted = await change.deployments.setBlock(id, null);
    await audit({ action: 'deployment.unblocked', subject: id, projectId: ownerId, details: { version: `${deployment.model}@${deployment.version}`, foundSha256: deployment.block.foundSha256 } });
    return deploymentView(lifted);
  });
}
