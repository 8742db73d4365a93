import { Accordion, Group, Stack, Text } from '@mantine/core';
import { EmptyState, Panel, StatusBadge, Tag, When } from '@weighbridge/shared-ui';
import { QueryView } from '../../pieces/query-view.tsx';
import { useNames } from '../../queries/use-names.ts';
import { usePromotions } from './use-promotions.ts';

/** What was tried to promote, with the evidence that the gate found. */
export function PromotionsPanel({ model }: { readonly model: string }) {
  const promotions = usePromotions(model);
  const nameOf = useNames();
  return (
    <Panel flush title="Promotions" description="An alias moves only when licence, quality and cost pass its gate. Refusals are kept too.">
      <QueryView query={promotions} isEmpty={(rows) => rows.length === 0} empty={<EmptyState title="Nothing was promoted yet">A promotion names a version, an alias and the gate that it must pass.</EmptyState>}>
        {(rows) => (
          <Accordion variant="default" chevronPosition="right">
            {rows.map((promotion) => (
              <Accordion.Item key={promotion.id} value={promotion.id}>
                <Accordion.Control>
                  <Group gap="sm">
                    <Text span fw={600} size="sm">
                      {promotion.version} → {promotion.alias}
                    </Text>
                    <Tag color={promotion.promoted ? 'green' : 'red'}>{promotion.promoted ? 'promoted' : 'refused'}</Tag>
                    <Text span size="sm" c="dimmed">
                      for {nameOf(promotion.useCaseId)} · <When at={promotion.createdAt} />
                    </Text>
                  </Group>
                </Accordion.Control>
                <Accordion.Panel>
                  <Stack gap="xs">
                    {promotion.result.conditions.map((condition) => (
                      <Group key={condition.name} gap="sm" align="flex-start" wrap="nowrap">
                        <StatusBadge status={condition.outcome} />
                        <Text size="sm">
                          <b>{condition.name}</b>: {condition.message}
                        </Text>
                      </Group>
                    ))}
                  </Stack>
                </Accordion.Panel>
              </Accordion.Item>
            ))}
          </Accordion>
        )}
      </QueryView>
    </Panel>
  );
}
