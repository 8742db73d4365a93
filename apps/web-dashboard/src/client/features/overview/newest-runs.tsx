import { Text } from '@mantine/core';
import { DataTable, EmptyState, IntervalBar, Panel, StatusBadge, When, countText } from '@weighbridge/shared-ui';
import { QueryView } from '../../pieces/query-view.tsx';
import { TextLink } from '../../pieces/text-link.tsx';
import { useNewestRuns } from './use-newest-runs.ts';

export function NewestRuns() {
  const runs = useNewestRuns();
  return (
    <Panel flush title="Newest evaluation runs" actions={<TextLink to="/evaluations">All runs</TextLink>}>
      <QueryView query={runs} isEmpty={(rows) => rows.length === 0} empty={<EmptyState title="Nothing was weighed yet">A run of a suite says how good a version is, and how sure that is.</EmptyState>}>
        {(rows) => (
          <DataTable
            caption="Newest evaluation runs"
            rows={rows}
            rowKey={(run) => run.id}
            columns={[
              {
                key: 'version',
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
              {
                key: 'accuracy',
                header: 'Accuracy, 95% interval',
                cell: (run) =>
                  run.status === 'succeeded' ? (
                    <IntervalBar interval={run.summary.accuracy} />
                  ) : (
                    <>
                      <StatusBadge status={run.status} />
                      <Text size="xs" c="dimmed" mt={2}>
                        {countText(run.finished)} of {countText(run.planned)}
                      </Text>
                    </>
                  ),
              },
            ]}
          />
        )}
      </QueryView>
    </Panel>
  );
}
