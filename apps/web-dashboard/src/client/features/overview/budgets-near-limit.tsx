import { Stack } from '@mantine/core';
import { EmptyState, Panel } from '@weighbridge/shared-ui';
import { BudgetMeter, shareOfLimit } from '../../pieces/budget-meter.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { TextLink } from '../../pieces/text-link.tsx';
import { useBudgets } from '../../queries/use-budgets.ts';
import { useNames } from '../../queries/use-names.ts';

const shown = 4;

/** The fullest first. */
export function BudgetsNearLimit() {
  const budgets = useBudgets();
  const nameOf = useNames();
  return (
    <Panel title="Budgets closest to their limit" actions={<TextLink to="/costs/budgets">All budgets</TextLink>}>
      <QueryView query={budgets} isEmpty={(rows) => rows.length === 0} empty={<EmptyState title="No budget is set">A hard budget stops requests before they would overspend it.</EmptyState>}>
        {(rows) => (
          <Stack gap="lg">
            {rows
              .toSorted((a, b) => shareOfLimit(b.spentUsd, b.limitUsd) - shareOfLimit(a.spentUsd, a.limitUsd))
              .slice(0, shown)
              .map((status) => (
                <BudgetMeter key={status.budget.id} status={status} of={nameOf(status.budget.keyId ?? status.budget.useCaseId ?? status.budget.projectId)} />
              ))}
          </Stack>
        )}
      </QueryView>
    </Panel>
  );
}
