import { Menu, Button, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Webhook } from '@weighbridge/inference-contracts';
import { DataTable, Tag, When } from '@weighbridge/shared-ui';
import { inference } from '../../api/clients.ts';
import { notifyDone, notifyFailure } from '../../pieces/notify.ts';
import { useScope } from '../../scope/project-scope.tsx';
import type { ShownSecret } from './secret-modal.tsx';

interface WebhooksTableProps {
  readonly rows: readonly Webhook[];
  readonly onSecret: (secret: ShownSecret) => void;
}

export function WebhooksTable({ rows, onSecret }: WebhooksTableProps) {
  const { may } = useScope();
  return (
    <DataTable
      caption="Webhooks"
      rows={rows}
      rowKey={(webhook) => webhook.id}
      minWidth={460}
      columns={[
        {
          key: 'url',
          header: 'URL',
          cell: (webhook) => (
            <>
              <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
                {webhook.url}
              </Text>
              <Text size="xs" c="dimmed">
                {webhook.description ?? ''}
              </Text>
            </>
          ),
        },
        { key: 'events', header: 'Hears of', cell: (webhook) => <Text size="sm">{webhook.events.join(', ')}</Text> },
        { key: 'status', header: 'State', cell: (webhook) => <WebhookState webhook={webhook} /> },
        { key: 'made', header: 'Added', wideOnly: true, cell: (webhook) => <When at={webhook.createdAt} /> },
        { key: 'actions', header: <span className="wb-visually-hidden">Actions</span>, align: 'right', cell: (webhook) => (may('admin') ? <WebhookActions webhook={webhook} onSecret={onSecret} /> : null) },
      ]}
    />
  );
}

function WebhookState({ webhook: { status, disabledReason } }: { readonly webhook: Webhook }) {
  if (status === 'active') return <Tag color="green">active</Tag>;
  return <Tag color={disabledReason === 'gone' ? 'red' : 'gray'}>{disabledReason === 'gone' ? 'disabled: answered 410' : 'disabled'}</Tag>;
}

function WebhookActions({ webhook, onSecret }: { readonly webhook: Webhook; readonly onSecret: (secret: ShownSecret) => void }) {
  const queryClient = useQueryClient();
  const params = { id: webhook.id };
  const action = useMutation({
    mutationFn: (act: () => Promise<string | null>) => act(),
    onSuccess: async (done) => {
      await queryClient.invalidateQueries({ queryKey: ['webhooks'] });
      if (done !== null) notifyDone(done);
    },
    onError: (error) => notifyFailure('Not done', error),
  });
  const active = webhook.status === 'active';
  const test = async () => {
    await inference.testWebhook({ params });
    return 'A test event is on its way: see the deliveries';
  };
  const rotate = async () => {
    const { secret } = await inference.rotateWebhookSecret({ params });
    onSecret({ url: webhook.url, secret, rotated: true });
    return null;
  };
  const toggle = async () => {
    await inference.changeWebhook({ params, body: { active: !active } });
    return active ? 'The webhook is disabled, and what waited for it is given up' : 'The webhook is active again';
  };
  const remove = async () => {
    await inference.deleteWebhook({ params });
    return 'The webhook is deleted';
  };
  return (
    <Menu position="bottom-end" withArrow>
      <Menu.Target>
        <Button size="compact-sm" variant="default" loading={action.isPending} aria-label={`Actions for ${webhook.url}`}>
          Actions
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item disabled={!active} onClick={() => action.mutate(test)}>
          Send a test event
        </Menu.Item>
        <Menu.Item onClick={() => action.mutate(rotate)}>Give a new secret</Menu.Item>
        <Menu.Item onClick={() => action.mutate(toggle)}>{active ? 'Disable' : 'Make active again'}</Menu.Item>
        <Menu.Divider />
        <Menu.Label>With its log of deliveries</Menu.Label>
        <Menu.Item color="red" onClick={() => action.mutate(remove)}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
