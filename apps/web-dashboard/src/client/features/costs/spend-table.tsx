import type { UsageRow } from '@weighbridge/cost-contracts';
import { parseUsd } from '@weighbridge/shared-domain';
import { DataTable, EmptyState, Money, Panel, countText, percentText } from '@weighbridge/shared-ui';
import { QueryView } from '../../pieces/query-view.tsx';
import type { useUsage } from './use-usage.ts';

interface SpendTableProps {
  readonly usage: ReturnType<typeof useUsage>;
  readonly title: string;
  readonly nameOf: (group: UsageRow['group']) => string;
}

/** Dearest first, with the report's own total below: the parts sum up to it, to the last digit. */
export function SpendTable({ usage, title, nameOf }: SpendTableProps) {
  return (
    <Panel flush title={`By ${title.toLowerCase()}`}>
      <QueryView query={usage} isEmpty={({ rows }) => rows.length === 0} empty={<EmptyState title="Nothing was spent in this time" />}>
        {({ rows, total }) => (
          <DataTable
            caption={`Spend by ${title.toLowerCase()}`}
            rows={rows.toSorted(dearestFirst)}
            rowKey={(row) => Object.values(row.group).join('@')}
            minWidth={380}
            total={{ name: 'Total', events: countText(total.events), input: countText(total.inputTokens + total.cachedInputTokens), output: countText(total.outputTokens), cost: <Money usd={total.costUsd} />, share: '100.0%' }}
            columns={[
              { key: 'name', header: title, cell: ({ group }) => nameOf(group) },
              { key: 'events', header: 'Attempts', align: 'right', wideOnly: true, cell: ({ events }) => countText(events) },
              { key: 'input', header: 'Tokens in', align: 'right', cell: ({ inputTokens, cachedInputTokens }) => countText(inputTokens + cachedInputTokens) },
              { key: 'output', header: 'Tokens out', align: 'right', cell: ({ outputTokens }) => countText(outputTokens) },
              { key: 'cost', header: 'Cost', align: 'right', cell: ({ costUsd }) => <Money usd={costUsd} /> },
              { key: 'share', header: 'Share', align: 'right', wideOnly: true, cell: ({ costUsd }) => shareText(costUsd, total.costUsd) },
            ]}
          />
        )}
      </QueryView>
    </Panel>
  );
}

const dearestFirst = (a: UsageRow, b: UsageRow): number => {
  const [left, right] = [parseUsd(a.costUsd), parseUsd(b.costUsd)];
  return right > left ? 1 : right < left ? -1 : 0;
};

function shareText(part: string, total: string): string {
  const whole = parseUsd(total);
  return whole === 0n ? '–' : percentText(Number((parseUsd(part) * 10_000n) / whole) / 10_000);
}
