import { Group, Text } from '@mantine/core';
import { DataTable, EmptyState, Panel, StatusBadge, Tag, When } from '@weighbridge/shared-ui';
import { QueryView } from '../../pieces/query-view.tsx';
import { TextLink, modelPath, versionPath } from '../../pieces/text-link.tsx';
import { useNames } from '../../queries/use-names.ts';
import { useNewestPromotions } from './use-newest-promotions.ts';

/** What passed the gate, what did not, and on which condition. */
export function NewestPromotions() {
  const promotions = useNewestPromotions();
  const nameOf = useNames();
  return (
    <Panel flush title="Newest promotions">
      <QueryView query={promotions} isEmpty={(rows) => rows.length === 0} empty={<EmptyState title="Nothing was promoted yet">A promotion moves an alias such as “production” to a version, if licence, quality and cost pass the gate.</EmptyState>}>
        {(rows) => (
          <DataTable
            caption="Newest promotions"
            rows={rows}
            rowKey={(promotion) => promotion.id}
            columns={[
              {
                key: 'what',
                header: 'Version and alias',
                cell: (promotion) => (
                  <>
                    <TextLink to={versionPath(promotion.model, promotion.version)} strong>
                      {promotion.model}@{promotion.version}
                    </TextLink>{' '}
                    → <TextLink to={modelPath(promotion.model)}>{promotion.alias}</TextLink>
                    <Text size="xs" c="dimmed">
                      {nameOf(promotion.useCaseId)} · <When at={promotion.createdAt} />
                    </Text>
                  </>
                ),
              },
              {
                key: 'outcome',
                header: 'Gate',
                cell: ({ promoted, result }) => (
                  <>
                    <Tag color={promoted ? 'green' : 'red'}>{promoted ? 'promoted' : 'refused'}</Tag>
                    <Text size="xs" c="dimmed" hiddenFrom="sm">
                      {result.conditions
                        .filter(({ outcome }) => outcome !== 'pass')
                        .map(({ name }) => name)
                        .join(', ')}
                    </Text>
                  </>
                ),
              },
              {
                key: 'conditions',
                header: 'Conditions',
                wideOnly: true,
                cell: ({ result }) => (
                  <Group gap={6}>
                    {result.conditions.map((condition) => (
                      <span key={condition.name} title={condition.message}>
                        <StatusBadge status={condition.outcome} subject={condition.name} />
                      </span>
                    ))}
                  </Group>
                ),
              },
            ]}
          />
        )}
      </QueryView>
    </Panel>
  );
}
