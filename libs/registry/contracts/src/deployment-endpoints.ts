import { HostRegion } from '@weighbridge/registry-domain';
import { defineEndpoints, pageOf, pageQuery } from '@weighbridge/shared-contracts';
import { DeploymentId, ModelName } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { Deployment, DeploymentStatus, NewDeployment, NewDeploymentBlock } from './deployment.ts';

const modelParams = z.object({ name: ModelName });

export const deploymentEndpoints = defineEndpoints({
  createDeployment: { method: 'post', path: '/v1/models/{name}/deployments', role: 'editor', summary: 'Makes a version runnable, for all projects (at a model server: platform administrators only)', params: modelParams, body: NewDeployment, response: Deployment, status: 201 },
  listDeployments: { method: 'get', path: '/v1/models/{name}/deployments', role: 'viewer', summary: 'The deployments of a model', params: modelParams, query: z.object(pageQuery), response: pageOf(Deployment) },
  setDeploymentStatus: {
    method: 'put',
    path: '/v1/deployments/{id}/status',
    role: 'editor',
    summary: 'Pauses a deployment or takes it up again',
    params: z.object({ id: DeploymentId }),
    body: z.strictObject({ status: DeploymentStatus }),
    response: Deployment,
  },
  setDeploymentPlace: {
    method: 'put',
    path: '/v1/deployments/{id}/place',
    role: 'admin',
    summary: 'Says where a deployment is hosted, for policies about places (platform administrators only)',
    params: z.object({ id: DeploymentId }),
    body: z.strictObject({ hostedIn: HostRegion.nullable() }),
    response: Deployment,
  },
  blockDeployment: { method: 'put', path: '/v1/deployments/{id}/block', role: 'service', summary: 'A worker found another model file than the registered one', params: z.object({ id: DeploymentId }), body: NewDeploymentBlock, response: Deployment },
  unblockDeployment: {
    method: 'delete',
    path: '/v1/deployments/{id}/block',
    role: 'admin',
    summary: 'Lifts the block of a deployment whose file was put right; workers check it again before they load it (platform administrators only)',
    params: z.object({ id: DeploymentId }),
    response: Deployment,
  },
});
