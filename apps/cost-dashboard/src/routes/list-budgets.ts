import type { costEndpoints } from '@weighbridge/cost-contracts';
import { projectFilter } from '@weighbridge/shared-adapters/auth';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { toPage } from '@weighbridge/shared-contracts';
import { BudgetId } from '@weighbridge/shared-domain';
import type { CostDeps } from '../cost-deps.ts';
import { readBudgetStatuses } from '../operations/read-budget-status.ts';
import { idCursor } from './usage-cursor.ts';

export const listBudgetsRoute =
  (deps: Pick<CostDeps, 'facts' | 'pool' | 'holds' | 'now'>): Handler<typeof costEndpoints.listBudgets> =>
  async ({ query, caller }) => {
    const projectId = projectFilter(caller, query.project);
    const page = toPage(await deps.facts.budgets.listBudgets({ projectId, after: idCursor(BudgetId, query.cursor), limit: query.limit + 1 }), query.limit, ({ id }) => id);
    return { data: await readBudgetStatuses(deps, page.data), nextCursor: page.nextCursor };
  };
