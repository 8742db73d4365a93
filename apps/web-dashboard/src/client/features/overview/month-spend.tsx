import { EmptyState, LoadingBlock, Panel, moneyText } from '@weighbridge/shared-ui';
import { useMemo } from 'react';
import { QueryView } from '../../pieces/query-view.tsx';
import { SpendChart } from '../../pieces/spend-chart.tsx';
import { stackUsage, versionSeries } from '../../pieces/stack-usage.ts';
import { TextLink } from '../../pieces/text-link.tsx';
import type { useMonthUsage } from './use-month-usage.ts';

interface MonthSpendProps {
  readonly usage: ReturnType<typeof useMonthUsage>;
  readonly month: { readonly from: string; readonly to: string };
}

export function MonthSpend({ usage, month }: MonthSpendProps) {
  const stacked = useMemo(() => (usage.data === undefined ? undefined : stackUsage(usage.data.rows, { interval: 'day', ...month, seriesOf: versionSeries })), [usage.data, month]);
  return (
    <Panel title="Spend this month, by model" actions={<TextLink to="/costs">All costs</TextLink>}>
      <QueryView query={{ ...usage, data: stacked }} loading={<LoadingBlock height={220} />} isEmpty={({ series }) => series.length === 0} empty={<EmptyState title="Nothing was spent this month">The first answer of a model appears here within seconds.</EmptyState>}>
        {(data) => <SpendChart label={`Spend this month by model and day, in all ${moneyText(usage.data?.total.costUsd ?? '0')}`} usage={data} height={220} />}
      </QueryView>
    </Panel>
  );
}
