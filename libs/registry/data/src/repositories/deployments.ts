import type { DeploymentId } from '@weighbridge/shared-domain';
import type { Deployment } from '../generated/client.ts';
import { DeploymentRecord } from '../records.ts';
import type { PageRequest } from '../records.ts';
import { json } from './session.ts';
import type { Session } from './session.ts';

export interface DeploymentRepository {
  readonly addDeployment: (deployment: DeploymentRecord) => Promise<void>;
  readonly findDeployment: (id: DeploymentId) => Promise<DeploymentRecord | null>;
  /** Newest first. Gives one more than the limit if there are more. */
  readonly listDeployments: (model: string, page: PageRequest) => Promise<DeploymentRecord[]>;
  readonly setDeploymentStatus: (id: DeploymentId, status: DeploymentRecord['status']) => Promise<DeploymentRecord>;
}

const fromRow = ({ modelName, contextLength, ...row }: Deployment): DeploymentRecord =>
  DeploymentRecord.parse({ ...row, model: modelName, contextLength: contextLength === null ? null : Number(contextLength) });

export const createDeploymentRepository = (session: Session): DeploymentRepository => ({
  addDeployment: async ({ model, contextLength, backend, ...deployment }) =>
    void (await session.deployment.create({ data: { ...deployment, modelName: model, contextLength: contextLength === null ? null : BigInt(contextLength), backend: json(backend) } })),
  findDeployment: async (id) => {
    const row = await session.deployment.findUnique({ where: { id } });
    return row === null ? null : fromRow(row);
  },
  listDeployments: async (modelName, { limit, after }) =>
    (await session.deployment.findMany({ where: { modelName, ...(after !== undefined && { id: { lt: after } }) }, orderBy: { id: 'desc' }, take: limit + 1 })).map(fromRow),
  setDeploymentStatus: async (id, status) => fromRow(await session.deployment.update({ where: { id }, data: { status } })),
});
