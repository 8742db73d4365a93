import { SimpleGrid } from '@mantine/core';
import { EmptyState, LoadingBlock, PageHeader, Panel } from '@weighbridge/shared-ui';
import { BudgetMeter, shareOfLimit } from '../../pieces/budget-meter.tsx';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { useBudgets } from '../../queries/use-budgets.ts';
import { useNames } from '../../queries/use-names.ts';
import { CostTabs } from './cost-tabs.tsx';

export function BudgetsPage() {
  const budgets = useBudgets();
  const nameOf = useNames();
  return (
    <Page>
      <PageHeader title="Budgets" description="A hard budget is never overspent: what a request may cost is held before it runs, and settled when it has. A soft one warns." />
      <CostTabs />
      <QueryView
        query={budgets}
        loading={<LoadingBlock height={200} />}
        isEmpty={(rows) => rows.length === 0}
        empty={
          <Panel>
            <EmptyState title="No budget yet" command={'curl -X POST "$ORIGIN/api/cost/v1/budgets" -H "Authorization: Bearer $KEY" \\\n  -H "Content-Type: application/json" \\\n  -d \'{"name": "support", "kind": "hard", "period": "month", "limitUsd": "50"}\''}>
              An administrator sets a limit on what a project, a key or a use case may spend.
            </EmptyState>
          </Panel>
        }
      >
        {(rows) => (
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            {rows
              .toSorted((a, b) => shareOfLimit(b.spentUsd, b.limitUsd) - shareOfLimit(a.spentUsd, a.limitUsd))
              .map((status) => (
                <Panel key={status.budget.id}>
                  <BudgetMeter status={status} of={nameOf(status.budget.keyId ?? status.budget.useCaseId ?? status.budget.projectId)} />
                </Panel>
              ))}
          </SimpleGrid>
        )}
      </QueryView>
    </Page>
  );
}
