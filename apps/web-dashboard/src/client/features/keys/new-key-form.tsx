import { Alert, Button, Group, Modal, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { roles } from '@weighbridge/shared-domain';
import type { Role } from '@weighbridge/shared-domain';
import { CommandLine } from '@weighbridge/shared-ui';
import { useState } from 'react';
import { registry } from '../../api/clients.ts';
import { errorText } from '../../api/error-text.ts';
import { useUseCases } from '../../queries/use-use-cases.ts';

interface NewKeyFormProps {
  readonly projectId: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

const lifetimes = [
  { value: '', label: 'Never' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
];
const dayMs = 86_400_000;

/** Makes a key and shows it this once. */
export function NewKeyForm({ projectId, opened, onClose }: NewKeyFormProps) {
  const queryClient = useQueryClient();
  const useCases = useUseCases();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('runner');
  const [useCaseId, setUseCaseId] = useState<string | null>(null);
  const [days, setDays] = useState('90');
  const [requestsPerMinute, setRequestsPerMinute] = useState<number | null>(null);
  const create = useMutation({
    mutationFn: () =>
      registry.createKey({
        params: { id: projectId },
        body: {
          name,
          role,
          ...(useCaseId === null ? {} : { useCaseId }),
          ...(days === '' ? {} : { expiresAt: new Date(Date.now() + Number(days) * dayMs).toISOString() }),
          ...(requestsPerMinute === null ? {} : { requestsPerMinute }),
        },
      }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['keys'] }),
  });
  const close = () => {
    onClose();
    create.reset();
    setName('');
  };

  return (
    <Modal opened={opened} onClose={close} title={create.data === undefined ? 'Make a key' : 'The key is made'} closeOnClickOutside={create.data === undefined} closeButtonProps={{ 'aria-label': 'Close' }}>
      {create.data === undefined ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            create.mutate();
          }}
        >
          <Stack gap="sm">
            <TextInput label="Name" description="Who or what uses it" required withAsterisk={false} maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
            <Select label="Role" allowDeselect={false} value={role} onChange={(value) => value !== null && setRole(value as Role)} data={[...roles]} />
            <Select label="Use case" description="Its requests are for this one unless they name another" placeholder="None" clearable value={useCaseId} onChange={setUseCaseId} data={(useCases.data ?? []).filter((useCase) => useCase.projectId === projectId).map((useCase) => ({ value: useCase.id, label: useCase.name }))} />
            <Group grow>
              <Select label="Expires" allowDeselect={false} value={days} onChange={(value) => setDays(value ?? '')} data={lifetimes} />
              <NumberInput label="Requests a minute" placeholder="No limit" min={1} max={1_000_000} allowDecimal={false} value={requestsPerMinute ?? ''} onChange={(value) => setRequestsPerMinute(typeof value === 'number' ? value : null)} />
            </Group>
            {create.error === null ? null : (
              <Alert color="red" role="alert" title="Not made">
                {errorText(create.error).message}
              </Alert>
            )}
            <Group justify="flex-end" mt="xs">
              <Button variant="default" onClick={close}>
                Cancel
              </Button>
              <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
                Make it
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <Stack gap="sm">
          <Text size="sm">Copy it now: it is shown this once, and only its digest is kept.</Text>
          <CommandLine command={create.data.token} label="Copy the key" />
          <Group justify="flex-end">
            <Button onClick={close}>I have it</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
