import type { Budget } from '@weighbridge/cost-domain';
import { budgetFromRow, budgetToRow, uuidOf } from './mapping.ts';
import type { FactsClient } from './price-repository.ts';

export interface BudgetPage {
  /** Null: of all projects. */
  readonly projectId: string | null;
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface BudgetRepository {
  insertBudget(budget: Budget): Promise<void>;
  findBudget(id: string): Promise<Budget | undefined>;
  /** Names are unique in a project. */
  findBudgetByName(projectId: string, name: string): Promise<Budget | undefined>;
  /** Newest first. */
  listBudgets(page: BudgetPage): Promise<Budget[]>;
  listAllBudgets(): Promise<Budget[]>;
}

export function createBudgetRepository(client: FactsClient): BudgetRepository {
  return {
    insertBudget: async (budget) => void (await client.budget.create({ data: budgetToRow(budget) })),
    findBudget: async (id) => {
      const row = await client.budget.findUnique({ where: { id: uuidOf(id) } });
      return row === null ? undefined : budgetFromRow(row);
    },
    findBudgetByName: async (projectId, name) => {
      const row = await client.budget.findUnique({ where: { projectId_name: { projectId: uuidOf(projectId), name } } });
      return row === null ? undefined : budgetFromRow(row);
    },
    listBudgets: async ({ projectId, after, limit }) => {
      const where = { ...(projectId !== null && { projectId: uuidOf(projectId) }), ...(after !== undefined && { id: { lt: uuidOf(after) } }) };
      const rows = await client.budget.findMany({ where, orderBy: { id: 'desc' }, take: limit });
      return rows.map(budgetFromRow);
    },
    listAllBudgets: async () => (await client.budget.findMany({ orderBy: { id: 'asc' } })).map(budgetFromRow),
  };
}
