import { Select, Text } from '@mantine/core';
import type { Run, SuiteSummary } from '@weighbridge/evaluation-contracts';
import { DataTable, EmptyState, IntervalBar, IntervalScatter, LoadingBlock, Money, PageHeader, Panel, When, countText, moneyExtent, moneyText, percentText } from '@weighbridge/shared-ui';
import type { ScatterPoint } from '@weighbridge/shared-ui';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { TextLink } from '../../pieces/text-link.tsx';
import { useNames } from '../../queries/use-names.ts';
import { useSuites } from '../../queries/use-suites.ts';
import { useScope } from '../../scope/project-scope.tsx';
import { EvaluationTabs } from './evaluation-tabs.tsx';
import { useLeaderboard } from './use-leaderboard.ts';

/** Which version to use, as one picture: accuracy against the cost of a correct answer. */
export function LeaderboardPage() {
  const [params, setParams] = useSearchParams();
  const suites = useSuites();
  const { project, isPlatform } = useScope();
  const nameOf = useNames();
  const chosen = suites.data?.find((suite) => suite.id === params.get('suite')) ?? suites.data?.[0];
  const board = useLeaderboard(chosen);
  const label = (suite: SuiteSummary) => (isPlatform && project === undefined ? `${suite.name} (${nameOf(suite.projectId)})` : suite.name);

  return (
    <Page>
      <PageHeader title="Leaderboard" description="The newest finished run of each version on the whole suite. Higher is better, further left is cheaper." />
      <EvaluationTabs />
      <QueryView
        query={suites}
        loading={<LoadingBlock height={300} />}
        isEmpty={(found) => found.length === 0}
        empty={
          <Panel>
            <EmptyState title="No suite yet">An editor stores a suite with POST /api/evaluation/v1/suites; runs of it are ranked here.</EmptyState>
          </Panel>
        }
      >
        {(found) => (
          <>
            <Select label="Suite" allowDeselect={false} value={chosen?.id ?? null} onChange={(value) => value !== null && setParams({ suite: value }, { replace: true })} data={found.map((suite) => ({ value: suite.id, label: label(suite) }))} maw={420} />
            <QueryView query={board} loading={<LoadingBlock height={300} />} isEmpty={(runs) => runs.length === 0} empty={<Panel><EmptyState title="No finished run yet">A run appears here when it has gone through the whole suite.</EmptyState></Panel>}>
              {(runs) => <Board runs={runs} />}
            </QueryView>
          </>
        )}
      </QueryView>
    </Page>
  );
}

function Board({ runs }: { readonly runs: readonly Run[] }) {
  const points = useMemo<ScatterPoint[]>(
    () =>
      runs.flatMap(({ model, version, summary: { accuracy, costPerCorrectUsd } }) =>
        accuracy === null || costPerCorrectUsd === null
          ? []
          : [{ name: `${model}@${version}`, y: accuracy, x: { value: moneyExtent(costPerCorrectUsd.value), low: moneyExtent(costPerCorrectUsd.low), high: moneyExtent(costPerCorrectUsd.high) } }],
      ),
    [runs],
  );
  return (
    <>
      <Panel title="Accuracy and cost per correct answer" description="Both with their 95% intervals; the cost axis is logarithmic.">
        {points.length === 0 ? (
          <EmptyState title="No cost to show yet">Runs without a correct answer have no cost per correct answer.</EmptyState>
        ) : (
          <IntervalScatter label={`Accuracy against cost per correct answer: ${points.map((point) => `${point.name} ${percentText(point.y.value)}`).join(', ')}`} points={points} xName="cost per correct answer" yName="accuracy" formatX={axisMoney} formatY={axisPercent} height={340} />
        )}
      </Panel>
      <Panel flush title="Ranking">
        <DataTable
          caption="Leaderboard"
          rows={runs.map((run, index) => ({ run, rank: index + 1 }))}
          rowKey={({ run }) => run.id}
          columns={[
            { key: 'rank', header: '#', cell: ({ rank }) => rank },
            {
              key: 'version',
              header: 'Version',
              cell: ({ run }) => (
                <>
                  <TextLink to={`/evaluations/runs/${run.id}`} strong>
                    {run.model}@{run.version}
                  </TextLink>
                  <Text size="xs" c="dimmed">
                    <When at={run.finishedAt ?? run.createdAt} /> · {countText(run.summary.scored)} samples
                  </Text>
                </>
              ),
            },
            { key: 'accuracy', header: 'Accuracy', cell: ({ run }) => <IntervalBar interval={run.summary.accuracy} /> },
            {
              key: 'cost',
              header: 'Per correct answer',
              align: 'right',
              cell: ({ run: { summary } }) =>
                summary.costPerCorrectUsd === null ? '–' : (
                  <>
                    <Money usd={summary.costPerCorrectUsd.value} />
                    <Text size="xs" c="dimmed" visibleFrom="sm">
                      <Money usd={summary.costPerCorrectUsd.low} /> to <Money usd={summary.costPerCorrectUsd.high} />
                    </Text>
                  </>
                ),
            },
          ]}
        />
      </Panel>
    </>
  );
}

const axisMoney = (usd: number): string => moneyText(usd.toFixed(12));
const axisPercent = (share: number): string => `${Math.round(share * 100)}%`;
