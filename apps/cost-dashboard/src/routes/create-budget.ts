import type { costEndpoints } from '@weighbridge/cost-contracts';
import { projectOf } from '@weighbridge/shared-adapters/auth';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { CostDeps } from '../cost-deps.ts';
import { createBudget } from '../operations/create-budget.ts';

export const createBudgetRoute =
  (deps: Pick<CostDeps, 'facts' | 'holds' | 'registry' | 'announce' | 'now' | 'newBudgetId'>): Handler<typeof costEndpoints.createBudget> =>
  ({ body, caller }) =>
    createBudget(deps, { ...body, projectId: projectOf(caller, body.project) });
