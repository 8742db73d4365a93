import { Button, Group, Select, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { WebhookDelivery } from '@weighbridge/inference-contracts';
import { DeliveryStatus } from '@weighbridge/inference-domain';
import { DataTable, EmptyState, LoadMore, Panel, Tag, When, countText } from '@weighbridge/shared-ui';
import { useState } from 'react';
import { inference } from '../../api/clients.ts';
import { notifyDone, notifyFailure } from '../../pieces/notify.ts';
import { QueryView } from '../../pieces/query-view.tsx';
import { TextLink } from '../../pieces/text-link.tsx';
import { useScope } from '../../scope/project-scope.tsx';
import { DeliveryModal } from './delivery-modal.tsx';
import { useDeliveries } from './use-deliveries.ts';

const colors: Readonly<Record<DeliveryStatus, string>> = { pending: 'brass', delivered: 'green', dead: 'red' };

/** The log: what was told or will be, what came of it, and the button that tells it again. */
export function DeliveriesPanel() {
  const [status, setStatus] = useState<DeliveryStatus | null>(null);
  const [looked, setLooked] = useState<WebhookDelivery['id'] | null>(null);
  const deliveries = useDeliveries(status);
  return (
    <Panel flush title="Deliveries" description="Kept for 30 days after their end.">
      <Group px="md" pb="sm">
        <Select aria-label="State of deliveries" placeholder="Any state" clearable value={status} onChange={(value) => setStatus(DeliveryStatus.nullable().parse(value))} data={DeliveryStatus.options} w={170} />
      </Group>
      <QueryView
        query={{ ...deliveries, data: deliveries.data?.pages.flatMap((page) => page.data) }}
        isEmpty={(rows) => rows.length === 0}
        empty={status === null ? <EmptyState title="Nothing was told yet">The next job or batch that ends is told to whoever listens for it, and to the callback URL that a job names.</EmptyState> : <EmptyState title="No delivery is in this state">Choose another one.</EmptyState>}
      >
        {(rows) => (
          <DataTable
            caption="Deliveries"
            rows={rows}
            rowKey={(delivery) => delivery.id}
            minWidth={640}
            columns={[
              { key: 'event', header: 'Event', cell: (delivery) => <Event delivery={delivery} /> },
              { key: 'receiver', header: 'Receiver', wideOnly: true, cell: (delivery) => <Text size="sm" style={{ overflowWrap: 'anywhere' }}>{new URL(delivery.url).host}{delivery.webhookId === null ? ' (callback)' : ''}</Text> },
              { key: 'state', header: 'State', cell: (delivery) => <Tag color={colors[delivery.status]}>{delivery.status}</Tag> },
              { key: 'tries', header: 'Tries', align: 'right', cell: (delivery) => countText(delivery.attempts) },
              { key: 'answer', header: 'Last answer', wideOnly: true, cell: (delivery) => <Text size="sm">{delivery.lastError ?? delivery.lastStatusCode ?? '–'}</Text> },
              { key: 'when', header: 'When', wideOnly: true, cell: (delivery) => (delivery.nextAttemptAt === null ? <When at={delivery.finishedAt ?? delivery.createdAt} /> : <>next <When at={delivery.nextAttemptAt} /></>) },
              { key: 'actions', header: <span className="wb-visually-hidden">Actions</span>, align: 'right', cell: (delivery) => <DeliveryActions delivery={delivery} onLook={() => setLooked(delivery.id)} /> },
            ]}
          />
        )}
      </QueryView>
      <LoadMore hasMore={deliveries.hasNextPage} loading={deliveries.isFetchingNextPage} onMore={() => void deliveries.fetchNextPage()} />
      <DeliveryModal id={looked} onClose={() => setLooked(null)} />
    </Panel>
  );
}

function Event({ delivery: { eventType, subjectId, createdAt } }: { readonly delivery: WebhookDelivery }) {
  return (
    <>
      <Text size="sm" fw={600}>
        {subjectId.startsWith('job_') ? <TextLink to={`/jobs/${subjectId}`}>{eventType}</TextLink> : eventType}
      </Text>
      <Text size="xs" c="dimmed">
        <When at={createdAt} />
      </Text>
    </>
  );
}

function DeliveryActions({ delivery, onLook }: { readonly delivery: WebhookDelivery; readonly onLook: () => void }) {
  const { may } = useScope();
  const queryClient = useQueryClient();
  const again = useMutation({
    mutationFn: () => inference.redeliverWebhook({ params: { id: delivery.id } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['webhooks'] });
      notifyDone('It is told again now, with the same webhook-id');
    },
    onError: (error) => notifyFailure('Not told again', error),
  });
  return (
    <Group gap="xs" wrap="nowrap" justify="flex-end">
      <Button size="compact-sm" variant="subtle" onClick={onLook} aria-label={`Details of ${delivery.id}`}>
        Details
      </Button>
      {may('editor') ? (
        <Button size="compact-sm" variant="default" loading={again.isPending} onClick={() => again.mutate()} aria-label={`Tell ${delivery.id} again`}>
          Tell again
        </Button>
      ) : null}
    </Group>
  );
}
