import { Alert, Button, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { registry } from '../../api/clients.ts';
import { errorText } from '../../api/error-text.ts';
import { TextLink } from '../../pieces/text-link.tsx';
import { useScope } from '../../scope/project-scope.tsx';

interface RequestApprovalProps {
  readonly reference: string;
  /** Id of a declared use case. */
  readonly useCase: string;
}

const shortestReason = 10;

/** Asks a second person to approve a use that needs a review. */
export function RequestApproval({ reference, useCase }: RequestApprovalProps) {
  const { may } = useScope();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const ask = useMutation({
    mutationFn: () => registry.createChangeRequest({ body: { kind: 'use', model: reference, useCase, reason } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['change-requests'] }),
  });
  if (!may('editor')) return null;
  if (ask.isSuccess) {
    return (
      <Alert color="green" title="Asked for" mt="md">
        An administrator finds it under <TextLink to="/approvals" inText>Approvals</TextLink>. Until it is approved, requests are refused.
      </Alert>
    );
  }
  return (
    <Stack gap="xs" mt="md">
      <Textarea label="Ask for an approval" description="Why this use is right although the papers leave it open" autosize minRows={2} maxLength={2_000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} error={ask.error === null ? null : errorText(ask.error).message} />
      <div>
        <Button size="compact-md" disabled={reason.trim().length < shortestReason} loading={ask.isPending} onClick={() => ask.mutate()}>
          Ask for it
        </Button>
      </div>
    </Stack>
  );
}
