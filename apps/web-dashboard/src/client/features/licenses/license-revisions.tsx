import { Button, Group, Popover, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { LicenseInForce } from '@weighbridge/registry-contracts';
import { DataTable, Panel, Tag, When } from '@weighbridge/shared-ui';
import { useState } from 'react';
import { registry } from '../../api/clients.ts';
import { notifyDone, notifyFailure } from '../../pieces/notify.ts';
import { QueryView } from '../../pieces/query-view.tsx';
import { useNames } from '../../queries/use-names.ts';
import { useScope } from '../../scope/project-scope.tsx';
import { useLicenseRevisions } from './use-license-revisions.ts';

/** What the organisation said about a licence, and the way to take it back. */
export function LicenseRevisions({ license }: { readonly license: LicenseInForce }) {
  const revisions = useLicenseRevisions(license.id);
  const { isPlatform, may } = useScope();
  const nameOf = useNames();
  if (license.revision === 0) return null;
  return (
    <Panel flush title="What your organisation entered" description="Each revision is kept as it was written." actions={license.origin === 'organisation' && isPlatform && may('admin') ? <WithdrawRevision license={license} /> : null}>
      <QueryView query={revisions}>
        {(rows) => (
          <DataTable
            caption={`Revisions of ${license.name}`}
            rows={rows}
            rowKey={(row) => String(row.revision)}
            columns={[
              { key: 'revision', header: 'Revision', cell: (row) => row.revision },
              { key: 'what', header: 'What', cell: (row) => (row.withdrawn ? <Tag color="gray">withdrawn</Tag> : <Tag color="harbor">{row.amends ? 'amendment' : 'own licence'}</Tag>) },
              { key: 'reason', header: 'Reason', cell: (row) => <Text size="sm">{row.reason}</Text> },
              { key: 'by', header: 'By', wideOnly: true, cell: (row) => (row.createdBy === null ? '–' : nameOf(row.createdBy)) },
              { key: 'at', header: 'When', align: 'right', cell: (row) => <When at={row.createdAt} /> },
            ]}
          />
        )}
      </QueryView>
    </Panel>
  );
}

const shortestReason = 10;

function WithdrawRevision({ license }: { readonly license: LicenseInForce }) {
  const [opened, { toggle, close }] = useDisclosure(false);
  const [reason, setReason] = useState('');
  const queryClient = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => registry.reviseLicense({ params: { id: license.id }, body: { withdraw: true, reason, expectedRevision: license.revision } }),
    onSuccess: async () => {
      close();
      await queryClient.invalidateQueries();
      notifyDone(license.amends ? 'The catalogue’s entry is in force again' : 'The licence is withdrawn: decisions under it are reviews');
    },
    onError: (error) => notifyFailure('Not withdrawn', error),
  });
  return (
    <Popover opened={opened} onChange={(shown) => !shown && close()} trapFocus position="bottom-end" withArrow shadow="md">
      <Popover.Target>
        <Button size="compact-sm" variant="default" onClick={toggle}>
          Withdraw
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" w={280}>
          <Textarea label="Reason" autosize minRows={2} maxLength={2_000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
          <Group justify="flex-end">
            <Button size="sm" color="red" disabled={reason.trim().length < shortestReason} loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
              Withdraw it
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
