import { Text } from '@mantine/core';

/** A stable code and the sentence that goes with it. */
export function JobErrorText({ error }: { readonly error: { readonly code: string; readonly message: string } }) {
  return (
    <Text size="sm">
      <Text span ff="monospace" size="xs">
        {error.code}
      </Text>{' '}
      {error.message}
    </Text>
  );
}
