import { Group, Text } from '@mantine/core';
import type { UsagePlaces, Version } from '@weighbridge/registry-contracts';
import { DataTable, DecisionBadge, EmptyState, Panel, Tag, When, countText } from '@weighbridge/shared-ui';
import { QueryView } from '../../pieces/query-view.tsx';
import { useNames } from '../../queries/use-names.ts';
import { useUsagePlaces } from './use-usage-places.ts';
import { useVersionCalls } from './use-version-calls.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  /** Null: it called the version, and nothing was promoted or approved for it. */
  readonly place: UsagePlaces['useCases'][number] | null;
}

/** Who uses a version: the use cases in view that it was promoted or approved for, and those that called it in the last 30 days. */
export function UsagePlacesPanel({ version: { model, version } }: { readonly version: Version }) {
  const places = useUsagePlaces(model, version);
  const calls = useVersionCalls(model, version).data;
  const nameOf = useNames();
  const rows = places.data && [
    ...places.data.useCases.map((place): Row => ({ id: place.id, name: place.name, place })),
    ...[...(calls?.keys() ?? [])].filter((id) => id !== null && !places.data.useCases.some((place) => place.id === id)).map((id): Row => ({ id: id ?? '', name: nameOf(id), place: null })),
  ];
  return (
    <Panel flush title="Who uses it" description="Use cases that it was promoted or approved for, and those that called it in the last 30 days.">
      <QueryView query={{ ...places, data: rows }} isEmpty={(found) => found.length === 0} empty={<EmptyState title="Nobody yet">It was promoted or approved for no use case in view, and none has called it.</EmptyState>}>
        {(found) => (
          <DataTable
            caption={`Use cases of ${model}@${version}`}
            rows={found}
            rowKey={(row) => row.id}
            columns={[
              { key: 'use', header: 'Use case', cell: ({ name }) => <Text span size="sm" fw={600}>{name}</Text> },
              {
                key: 'outcome',
                header: 'Decision',
                cell: ({ place }) => (place === null ? '–' : <Standing place={place} />),
              },
              { key: 'promoted', header: 'Promoted to', wideOnly: true, cell: ({ place }) => place?.promotedTo.join(', ') || '–' },
              { key: 'calls', header: 'Calls in 30 days', align: 'right', cell: ({ id }) => countText(calls?.get(id) ?? 0) },
            ]}
          />
        )}
      </QueryView>
    </Panel>
  );
}

function Standing({ place: { outcome, approval } }: { readonly place: UsagePlaces['useCases'][number] }) {
  return (
    <Group gap={6}>
      <DecisionBadge decision={outcome} />
      {approval === null ? null : (
        <Tag color="green" title={approval.reason}>
          approved, ends <When at={approval.expiresAt} />
        </Tag>
      )}
    </Group>
  );
}
