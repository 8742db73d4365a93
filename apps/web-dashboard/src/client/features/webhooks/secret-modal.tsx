import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { CommandLine } from '@weighbridge/shared-ui';

export interface ShownSecret {
  readonly url: string;
  readonly secret: string;
  /** The secret before it goes on for a day. */
  readonly rotated: boolean;
}

/** Shows a secret this once. */
export function SecretModal({ secret, onClose }: { readonly secret: ShownSecret | null; readonly onClose: () => void }) {
  return (
    <Modal opened={secret !== null} onClose={onClose} title={secret?.rotated === true ? 'The new secret' : 'The webhook is added'} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': 'Close' }}>
      {secret === null ? null : (
        <Stack gap="sm">
          <Text size="sm">
            Copy it now: it is shown this once. With it {new URL(secret.url).host} verifies that a message comes from here.
            {secret.rotated ? ' Until tomorrow messages are signed with the old secret too.' : ''}
          </Text>
          <CommandLine command={secret.secret} label="Copy the secret" />
          <Group justify="flex-end">
            <Button onClick={onClose}>I have it</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
