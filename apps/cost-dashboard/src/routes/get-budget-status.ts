import type { costEndpoints } from '@weighbridge/cost-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { AppError } from '@weighbridge/shared-domain';
import type { CostDeps } from '../cost-deps.ts';
import { readBudgetStatuses } from '../operations/read-budget-status.ts';

export const getBudgetStatusRoute =
  (deps: Pick<CostDeps, 'facts' | 'pool' | 'holds' | 'now'>): Handler<typeof costEndpoints.getBudgetStatus> =>
  async ({ params, caller }) => {
    const budget = await deps.facts.budgets.findBudget(params.id);
    if (budget === undefined || (caller.projectId !== null && budget.projectId !== caller.projectId)) {
      throw new AppError('resource.not_found', `no budget ${params.id} for ${caller.projectId ?? 'the platform'}`);
    }
    const [status] = await readBudgetStatuses(deps, [budget]);
    if (status === undefined) throw new AppError('service.internal', `budget ${budget.id} has no status`);
    return status;
  };
