import { Button, Stack, Text } from '@mantine/core';
import { IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';

interface ErrorStateProps {
  readonly title?: string;
  readonly message: string;
  /** By which the log line can be found. */
  readonly requestId?: string | undefined;
  readonly onRetry?: () => void;
}

/** What went wrong, in the words of who refused, and a way to try again. */
export function ErrorState({ title = 'This could not be loaded', message, requestId, onRetry }: ErrorStateProps) {
  return (
    <Stack align="center" gap={6} px="md" py={32} ta="center" role="alert">
      <IconPlugConnectedX size={28} stroke={1.5} color="var(--mantine-color-red-5)" aria-hidden="true" />
      <Text fw={600}>{title}</Text>
      <Text size="sm" c="dimmed" maw={520}>
        {message}
      </Text>
      {requestId === undefined || requestId === '' ? null : (
        <Text size="xs" c="dimmed" ff="monospace">
          {requestId}
        </Text>
      )}
      {onRetry === undefined ? null : (
        <Button mt="xs" variant="default" leftSection={<IconRefresh size={16} />} onClick={onRetry}>
          Try again
        </Button>
      )}
    </Stack>
  );
}
