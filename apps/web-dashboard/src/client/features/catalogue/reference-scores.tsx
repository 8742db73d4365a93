import { Text } from '@mantine/core';
import type { ReferenceScore } from '@weighbridge/registry-domain';
import { DataTable } from '@weighbridge/shared-ui';
import { SourceLink } from '../../pieces/source-link.tsx';

/** Published scores; who ran them and how stands beside each, since numbers of other settings are other facts. */
export function ReferenceScores({ scores }: { readonly scores: readonly ReferenceScore[] }) {
  if (scores.length === 0) return null;
  return (
    <DataTable
      caption="Published scores"
      rows={scores}
      rowKey={(row) => `${row.benchmark}${row.metric}${row.shots ?? ''}${row.evaluator}${row.checkpoint}${row.value}`}
      minWidth={620}
      columns={[
        { key: 'benchmark', header: 'Benchmark', cell: (row) => <Text span size="sm" fw={500}>{row.benchmark}</Text> },
        { key: 'value', header: 'Score', align: 'right', cell: (row) => `${row.value}${row.unit === 'percent' ? ' %' : ''}` },
        { key: 'settings', header: 'How', cell: (row) => `${row.metric}${row.shots === null ? '' : `, ${row.shots}-shot`}${row.note === undefined ? '' : `, ${row.note}`}` },
        { key: 'evaluator', header: 'Run by', cell: (row) => row.evaluator },
        { key: 'checkpoint', header: 'Checkpoint', wideOnly: true, cell: (row) => row.checkpoint },
        { key: 'source', header: 'Read at', wideOnly: true, cell: (row) => <SourceLink source={row.source} /> },
      ]}
    />
  );
}
