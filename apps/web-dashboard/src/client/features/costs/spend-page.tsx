import { Button, Group, SegmentedControl, Select } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { UsageRow } from '@weighbridge/cost-contracts';
import { EmptyState, LoadingBlock, Money, PageHeader, Panel, Stat, StatRow, countText, moneyText, useNow } from '@weighbridge/shared-ui';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { z } from 'zod';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { SpendChart } from '../../pieces/spend-chart.tsx';
import { stackUsage, versionSeries } from '../../pieces/stack-usage.ts';
import { useNames } from '../../queries/use-names.ts';
import { useScope } from '../../scope/project-scope.tsx';
import { CostTabs } from './cost-tabs.tsx';
import { rangeNames, spendRange } from './spend-range.ts';
import { SpendTable } from './spend-table.tsx';
import { useUsage } from './use-usage.ts';

const dimensions = [
  { value: 'model', label: 'Model' },
  { value: 'project', label: 'Project' },
  { value: 'useCase', label: 'Use case' },
  { value: 'key', label: 'Key' },
  { value: 'lane', label: 'Lane' },
  { value: 'outcome', label: 'Outcome' },
];
const minuteMs = 60_000;
const hourMs = 3_600_000;
const Dimension = z.enum(['model', 'project', 'useCase', 'key', 'lane', 'outcome']);

export function SpendPage() {
  const [params, setParams] = useSearchParams();
  const range = z.enum(rangeNames).catch('30d').parse(params.get('range'));
  const dimension = Dimension.catch('model').parse(params.get('by'));
  const { project } = useScope();
  const nameOf = useNames();
  const hour = Math.floor(useNow(minuteMs) / hourMs);
  const { from, to, interval } = useMemo(() => spendRange(range, hour * hourMs), [range, hour]);
  const groupBy = dimension === 'model' ? 'model,version' : dimension;
  const overTime = useUsage({ from, to, groupBy, interval });
  const inAll = useUsage({ from, to, groupBy });
  const seriesOf = useCallback((group: UsageRow['group']) => (dimension === 'model' ? versionSeries(group) : group[dimension] == null ? 'none' : nameOf(group[dimension])), [dimension, nameOf]);
  const usage = useMemo(
    () => (overTime.data === undefined ? undefined : stackUsage(overTime.data.rows, { interval, from: overTime.data.from, to: overTime.data.to, seriesOf })),
    [overTime.data, interval, seriesOf],
  );
  const set = (name: string, value: string) => setParams((before) => new URLSearchParams([...before].filter(([key]) => key !== name).concat([[name, value]])), { replace: true });
  const total = inAll.data?.total;
  const exportUrl = `/api/cost/v1/usage/events/export?format=csv&from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}${project === undefined ? '' : `&project=${project}`}`;

  return (
    <Page>
      <PageHeader
        title="Costs"
        description="From the ledger: one row per attempt, priced by the price in force at its time. Sums are exact."
        actions={
          <Button component="a" href={exportUrl} download variant="default" leftSection={<IconDownload size={16} />}>
            Export as CSV
          </Button>
        }
      />
      <CostTabs />
      <Group gap="sm">
        <SegmentedControl aria-label="Range" value={range} onChange={(value) => set('range', value)} data={[{ value: '24h', label: '24 hours' }, { value: '7d', label: '7 days' }, { value: '30d', label: '30 days' }, { value: '12m', label: '12 months' }]} />
        <Select aria-label="Group by" allowDeselect={false} value={dimension} onChange={(value) => value !== null && set('by', value)} data={dimensions} w={150} />
      </Group>
      <StatRow>
        <Stat label="Spend" value={total === undefined ? undefined : <Money usd={total.costUsd} />} hint={range === '12m' ? 'in 12 months' : `in ${range === '24h' ? '24 hours' : range === '7d' ? '7 days' : '30 days'}`} />
        <Stat label="Attempts" value={total === undefined ? undefined : countText(total.events)} hint="failed ones too" />
        <Stat label="Tokens in" value={total === undefined ? undefined : countText(total.inputTokens + total.cachedInputTokens)} hint={total === undefined ? undefined : `${countText(total.cachedInputTokens)} from a cache`} />
        <Stat label="Tokens out" value={total === undefined ? undefined : countText(total.outputTokens)} />
      </StatRow>
      <Panel title={`Spend by ${dimensions.find(({ value }) => value === dimension)?.label.toLowerCase() ?? ''}`}>
        <QueryView query={{ ...overTime, data: usage }} loading={<LoadingBlock height={300} />} isEmpty={({ series }) => series.length === 0} empty={<EmptyState title="Nothing was spent in this time">Every attempt of a model call appears here within seconds. A longer range may show more.</EmptyState>}>
          {(stacked) => <SpendChart label={`Spend over time by ${dimension}; in all ${moneyText(total?.costUsd ?? '0')}`} usage={stacked} height={300} />}
        </QueryView>
      </Panel>
      <SpendTable usage={inAll} title={dimensions.find(({ value }) => value === dimension)?.label ?? ''} nameOf={seriesOf} />
    </Page>
  );
}
