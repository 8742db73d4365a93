import { UsageEvent } from '@weighbridge/cost-domain';
import type { UsageRow } from '@weighbridge/cost-contracts';
import { formatUsd, parseUsd, sumUsd } from '@weighbridge/shared-domain';
import type { ProjectId } from '@weighbridge/shared-domain';
import type { BudgetOutcome } from './hold-budget.ts';
import { until } from './progress.ts';
import { dollars } from './report.ts';
import type { TourState } from './tour-state.ts';

interface Expected {
  /** Attempts that the tour's project has made. */
  readonly attempts: number;
  readonly otherProject: BudgetOutcome;
}

/** 8. What did it cost and who pays? And does the report equal the ledger, to the last digit? */
export async function reportCosts(state: TourState, expected: Expected): Promise<void> {
  const { report, admin, project, startedAt } = state;
  report.step('The cost report');
  const period = () => ({ from: startedAt.toISOString().replace(/:\d\d\.\d+Z$/, ':00.000Z').replace(/:\d\d:00\.000Z$/, ':00:00.000Z'), to: new Date(Date.now() + 60_000).toISOString() });
  await until('every attempt to reach the ledger', 30_000, async () => {
    const usage = await admin.cost.getUsage({ query: { ...period(), project: project.id } });
    return usage.total.events >= expected.attempts ? usage : undefined;
  });

  const projects: readonly { readonly id: ProjectId; readonly name: string }[] = [project, { id: expected.otherProject.projectId, name: 'intern’s experiment' }];
  const { data: useCases } = await admin.registry.listUseCases({ query: { limit: 200 } });
  const rows: { readonly project: string; readonly row: UsageRow }[] = [];
  const totals: bigint[] = [];
  const ledger: bigint[] = [];
  let events = 0;
  for (const { id, name } of projects) {
    const usage = await admin.cost.getUsage({ query: { ...period(), project: id, groupBy: 'model,version,useCase' } });
    rows.push(...usage.rows.map((row) => ({ project: name, row })));
    totals.push(parseUsd(usage.total.costUsd));
    for await (const event of exportEvents(state, id)) {
      ledger.push(parseUsd(event.costUsd));
      events += 1;
    }
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
  const summed = sumUsd(ledger);
  report.line(`report: $${formatUsd(reported)}   sum of ${events.toLocaleString('en')} ledger events: $${formatUsd(summed)}`);
  report.expect('the sum of the events equals the report’s total to the last digit', reported === summed && summed > 0n);
  report.expect('the rows of the report add up to its total', sumUsd(rows.map(({ row }) => parseUsd(row.costUsd))) === reported);
  report.expect('every attempt is in the ledger exactly once', events === expected.attempts + expected.otherProject.answered);
}

async function* exportEvents({ admin }: TourState, project: ProjectId): AsyncGenerator<UsageEvent> {
  const response = await admin.cost.exportUsageEvents({ query: { project, format: 'jsonl' } });
  for (const line of (await response.text()).split('\n')) if (line !== '') yield UsageEvent.parse(JSON.parse(line));
}
