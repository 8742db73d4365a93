import { Alert, Button, Group, List, Stack, TextInput, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ChangeRequest } from '@weighbridge/registry-contracts';
import { LoadingBlock } from '@weighbridge/shared-ui';
import { useState } from 'react';
import { registry } from '../../api/clients.ts';
import { errorText, fieldFaults } from '../../api/error-text.ts';
import { notifyDone } from '../../pieces/notify.ts';
import { QueryView } from '../../pieces/query-view.tsx';
import { useChangeRequest } from './use-change-request.ts';

interface RequestAnswerProps {
  readonly id: string;
  readonly kind: ChangeRequest['kind'];
  readonly onDone: () => void;
}

const shortestReason = 10;
const dayMs = 86_400_000;
const usualDays = 90;

/** Approve or reject, with a reason that is kept; a use also until when. */
export function RequestAnswer({ id, kind, onDone }: RequestAnswerProps) {
  const queryClient = useQueryClient();
  const standing = useChangeRequest(id);
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState(() => new Date(Date.now() + usualDays * dayMs).toISOString().slice(0, 10));
  const answer = useMutation({
    mutationFn: (verdict: 'approve' | 'reject') =>
      verdict === 'reject'
        ? registry.rejectChangeRequest({ params: { id }, body: { reason } })
        : registry.approveChangeRequest({ params: { id }, body: { reason, ...(kind === 'use' ? { expiresAt: `${until}T23:59:59.000Z` } : {}) } }),
    onSuccess: async ({ status }) => {
      await queryClient.invalidateQueries();
      notifyDone(status === 'open' ? 'Your approval is kept; the request needs another one' : `The request is ${status}`);
      onDone();
    },
  });
  const faults = fieldFaults(answer.error);
  const tooShort = reason.trim().length < shortestReason;

  return (
    <QueryView query={standing} loading={<LoadingBlock height={120} />}>
      {({ changed, notApprovableBecause }) => (
        <Stack gap="sm">
          {changed.length === 0 ? null : (
            <Alert color="brass" title="Not as it was when this was asked">
              <List size="sm">
                {changed.map(({ what, was, now }) => (
                  <List.Item key={what}>
                    {what}: was {was ?? 'nothing'}, is {now ?? 'nothing'}
                  </List.Item>
                ))}
              </List>
            </Alert>
          )}
          {notApprovableBecause === null ? null : <Alert color="brass">{notApprovableBecause}</Alert>}
          <Textarea label="Your reason" description="Kept in the audit log, for whoever asks later" autosize minRows={2} maxLength={2_000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} error={faults['reason'] ?? null} />
          {kind === 'use' ? <TextInput type="date" label="Approved until" value={until} onChange={(event) => setUntil(event.currentTarget.value)} error={faults['expiresAt'] ?? null} maw={220} /> : null}
          {answer.error === null ? null : (
            <Alert color="red" role="alert" title="Not answered">
              {errorText(answer.error).message}
            </Alert>
          )}
          <Group gap="sm">
            <Button disabled={tooShort || notApprovableBecause !== null} loading={answer.isPending && answer.variables === 'approve'} onClick={() => answer.mutate('approve')}>
              Approve
            </Button>
            <Button variant="light" color="red" disabled={tooShort} loading={answer.isPending && answer.variables === 'reject'} onClick={() => answer.mutate('reject')}>
              Reject
            </Button>
          </Group>
        </Stack>
      )}
    </QueryView>
  );
}
