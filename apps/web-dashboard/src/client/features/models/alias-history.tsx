import { Text } from '@mantine/core';
import { DataTable, EmptyState, Tag, When } from '@weighbridge/shared-ui';
import { QueryView } from '../../pieces/query-view.tsx';
import { TextLink, versionPath } from '../../pieces/text-link.tsx';
import { useNames } from '../../queries/use-names.ts';
import { useAliasHistory } from './use-alias-history.ts';

const kinds = { set: { text: 'set by hand', color: 'gray' }, promotion: { text: 'promoted', color: 'green' }, rollback: { text: 'rolled back', color: 'brass' }, removal: { text: 'removed', color: 'red' } } as const;

export function AliasHistory({ model, alias }: { readonly model: string; readonly alias: string }) {
  const history = useAliasHistory(model, alias);
  const nameOf = useNames();
  return (
    <QueryView query={history} isEmpty={(rows) => rows.length === 0} empty={<EmptyState title="It has not moved yet" />}>
      {(rows) => (
        <DataTable
          caption={`Moves of ${alias}`}
          rows={rows}
          rowKey={(move) => move.id}
          columns={[
            { key: 'at', header: 'When', cell: (move) => <When at={move.at} /> },
            { key: 'by', header: 'How', cell: (move) => <Tag color={kinds[move.by].color}>{kinds[move.by].text}</Tag> },
            { key: 'from', header: 'From', cell: (move) => move.from ?? '–' },
            { key: 'to', header: 'To', cell: (move) => (move.to === null ? '–' : <TextLink to={versionPath(model, move.to)}>{move.to}</TextLink>) },
            { key: 'key', header: 'By', wideOnly: true, cell: (move) => nameOf(move.keyId) },
            { key: 'reason', header: 'Reason', wideOnly: true, cell: (move) => <Text size="sm">{move.reason ?? '–'}</Text> },
          ]}
        />
      )}
    </QueryView>
  );
}
