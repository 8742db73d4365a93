import { Code, Modal, Stack, Text } from '@mantine/core';
import type { WebhookDelivery } from '@weighbridge/inference-contracts';
import { DataTable, EmptyState, Facts, When, durationText } from '@weighbridge/shared-ui';
import { QueryView } from '../../pieces/query-view.tsx';
import { useDelivery } from './use-delivery.ts';

/** The message as it is sent, and every try with what came back. */
export function DeliveryModal({ id, onClose }: { readonly id: WebhookDelivery['id'] | null; readonly onClose: () => void }) {
  const delivery = useDelivery(id);
  return (
    <Modal opened={id !== null} onClose={onClose} size="xl" title="Delivery" closeButtonProps={{ 'aria-label': 'Close' }}>
      <QueryView query={delivery}>
        {(found) => (
          <Stack gap="md">
            <Facts
              facts={[
                { label: 'URL', value: found.url },
                { label: 'webhook-id', value: found.eventId },
              ]}
            />
            <Code block>{JSON.stringify(JSON.parse(found.payload), null, 2)}</Code>
            {found.tries.length === 0 ? (
              <EmptyState title="Not tried yet">Its turn comes within seconds, or when the receiver is let alone no longer.</EmptyState>
            ) : (
              <DataTable
                caption="Tries"
                rows={found.tries}
                rowKey={({ number }) => String(number)}
                columns={[
                  { key: 'number', header: 'Try', cell: ({ number }) => number },
                  { key: 'at', header: 'When', cell: ({ startedAt }) => <When at={startedAt} /> },
                  { key: 'took', header: 'Took', align: 'right', cell: ({ durationMs }) => durationText(durationMs) },
                  { key: 'answer', header: 'Answer', cell: ({ statusCode, error }) => statusCode ?? error },
                  { key: 'text', header: 'Began with', cell: ({ responseExcerpt }) => <Text size="xs" ff="monospace" lineClamp={3} style={{ overflowWrap: 'anywhere' }}>{responseExcerpt ?? ''}</Text> },
                ]}
              />
            )}
          </Stack>
        )}
      </QueryView>
    </Modal>
  );
}
