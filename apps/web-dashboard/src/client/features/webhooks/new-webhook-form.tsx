import { Alert, Button, Group, Modal, MultiSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { WebhookEvent } from '@weighbridge/inference-domain';
import { useState } from 'react';
import { inference } from '../../api/clients.ts';
import { errorText } from '../../api/error-text.ts';
import { useScope } from '../../scope/project-scope.tsx';
import type { ShownSecret } from './secret-modal.tsx';

interface NewWebhookFormProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onSecret: (secret: ShownSecret) => void;
}

const usual: readonly WebhookEvent[] = ['job.succeeded', 'job.failed', 'batch.completed', 'batch.failed'];

export function NewWebhookForm({ opened, onClose, onSecret }: NewWebhookFormProps) {
  const { project } = useScope();
  const queryClient = useQueryClient();
  const [url, setUrl] = useState('');
  const [description, setDescription] = useState('');
  const [events, setEvents] = useState<readonly WebhookEvent[]>(usual);
  const create = useMutation({
    mutationFn: () => inference.createWebhook({ query: { project }, body: { url, events: [...events], ...(description.trim() === '' ? {} : { description }) } }),
    onSuccess: async (made) => {
      await queryClient.invalidateQueries({ queryKey: ['webhooks'] });
      onClose();
      setUrl('');
      setDescription('');
      onSecret({ url: made.url, secret: made.secret, rotated: false });
    },
  });
  const close = () => {
    onClose();
    create.reset();
  };
  return (
    <Modal opened={opened} onClose={close} title="Add a webhook" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput label="URL" description="An https URL that answers 2xx within 15 seconds" placeholder="https://" type="url" required withAsterisk={false} maxLength={2_000} value={url} onChange={(event) => setUrl(event.currentTarget.value)} data-autofocus />
          <MultiSelect label="Events" description="Lines of batches end by the thousand: their batch tells" data={WebhookEvent.options} value={[...events]} onChange={(chosen) => setEvents(WebhookEvent.array().parse(chosen))} />
          <TextInput label="Description" description="Who listens there" maxLength={200} value={description} onChange={(event) => setDescription(event.currentTarget.value)} />
          {create.error === null ? null : (
            <Alert color="red" role="alert" title="Not added">
              {errorText(create.error).message}
            </Alert>
          )}
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending} disabled={url.trim() === '' || events.length === 0}>
              Add it
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
