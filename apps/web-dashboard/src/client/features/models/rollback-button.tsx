import { Button, Popover, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { registry } from '../../api/clients.ts';
import { notifyDone, notifyFailure } from '../../pieces/notify.ts';

interface RollbackButtonProps {
  readonly model: string;
  readonly alias: string;
  /** That it points at in this picture; if it has moved since, nothing happens. */
  readonly version: string;
}

const shortestReason = 10;

/** Takes back the last move, in one call and without a gate. */
export function RollbackButton({ model, alias, version }: RollbackButtonProps) {
  const [opened, { toggle, close }] = useDisclosure(false);
  const [reason, setReason] = useState('');
  const queryClient = useQueryClient();
  const rollBack = useMutation({
    mutationFn: () => registry.rollbackAlias({ params: { name: model, alias }, body: { reason, expectedVersion: version } }),
    onSuccess: async ({ to, changeRequest }) => {
      close();
      setReason('');
      await queryClient.invalidateQueries();
      notifyDone(changeRequest === null ? `${alias} is back at ${to}; requests follow within 5 seconds` : `${alias} is protected: the way back to ${to} waits for a second person`);
    },
    onError: (error) => notifyFailure('Not rolled back', error),
  });
  return (
    <Popover opened={opened} onChange={(shown) => !shown && close()} trapFocus position="bottom-start" withArrow shadow="md">
      <Popover.Target>
        <Button size="compact-sm" variant="light" color="red" onClick={toggle} aria-label={`Roll ${alias} back`}>
          Roll back
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" w={300}>
          <Text size="sm">{alias} goes back to where it was before its last move. No gate is asked.</Text>
          <Textarea label="Reason" autosize minRows={2} maxLength={2_000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
          <Button size="sm" color="red" disabled={reason.trim().length < shortestReason} loading={rollBack.isPending} onClick={() => rollBack.mutate()}>
            Roll it back
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
