import { Budget, budgetAccountId } from '@weighbridge/cost-domain';
import type { CostFacts } from '@weighbridge/cost-data';
import type { NewBudget } from '@weighbridge/cost-contracts';
import type { BudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import { AppError, formatUsd, parseUsd, zeroUsd } from '@weighbridge/shared-domain';
import type { BudgetId, ProjectId } from '@weighbridge/shared-domain';
import type { RegistryFacts } from '../registry-facts.ts';
import { accountSetting, presentAccountIds } from './align-accounts.ts';

export interface CreateBudgetDeps {
  readonly facts: Pick<CostFacts, 'change'>;
  readonly holds: Pick<BudgetHolds, 'configure'>;
  readonly registry: Pick<RegistryFacts, 'ownsKey' | 'ownsUseCase' | 'hasProject'>;
  readonly announce: (revision: number) => Promise<void>;
  readonly now: () => Date;
  readonly newBudgetId: () => BudgetId;
}

/** A request is held against every budget that concerns it, so there may not be any number of them. */
const mostBudgets = 50;

/**
 * Sets a budget. Its account begins at what its spender has spent in the period so far, and is in the hold store before any gateway hears
 * of the budget. The same budget again is the one there is.
 */
export async function createBudget(deps: CreateBudgetDeps, { projectId, ...asked }: NewBudget & { readonly projectId: ProjectId }): Promise<Budget> {
  await refuseStrangers(deps.registry, projectId, asked);
  const at = deps.now();
  const budget = Budget.parse({
    id: deps.newBudgetId(),
    name: asked.name,
    projectId,
    keyId: asked.keyId ?? null,
    useCaseId: asked.useCaseId ?? null,
    kind: asked.kind,
    period: asked.period,
    limitUsd: formatUsd(parseUsd(asked.limitUsd)),
    createdAt: at.toISOString(),
  });
  const { result, revision } = await deps.facts.change(async (change) => {
    const existing = await change.budgets.findBudgetByName(projectId, budget.name);
    if (existing !== undefined) {
      if (sameBudget(existing, budget)) return existing;
      throw new AppError('resource.conflict', `budget ${existing.id} has this name`, { detail: `This project has a budget "${budget.name}" already, with other content.` });
    }
    if ((await change.budgets.listBudgets({ projectId, limit: mostBudgets })).length === mostBudgets) {
      throw new AppError('resource.wrong_state', `project ${projectId} has ${mostBudgets} budgets`, { detail: `A project may have at most ${mostBudgets} budgets.` });
    }
    await change.budgets.insertBudget(budget);
    const present = budgetAccountId(budget, at);
    const spent = await change.openAccount(budget, present, at);
    await deps.holds.configure(presentAccountIds(budget, at).map((accountId) => accountSetting(budget, accountId, accountId === present ? spent : zeroUsd)));
    return budget;
  });
  await deps.announce(revision);
  return result;
}

async function refuseStrangers(registry: CreateBudgetDeps['registry'], projectId: ProjectId, { keyId, useCaseId }: Pick<NewBudget, 'keyId' | 'useCaseId'>): Promise<void> {
  const refuse = (what: string, pointer: string) => {
    throw new AppError('resource.not_found', `no ${what} of project ${projectId}`, { faults: [{ pointer, message: `there is no such ${what} in this project` }], detail: `There is no such ${what} in this project.` });
  };
  if (!(await registry.hasProject(projectId))) refuse('project', '/body/project');
  if (keyId !== undefined && !(await registry.ownsKey(projectId, keyId))) refuse('key', '/body/keyId');
  if (useCaseId !== undefined && !(await registry.ownsUseCase(projectId, useCaseId))) refuse('use case', '/body/useCaseId');
}

const sameBudget = (a: Budget, b: Budget): boolean =>
  a.keyId === b.keyId && a.useCaseId === b.useCaseId && a.kind === b.kind && a.period === b.period && parseUsd(a.limitUsd) === parseUsd(b.limitUsd);
