import type { DeploymentId } from '@weighbridge/shared-domain';
import type { Deployment } from '../generated/client.ts';
import { DeploymentRecord } from '../records.ts';
import type { DeploymentBlockRecord, PageRequest } from '../records.ts';
import { json, nullableJson } from './session.ts';
import type { Session } from './session.ts';

export interface DeploymentRepository {
  readonly addDeployment: (deployment: DeploymentRecord) => Promise<void>;
  readonly findDeployment: (id: DeploymentId) => Promise<DeploymentRecord | null>;
  /** Newest first. Gives one more than the limit if there are more. */
  readonly listDeployments: (model: string, page: PageRequest) => Promise<DeploymentRecord[]>;
  readonly setDeploymentStatus: (id: DeploymentId, status: 'active' | 'paused') => Promise<DeploymentRecord>;
  readonly setHostedIn: (id: DeploymentId, hostedIn: string | null) => Promise<DeploymentRecord>;
  /** Null lifts the block: what was set before holds again. */
  readonly setBlock: (id: DeploymentId, block: DeploymentBlockRecord | null) => Promise<DeploymentRecord>;
  /** Where and how a version runs: of its deployments that are active, each once. */
  readonly listPlacements: (model: string, version: string) => Promise<{ readonly hostedIn: string | null; readonly backendKind: string }[]>;
  /** Version and status of every deployment of a model. */
  readonly listDeployed: (model: string) => Promise<{ readonly version: string; readonly status: DeploymentRecord['status'] }[]>;
}

const fromRow = ({ modelName, contextLength, ...row }: Deployment): DeploymentRecord =>
  DeploymentRecord.parse({ ...row, status: row.block === null ? row.status : 'blocked', model: modelName, contextLength: contextLength === null ? null : Number(contextLength) });

export const createDeploymentRepository = (session: Session): DeploymentRepository => ({
  addDeployment: async ({ model, contextLength, backend, block: _, ...deployment }) =>
    void (await session.deployment.create({ data: { ...deployment, modelName: model, contextLength: contextLength === null ? null : BigInt(contextLength), backend: json(backend) } })),
  findDeployment: async (id) => {
    const row = await session.deployment.findUnique({ where: { id } });
    return row === null ? null : fromRow(row);
  },
  listDeployments: async (modelName, { limit, after }) =>
    (await session.deployment.findMany({ where: { modelName, ...(after !== undefined && { id: { lt: after } }) }, orderBy: { id: 'desc' }, take: limit + 1 })).map(fromRow),
  setDeploymentStatus: async (id, status) => fromRow(await session.deployment.update({ where: { id }, data: { status } })),
  setHostedIn: async (id, hostedIn) => fromRow(await session.deployment.update({ where: { id }, data: { hostedIn } })),
  setBlock: async (id, block) => fromRow(await session.deployment.update({ where: { id }, data: { block: nullableJson(block) } })),
  listPlacements: (modelName, version) =>
    session.$queryRaw<{ hostedIn: string | null; backendKind: string }[]>`
      select distinct hosted_in as "hostedIn", backend->>'kind' as "backendKind" from deployment
      where model_name = ${modelName} and version = ${version} and status = 'active' and block is null`,
  listDeployed: async (modelName) =>
    (await session.deployment.findMany({ where: { modelName }, select: { version: true, status: true, block: true } })).map(({ version, status, block }) => ({
      version,
      status: block === null ? DeploymentRecord.shape.status.parse(status) : 'blocked',
    })),
});
