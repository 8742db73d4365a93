import { formatUsd, parseUsd } from '@weighbridge/shared-domain';
import type { ProjectId } from '@weighbridge/shared-domain';
import pc from 'picocolors';
import { createClients } from './clients.ts';
import { until } from './progress.ts';
import { localModel } from './register-models.ts';
import { dollars } from './report.ts';
import type { TourState } from './tour-state.ts';

const requests = 50;
const limitUsd = '0.02';

export interface BudgetOutcome {
  readonly projectId: ProjectId;
  readonly answered: number;
}

/** 7. A hard budget of two cents on a second project, and 50 requests at once. */
export async function holdBudget({ origin, admin, report }: TourState): Promise<BudgetOutcome> {
  report.step('A hard budget under 50 concurrent requests');
  const project = await admin.registry.createProject({ body: { name: `intern's experiment ${new Date().toISOString().slice(0, 16).replace('T', ' ')}` } });
  const useCase = await admin.registry.createUseCase({
    body: { project: project.id, name: 'experiment', facts: { purposes: ['research'], commercial: false, monthlyActiveUsers: 1, annualRevenueUsd: 0, regions: ['EU'], distribution: 'internal', trainOnOutputs: false } },
  });
  const { token } = await admin.registry.createKey({ params: { id: project.id }, body: { name: 'experiment', role: 'runner', useCaseId: useCase.id } });
  const budget = await admin.cost.createBudget({ body: { project: project.id, name: 'two cents a month', kind: 'hard', period: 'month', limitUsd } });
  const { openai } = createClients(origin, token);

  const outcomes = await Promise.all(
    Array.from({ length: requests }, (_, index) =>
      openai.chat.completions.create({ model: `${localModel}@base`, messages: [{ role: 'user', content: `What is ${index + 11} plus ${90 - index}?` }], temperature: 0, max_completion_tokens: 64 }).then(
        () => ({ answered: true, status: 200, message: '' }),
        (error: unknown) => ({ answered: false, status: error instanceof Error && 'status' in error ? error.status : null, message: error instanceof Error ? error.message : String(error) }),
      ),
    ),
  );
  const answered = outcomes.filter((outcome) => outcome.answered).length;
  const refused = outcomes.filter((outcome) => outcome.status === 429);
  const status = await until('the ledger to settle', 20_000, async () => {
    const now = await admin.cost.getBudgetStatus({ params: { id: budget.id } });
    return parseUsd(now.heldUsd) === 0n ? now : undefined;
  });
  report.table(['requests', 'answered', 'refused (429)', 'limit', 'spent', 'left'], [[String(requests), String(answered), String(refused.length), dollars(limitUsd), dollars(status.spentUsd), dollars(status.remainingUsd)]]);
  report.line(`a refusal says: ${pc.dim(refused[0]?.message ?? 'none')}`);
  report.expect(`the money spent (${formatUsd(parseUsd(status.spentUsd))}) is at most the limit (${limitUsd})`, parseUsd(status.spentUsd) <= parseUsd(limitUsd));
  report.expect('some were answered and the rest refused, with a clear error', answered > 0 && refused.length > 0 && answered + refused.length === requests);
  return { projectId: project.id, answered };
}
