import { Group, SegmentedControl, Select, Text } from '@mantine/core';
import type { Run, SampleResult } from '@weighbridge/evaluation-contracts';
import { SampleOutcome } from '@weighbridge/evaluation-contracts';
import { DataTable, EmptyState, LoadMore, Money, Panel, StatusBadge } from '@weighbridge/shared-ui';
import type { Column } from '@weighbridge/shared-ui';
import { useSearchParams } from 'react-router';
import { QueryView } from '../../pieces/query-view.tsx';
import classes from './run-results.module.css';
import { useResults } from './use-results.ts';

const columns: readonly Column<SampleResult>[] = [
  {
    key: 'sample',
    header: 'Sample',
    cell: (result) => (
      <>
        <Text span ff="monospace" size="xs" style={{ whiteSpace: 'nowrap' }}>
          {result.sampleId}
        </Text>
        <Text size="xs" c="dimmed">
          {result.slice}
        </Text>
      </>
    ),
  },
  { key: 'outcome', header: 'Outcome', cell: ({ outcome }) => <StatusBadge status={outcome} /> },
  { key: 'prompt', header: 'Prompt', cell: ({ prompt }) => <div className={classes['text']}>{prompt}</div> },
  {
    key: 'output',
    header: 'Output',
    cell: ({ output, reason }) => (
      <>
        <div className={classes['text']}>{output ?? '–'}</div>
        {reason === null ? null : (
          <Text size="xs" c="dimmed">
            {reason}
          </Text>
        )}
      </>
    ),
  },
  { key: 'target', header: 'Right answer', cell: ({ target }) => <div className={classes['text']}>{target.join(' or ')}</div> },
  { key: 'cost', header: 'Cost', align: 'right', cell: ({ costUsd }) => <Money usd={costUsd} /> },
];

/** Sample by sample; begins with what went wrong, since that is what one looks for. */
export function RunResults({ run }: { readonly run: Run }) {
  const [params, setParams] = useSearchParams();
  const chosen = params.get('outcome') ?? 'incorrect';
  const outcome = SampleOutcome.nullable().catch(null).parse(chosen);
  const slice = params.get('slice');
  const results = useResults(run.id, { outcome, slice }, run.finishedAt !== null);
  const set = (name: string, value: string | null) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      if (value === null) after.delete(name);
      else after.set(name, value);
      return after;
    }, { replace: true, preventScrollReset: true });

  return (
    <Panel flush title="Samples">
      <Group px="md" pb="sm" gap="sm">
        <SegmentedControl aria-label="Outcome" value={outcome ?? 'all'} onChange={(value) => set('outcome', value)} data={[{ value: 'all', label: 'All' }, { value: 'incorrect', label: 'Incorrect' }, { value: 'error', label: 'Errors' }, { value: 'correct', label: 'Correct' }]} />
        <Select aria-label="Slice" placeholder="Any slice" clearable value={slice} onChange={(value) => set('slice', value)} data={run.summary.bySlice.map((one) => one.slice)} w={200} />
      </Group>
      <QueryView query={{ ...results, data: results.data?.pages.flatMap((page) => page.data) }} isEmpty={(rows) => rows.length === 0} empty={<EmptyState title={outcome === 'incorrect' ? 'No incorrect answer' : 'No sample fits this filter'}>Choose another outcome to see more.</EmptyState>}>
        {(rows) => <DataTable caption="Samples" columns={columns} rows={rows} rowKey={(result) => result.sampleId} minWidth={820} />}
      </QueryView>
      <LoadMore hasMore={results.hasNextPage} loading={results.isFetchingNextPage} onMore={() => void results.fetchNextPage()} />
    </Panel>
  );
}
