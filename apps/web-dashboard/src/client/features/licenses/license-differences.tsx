import { Text } from '@mantine/core';
import type { LicenseComparison } from '@weighbridge/registry-domain';
import { DataTable, EmptyState, Panel, Tag } from '@weighbridge/shared-ui';
import { Clause } from '../../pieces/clause.tsx';

type Topic = LicenseComparison['topics'][number];
type Row = Topic['rows'][number];

const titles: Readonly<Record<Topic['topic'], string>> = {
  permissions: 'What is granted',
  limits: 'Limits',
  obligations: 'Obligations',
  'field-of-use': 'What it may not be used for',
  regions: 'Regions left out',
  outputs: 'Training on outputs',
  propagation: 'What a model made from it inherits',
};

const relations: Readonly<Record<Row['relation'], { readonly text: string; readonly color: string }>> = {
  equal: { text: 'same', color: 'gray' },
  differs: { text: 'differs', color: 'brass' },
  'left-only': { text: 'left only', color: 'harbor' },
  'right-only': { text: 'right only', color: 'harbor' },
};

interface LicenseDifferencesProps {
  readonly comparison: LicenseComparison;
  readonly leftName: string;
  readonly rightName: string;
  readonly onlyDifferences: boolean;
}

/** Two licences side by side, a table a topic. */
export function LicenseDifferences({ comparison, leftName, rightName, onlyDifferences }: LicenseDifferencesProps) {
  const topics = comparison.topics
    .map(({ topic, rows }) => ({ topic, all: rows.length, rows: onlyDifferences ? rows.filter(({ relation }) => relation !== 'equal') : rows }))
    .filter(({ rows }) => rows.length > 0);
  if (topics.length === 0) {
    return (
      <Panel>
        <EmptyState title="Nothing differs">As they are read here, the two say the same.</EmptyState>
      </Panel>
    );
  }
  return topics.map(({ topic, rows }) => (
    <Panel key={topic} flush title={titles[topic]}>
      <DataTable
        caption={titles[topic]}
        rows={rows}
        rowKey={(row) => row.subject}
        minWidth={640}
        columns={[
          { key: 'subject', header: 'About', cell: (row) => <Text span size="sm" fw={600}>{row.label}</Text> },
          { key: 'relation', header: 'The two', cell: (row) => <Tag color={relations[row.relation].color} size="sm">{relations[row.relation].text}</Tag> },
          { key: 'left', header: leftName, cell: (row) => <TermCell term={row.left} /> },
          { key: 'right', header: rightName, cell: (row) => <TermCell term={row.right} /> },
        ]}
      />
    </Panel>
  ));
}

function TermCell({ term }: { readonly term: Row['left'] }) {
  if (term === null) return <Text span size="sm" c="dimmed">says nothing of it</Text>;
  return (
    <>
      <Text size="sm">{term.words}</Text>
      {term.clauses.length === 0 ? null : <Clause clause={term.clauses.join(', ')} />}
    </>
  );
}
