import type { UsagePlaces } from '@weighbridge/registry-contracts';
import type { ApprovalInForce } from '@weighbridge/registry-data';
import { approvalCovers } from '@weighbridge/registry-domain';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import type { UseCaseId } from '@weighbridge/shared-domain';
import { deploymentView } from '../api-views.ts';
import type { RegistryDeps } from '../deps.ts';
import { requireVersion } from '../refusals.ts';

type PlacesDeps = Pick<RegistryDeps, 'registry' | 'decider' | 'now'>;

const mostDeployments = 1_000;
const mostUseCases = 100;

/** Where a version is at work and for whom: use cases with an approval of it, and those that it was promoted for. */
export async function readUsagePlaces({ registry, decider, now }: PlacesDeps, { caller, model, version }: { readonly caller: Caller; readonly model: string; readonly version: string }): Promise<UsagePlaces> {
  const found = await requireVersion(registry, model, version);
  const of = { model: found.model, version: found.version };
  const aliases = (await registry.usage.listAliases()).filter((alias) => alias.model === model && alias.version === version);
  const deployments = (await registry.deployments.listDeployments(model, { limit: mostDeployments, after: undefined })).filter((deployment) => deployment.version === version);
  const approvals = await registry.usage.listApprovalsOf(of, caller.projectId, now());
  const promotions = await registry.usage.listPromotionsOf(of, caller.projectId);
  const ids = [...new Set([...approvals, ...promotions].map(({ useCaseId }) => useCaseId))].slice(0, mostUseCases);
  return {
    ref: `${model}@${version}`,
    aliases: aliases.map(({ name, updatedAt }) => ({ name, updatedAt: updatedAt.toISOString() })),
    deployments: deployments.map(deploymentView),
    useCases: (await Promise.all(ids.map((id) => place(id)))).flat(),
  };

  async function place(id: UseCaseId): Promise<UsagePlaces['useCases']> {
    const useCase = await registry.useCases.findUseCase(id);
    if (useCase === null) return [];
    const { name, projectId, facts, labels } = useCase;
    const { decision, reasons } = await decider.decide(model, version, facts, { id, name, projectId, labels });
    const approval = approvals.find(({ useCaseId, grounds }) => useCaseId === id && approvalCovers(grounds, { reasons }));
    return [{ id, name, projectId, outcome: decision, approval: approvalView(approval), promotedTo: promotions.filter(({ useCaseId }) => useCaseId === id).map(({ alias }) => alias) }];
  }
}

const approvalView = (approval: ApprovalInForce | undefined): UsagePlaces['useCases'][number]['approval'] => (approval === undefined ? null : { id: approval.id, reason: approval.reason, expiresAt: approval.expiresAt.toISOString() });
