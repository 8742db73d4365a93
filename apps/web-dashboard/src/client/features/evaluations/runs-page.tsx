import { Button, Checkbox, Group, Select, Text } from '@mantine/core';
import { IconArrowsLeftRight } from '@tabler/icons-react';
import type { Run } from '@weighbridge/evaluation-contracts';
import { DataTable, EmptyState, IntervalBar, LoadMore, Money, PageHeader, Panel, When, countText } from '@weighbridge/shared-ui';
import type { Column } from '@weighbridge/shared-ui';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { TextLink } from '../../pieces/text-link.tsx';
import { useSuites } from '../../queries/use-suites.ts';
import { EvaluationTabs } from './evaluation-tabs.tsx';
import { RunProgress } from './run-progress.tsx';
import { useRuns } from './use-runs.ts';

const columns = (chosen: readonly Run[], toggle: (run: Run) => void): readonly Column<Run>[] => [
  {
    key: 'choose',
    header: <span className="wb-visually-hidden">Compare</span>,
    cell: (run) => <Checkbox size="xs" aria-label={`Compare the run of ${run.model}@${run.version} on ${run.suite}`} checked={chosen.some(({ id }) => id === run.id)} disabled={!mayJoin(chosen, run)} onChange={() => toggle(run)} />,
  },
  {
    key: 'model',
    header: 'Version',
    cell: (run) => (
      <>
        <TextLink to={`/evaluations/runs/${run.id}`} strong>
          {run.model}@{run.version}
        </TextLink>
        <Text size="xs" c="dimmed">
          {run.suite} · <When at={run.createdAt} />
        </Text>
      </>
    ),
  },
  { key: 'status', header: 'State', cell: (run) => <RunProgress run={run} /> },
  { key: 'accuracy', header: 'Accuracy, 95% interval', cell: (run) => <IntervalBar interval={run.summary.accuracy} /> },
  { key: 'samples', header: 'Scored', align: 'right', wideOnly: true, cell: (run) => countText(run.summary.scored) },
  { key: 'errors', header: 'Errors', align: 'right', wideOnly: true, cell: (run) => countText(run.summary.errors) },
  { key: 'cost', header: 'Cost', align: 'right', wideOnly: true, cell: (run) => <Money usd={run.summary.costUsd} /> },
];

/** Two runs of the same content of a suite; of others a comparison would mean nothing. */
const mayJoin = (chosen: readonly Run[], run: Run): boolean => chosen.some(({ id }) => id === run.id) || (chosen.length < 2 && (chosen[0] === undefined || chosen[0].suiteDigest === run.suiteDigest));

export function RunsPage() {
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const suite = params.get('suite');
  const suites = useSuites();
  const runs = useRuns(suite);
  const [chosen, setChosen] = useState<readonly Run[]>([]);
  const toggle = (run: Run) => setChosen((before) => (before.some(({ id }) => id === run.id) ? before.filter(({ id }) => id !== run.id) : [...before, run]));
  const [first, second] = chosen;

  return (
    <Page>
      <PageHeader title="Evaluations" description="How good a version is on a suite, with the interval that the number of samples allows." />
      <EvaluationTabs />
      <Panel flush>
        <Group p="md" gap="sm" justify="space-between">
          <Select aria-label="Suite" placeholder="Any suite" clearable value={suite} onChange={(value) => setParams(value === null ? {} : { suite: value }, { replace: true })} data={[...new Set((suites.data ?? []).map(({ name }) => name))]} w={{ base: '100%', xs: 260 }} />
          <Button variant="default" leftSection={<IconArrowsLeftRight size={16} />} disabled={second === undefined} onClick={() => void navigate(`/evaluations/compare?baseline=${second?.id ?? ''}&candidate=${first?.id ?? ''}`)}>
            {second === undefined ? 'Choose two to compare' : 'Compare the two'}
          </Button>
        </Group>
        <QueryView
          query={{ ...runs, data: runs.data?.pages.flatMap((page) => page.data) }}
          isEmpty={(rows) => rows.length === 0}
          empty={
            <EmptyState title="No runs yet" command={'curl -X POST "$ORIGIN/api/evaluation/v1/suites/arithmetic-and-language/runs" \\\n  -H "Authorization: Bearer $KEY" -H "Content-Type: application/json" -d \'{"model": "abacus@mini"}\''}>
              Store a suite, then run it against a version.
            </EmptyState>
          }
        >
          {(rows) => <DataTable caption="Runs, newest first" columns={columns(chosen, toggle)} rows={rows} rowKey={(run) => run.id} minWidth={640} />}
        </QueryView>
        <LoadMore hasMore={runs.hasNextPage} loading={runs.isFetchingNextPage} onMore={() => void runs.fetchNextPage()} />
      </Panel>
    </Page>
  );
}
