import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { EmptyState, PageHeader, Panel } from '@weighbridge/shared-ui';
import { useState } from 'react';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { useScope } from '../../scope/project-scope.tsx';
import { DeliveriesPanel } from './deliveries-panel.tsx';
import { NewWebhookForm } from './new-webhook-form.tsx';
import { SecretModal } from './secret-modal.tsx';
import type { ShownSecret } from './secret-modal.tsx';
import { useWebhooks } from './use-webhooks.ts';
import { WebhooksTable } from './webhooks-table.tsx';

export function WebhooksPage() {
  const { projectId, may } = useScope();
  const webhooks = useWebhooks();
  const [opened, { open, close }] = useDisclosure(false);
  const [secret, setSecret] = useState<ShownSecret | null>(null);
  const mayAdd = may('admin') && projectId !== undefined;
  return (
    <Page>
      <PageHeader title="Webhooks" description="Whom a project tells when jobs and batches end: signed as Standard Webhooks, tried for a day, at least once." />
      <Panel
        flush
        title="Receivers"
        actions={
          mayAdd ? (
            <Button leftSection={<IconPlus size={16} />} onClick={open}>
              Add a webhook
            </Button>
          ) : null
        }
      >
        <QueryView query={webhooks} isEmpty={(rows) => rows.length === 0} empty={<EmptyState title="Nobody is told yet">{may('admin') ? 'Choose a project and add the URL that should hear of it.' : 'An administrator of the project adds the URL that should hear of it.'}</EmptyState>}>
          {(rows) => <WebhooksTable rows={rows} onSecret={setSecret} />}
        </QueryView>
      </Panel>
      <DeliveriesPanel />
      {projectId === undefined ? null : <NewWebhookForm opened={opened} onClose={close} onSecret={setSecret} />}
      <SecretModal secret={secret} onClose={() => setSecret(null)} />
    </Page>
  );
}
