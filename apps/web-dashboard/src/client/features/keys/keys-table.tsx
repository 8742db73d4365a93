import { Button, Popover, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Key } from '@weighbridge/registry-contracts';
import { DataTable, Tag, When, countText, useNow } from '@weighbridge/shared-ui';
import { registry } from '../../api/clients.ts';
import { notifyDone, notifyFailure } from '../../pieces/notify.ts';
import { useNames } from '../../queries/use-names.ts';

export function KeysTable({ rows }: { readonly rows: readonly Key[] }) {
  const nameOf = useNames();
  return (
    <DataTable
      caption="Keys"
      rows={rows}
      rowKey={(key) => key.id}
      minWidth={460}
      columns={[
        {
          key: 'name',
          header: 'Key',
          cell: (key) => (
            <>
              <Text size="sm" fw={600}>
                {key.name}
              </Text>
              <Text size="xs" c="dimmed" ff="monospace">
                {key.hint}
              </Text>
            </>
          ),
        },
        { key: 'role', header: 'Role', cell: (key) => key.role },
        { key: 'useCase', header: 'Use case', wideOnly: true, cell: (key) => nameOf(key.useCaseId) },
        { key: 'limit', header: 'Requests a minute', align: 'right', wideOnly: true, cell: (key) => (key.requestsPerMinute === null ? 'no limit' : countText(key.requestsPerMinute)) },
        { key: 'created', header: 'Made', wideOnly: true, cell: (key) => <When at={key.createdAt} /> },
        { key: 'state', header: 'State', cell: (key) => <KeyState apiKey={key} /> },
        { key: 'revoke', header: <span className="wb-visually-hidden">Revoke</span>, align: 'right', cell: (key) => (key.revokedAt === null ? <RevokeButton apiKey={key} /> : null) },
      ]}
    />
  );
}

const refreshMs = 15_000;

function KeyState({ apiKey }: { readonly apiKey: Key }) {
  const now = useNow(refreshMs);
  if (apiKey.revokedAt !== null) return <Tag color="gray">revoked</Tag>;
  if (apiKey.expiresAt === null) return <Tag color="green">valid</Tag>;
  const expired = Date.parse(apiKey.expiresAt) <= now;
  return (
    <Tag color={expired ? 'gray' : 'green'}>
      {expired ? 'expired ' : 'expires '}
      <When at={apiKey.expiresAt} />
    </Tag>
  );
}

function RevokeButton({ apiKey }: { readonly apiKey: Key }) {
  const [opened, { toggle, close }] = useDisclosure(false);
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => registry.revokeKey({ params: { id: apiKey.id } }),
    onSuccess: async () => {
      close();
      await queryClient.invalidateQueries({ queryKey: ['keys'] });
      notifyDone(`${apiKey.name} is revoked, and refused everywhere within 5 seconds`);
    },
    onError: (error) => notifyFailure('Not revoked', error),
  });
  return (
    <Popover opened={opened} onChange={(shown) => !shown && close()} trapFocus position="left" withArrow shadow="md">
      <Popover.Target>
        <Button size="compact-sm" variant="subtle" color="red" onClick={toggle} aria-label={`Revoke ${apiKey.name}`}>
          Revoke
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" maw={230}>
          <Text size="sm">Whoever uses {apiKey.name} is refused from then on. This cannot be undone.</Text>
          <Button size="sm" color="red" loading={revoke.isPending} onClick={() => revoke.mutate()}>
            Revoke it
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
