import { SimpleGrid } from '@mantine/core';
import type { Run } from '@weighbridge/evaluation-contracts';
import { DataTable, EmptyState, IntervalBar, Panel, Whiskers, countText, percentText } from '@weighbridge/shared-ui';
import type { Whisker } from '@weighbridge/shared-ui';
import { useMemo } from 'react';

/** Accuracy of the whole and of each slice, as a picture and as a table. */
export function RunSlices({ run }: { readonly run: Run }) {
  const { accuracy, bySlice } = run.summary;
  const rows = useMemo<Whisker[]>(
    () => [
      ...(accuracy === null ? [] : [{ name: 'all samples', value: accuracy.value, low: accuracy.low, high: accuracy.high, strong: true }]),
      ...bySlice.flatMap((slice) => (slice.accuracy === null ? [] : [{ name: slice.slice, value: slice.accuracy.value, low: slice.accuracy.low, high: slice.accuracy.high }])),
    ],
    [accuracy, bySlice],
  );
  return (
    <Panel title="Accuracy by slice" description="The whisker is the 95% interval: where two overlap widely, the samples cannot tell them apart.">
      {accuracy === null ? (
        <EmptyState title="Nothing scored yet">The first answers are on their way.</EmptyState>
      ) : (
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
          <Whiskers label={`Accuracy with 95% intervals: ${rows.map((row) => `${row.name} ${percentText(row.value)}`).join(', ')}`} rows={rows} format={wholePercent} min={0} max={1} />
          <DataTable
            caption="Accuracy by slice"
            rows={bySlice}
            rowKey={(slice) => slice.slice}
            total={{ slice: 'all samples', accuracy: <IntervalBar interval={accuracy} compact />, correct: `${countText(run.summary.correct)} / ${countText(run.summary.scored)}`, errors: countText(run.summary.errors) }}
            columns={[
              { key: 'slice', header: 'Slice', cell: ({ slice }) => slice },
              { key: 'accuracy', header: 'Accuracy', cell: (slice) => <IntervalBar interval={slice.accuracy} compact /> },
              { key: 'correct', header: 'Correct', align: 'right', cell: ({ correct, scored }) => `${countText(correct)} / ${countText(scored)}` },
              { key: 'errors', header: 'Errors', align: 'right', cell: ({ errors }) => countText(errors) },
            ]}
          />
        </SimpleGrid>
      )}
    </Panel>
  );
}

const wholePercent = (share: number): string => percentText(share).replace('.0%', '%');
