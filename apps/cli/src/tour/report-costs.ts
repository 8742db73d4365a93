import { UsageEvent } from '@weighbridge/cost-domain';
import type { UsageRow } from '@weighbridge/cost-contracts';
import { formatUsd, parseUsd, sumUsd } from '@weighbridge/shared-domain';
import type { ProjectId } from '@weighbridge/shared-domain';
import type { BudgetOutcome } from './hold-budget.ts';
import { until } from './progress.ts';
import { dollars } from './report.ts';
import type { TourState } from './tour-state.ts';

interface Expected {
  /** Answers that the tour's project has got. An answer may have taken several attempts: a worker was lost, a model server failed. */
  readonly answers: number;
  readonly otherProject: BudgetOutcome;
}

/** 8. What did it cost and who pays? And does the report equal the ledger, to the last digit? */
export async function reportCosts(state: TourState, expected: Expected): Promise<void> {
  const { report, admin, project, startedAt } = state;
  report.step('The cost report');
  const period = () => ({ from: startedAt.toISOString().replace(/:\d\d\.\d+Z$/, ':00.000Z').replace(/:\d\d:00\.000Z$/, ':00:00.000Z'), to: new Date(Date.now() + 60_000).toISOString() });
  await until('every answer to reach the ledger', 30_000, async () => {
    const usage = await admin.cost.getUsage({ query: { ...period(), project: project.id } });
    if (usage.total.events < expected.answers) return undefined;
    return answeredJobs(await exportEvents(state, project.id)).size >= expected.answers ? usage : undefined;
  });

  const projects: readonly { readonly id: ProjectId; readonly name: string }[] = [project, { id: expected.otherProject.projectId, name: 'intern’s experiment' }];
  const { data: useCases } = await admin.registry.listUseCases({ query: { limit: 200 } });
  const rows: { readonly project: string; readonly row: UsageRow }[] = [];
  const totals: bigint[] = [];
  const events: UsageEvent[] = [];
  for (const { id, name } of projects) {
    const usage = await admin.cost.getUsage({ query: { ...period(), project: id, groupBy: 'model,version,useCase' } });
    rows.push(...usage.rows.map((row) => ({ project: name, row })));
    totals.push(parseUsd(usage.total.costUsd));
    events.push(...(await exportEvents(state, id)));
  }
  report.table(
    ['project', 'model', 'use case', 'attempts', 'input tokens', 'output tokens', 'cost'],
    rows.map(({ project: name, row }) => [
      name,
      `${row.group['model'] ?? ''}@${row.group['version'] ?? ''}`,
      useCases.find((useCase) => useCase.id === row.group['useCase'])?.name ?? '–',
      row.events.toLocaleString('en'),
      row.inputTokens.toLocaleString('en'),
      row.outputTokens.toLocaleString('en'),
      dollars(row.costUsd),
    ]),
  );
  const reported = sumUsd(totals);
  const summed = sumUsd(events.map(({ costUsd }) => parseUsd(costUsd)));
  report.line(`report: $${formatUsd(reported)}   sum of ${events.length.toLocaleString('en')} ledger events: $${formatUsd(summed)}`);
  report.expect('the sum of the events equals the report’s total to the last digit', reported === summed && summed > 0n);
  report.expect('the rows of the report add up to its total', sumUsd(rows.map(({ row }) => parseUsd(row.costUsd))) === reported);
  const unanswered = events.filter(({ outcome }) => outcome !== 'succeeded').length;
  if (unanswered > 0) report.line(`${unanswered.toLocaleString('en')} of them are of attempts that brought no answer: a worker was lost or a model server failed, and what that may have cost is in the ledger too`);
  report.expect('every answer is in the ledger, and no attempt twice', answeredJobs(events).size === expected.answers + expected.otherProject.answered && new Set(events.map(({ id }) => id)).size === events.length);
}

const answeredJobs = (events: readonly UsageEvent[]): ReadonlySet<string> => new Set(events.filter(({ outcome }) => outcome === 'succeeded').map(({ jobId }) => jobId));

async function exportEvents({ admin }: TourState, project: ProjectId): Promise<readonly UsageEvent[]> {
  const response = await admin.cost.exportUsageEvents({ query: { project, format: 'jsonl' } });
  return (await response.text()).split('\n').filter((line) => line !== '').map((line) => UsageEvent.parse(JSON.parse(line)));
}
