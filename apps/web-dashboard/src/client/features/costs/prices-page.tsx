import { Switch, Text } from '@mantine/core';
import type { PriceEntry } from '@weighbridge/cost-domain';
import { DataTable, EmptyState, LoadMore, Money, PageHeader, Panel, instantText } from '@weighbridge/shared-ui';
import type { Column } from '@weighbridge/shared-ui';
import { useState } from 'react';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { CostTabs } from './cost-tabs.tsx';
import { usePrices } from './use-prices.ts';

const perMillion = (usd: string | undefined) => (usd === undefined ? <Text span c="dimmed" size="sm">as input</Text> : <Money usd={usd} />);

const columns: readonly Column<PriceEntry>[] = [
  {
    key: 'target',
    header: 'For',
    cell: (entry) => (
      <>
        <Text size="sm" fw={600}>
          {entry.model}
          {entry.version === null ? '' : `@${entry.version}`}
        </Text>
        <Text size="xs" c="dimmed">
          {entry.deploymentId === null ? (entry.version === null ? 'every version' : 'this version') : 'one deployment'}
        </Text>
      </>
    ),
  },
  { key: 'input', header: 'Input', align: 'right', cell: ({ price }) => <Money usd={price.inputUsdPerMillion} /> },
  { key: 'cached', header: 'Cached input', align: 'right', wideOnly: true, cell: ({ price }) => perMillion(price.cachedInputUsdPerMillion) },
  { key: 'output', header: 'Output', align: 'right', cell: ({ price }) => <Money usd={price.outputUsdPerMillion} /> },
  { key: 'from', header: 'In force from', wideOnly: true, cell: ({ effectiveFrom }) => instantText(effectiveFrom) },
  { key: 'source', header: 'Source', wideOnly: true, cell: ({ source }) => <Text span size="sm" style={{ overflowWrap: 'anywhere' }}>{source}</Text> },
];

export function PricesPage() {
  const [history, setHistory] = useState(false);
  const prices = usePrices(history);
  return (
    <Page>
      <PageHeader title="Prices" description="US dollars per million tokens. An entry is never edited: a later one supersedes it, and old attempts keep their price." />
      <CostTabs />
      <Panel flush title={history ? 'All entries' : 'In force now'} actions={<Switch label="With superseded ones" checked={history} onChange={(event) => setHistory(event.currentTarget.checked)} />}>
        <QueryView query={{ ...prices, data: prices.data?.pages.flatMap((page) => page.data) }} isEmpty={(rows) => rows.length === 0} empty={<EmptyState title="No price yet">Without a price a project’s policy decides: requests are refused, or flagged.</EmptyState>}>
          {(rows) => <DataTable caption="Prices" columns={columns} rows={rows} rowKey={(entry) => entry.id} />}
        </QueryView>
        <LoadMore hasMore={prices.hasNextPage} loading={prices.isFetchingNextPage} onMore={() => void prices.fetchNextPage()} />
      </Panel>
    </Page>
  );
}
