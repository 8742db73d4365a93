import { Group, Text } from '@mantine/core';
import type { Version } from '@weighbridge/registry-contracts';
import { DataTable, DecisionBadge, EmptyState, Panel, Tag, When, countText } from '@weighbridge/shared-ui';
import { QueryView } from '../../pieces/query-view.tsx';
import { useNames } from '../../queries/use-names.ts';
import { useUsagePlaces } from './use-usage-places.ts';
import { useVersionCalls } from './use-version-calls.ts';

/** Who uses a version: the use cases in view, what was decided and approved for them, and how often they called it. */
export function UsagePlacesPanel({ version: { model, version } }: { readonly version: Version }) {
  const places = useUsagePlaces(model, version);
  const calls = useVersionCalls(model, version).data;
  const nameOf = useNames();
  return (
    <Panel flush title="Who uses it" description="Use cases that may, or that called it in the last 30 days.">
      <QueryView
        query={{ ...places, data: places.data?.useCases.filter((use) => use.outcome !== 'deny' || (calls?.get(use.id) ?? 0) > 0) }}
        isEmpty={(rows) => rows.length === 0}
        empty={<EmptyState title="No use case may use it">None that is declared, or none in view.</EmptyState>}
      >
        {(rows) => (
          <DataTable
            caption={`Use cases of ${model}@${version}`}
            rows={rows}
            rowKey={(use) => use.id}
            columns={[
              {
                key: 'use',
                header: 'Use case',
                cell: (use) => (
                  <>
                    <Text span size="sm" fw={600}>
                      {use.name}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {nameOf(use.projectId)}
                    </Text>
                  </>
                ),
              },
              {
                key: 'outcome',
                header: 'Decision',
                cell: (use) => (
                  <Group gap={6}>
                    <DecisionBadge decision={use.outcome} />
                    {use.approval === null ? null : (
                      <Tag color="green" title={use.approval.reason}>
                        approved, ends <When at={use.approval.expiresAt} />
                      </Tag>
                    )}
                  </Group>
                ),
              },
              { key: 'promoted', header: 'Promoted to', wideOnly: true, cell: (use) => use.promotedTo.join(', ') || '–' },
              { key: 'calls', header: 'Calls in 30 days', align: 'right', cell: (use) => countText(calls?.get(use.id) ?? 0) },
            ]}
          />
        )}
      </QueryView>
    </Panel>
  );
}
