import { Button, Group, List, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ChangeRequest } from '@weighbridge/registry-contracts';
import { Facts, Panel, Tag, When, countText } from '@weighbridge/shared-ui';
import type { ReactNode } from 'react';
import { TextLink, modelPath, versionPath } from '../../pieces/text-link.tsx';
import { useNames } from '../../queries/use-names.ts';
import { useScope } from '../../scope/project-scope.tsx';
import { RequestAnswer } from './request-answer.tsx';
import { WithdrawButton } from './withdraw-button.tsx';

const looks: Readonly<Record<ChangeRequest['status'], { readonly color: string; readonly text: string }>> = {
  open: { color: 'brass', text: 'open' },
  approved: { color: 'green', text: 'approved' },
  rejected: { color: 'red', text: 'rejected' },
  withdrawn: { color: 'gray', text: 'withdrawn' },
  expired: { color: 'gray', text: 'expired' },
};

const moves = { set: 'moved by hand', promotion: 'promotion that passed its gate', rollback: 'rollback', removal: 'removal' } as const;

/** One request: what is asked, by whom and why, and what was said to it. */
export function RequestPanel({ request }: { readonly request: ChangeRequest }) {
  const nameOf = useNames();
  const { may, me } = useScope();
  const [answering, { toggle }] = useDisclosure(false);
  const look = looks[request.status];
  const open = request.status === 'open';
  return (
    <Panel
      title={titleOf(request, nameOf)}
      actions={
        <Group gap="xs">
          <Tag color={look.color}>{look.text}</Tag>
          {open && request.requestedBy === me.keyId ? <WithdrawButton id={request.id} /> : null}
          {open && may('admin') && request.requestedBy !== me.keyId ? (
            <Button size="compact-sm" variant={answering ? 'default' : 'filled'} onClick={toggle} aria-expanded={answering}>
              {answering ? 'Not now' : 'Answer'}
            </Button>
          ) : null}
        </Group>
      }
    >
      <Stack gap="md">
        <Facts
          facts={[
            { label: 'Reason', value: request.reason ?? <Text span c="dimmed" size="sm">none was given</Text> },
            ...(request.kind === 'alias' ? [{ label: 'How', value: moves[request.by] }] : []),
            { label: 'Asked by', value: nameOf(request.requestedBy), note: <When at={request.createdAt} /> },
            { label: 'Project', value: request.projectId === null ? 'the platform' : nameOf(request.projectId) },
            { label: 'Approvals', value: `${countText(request.verdicts.filter(({ verdict }) => verdict === 'approved').length)} of ${countText(request.approvalsNeeded)}` },
            ...(open ? [{ label: 'Ends', value: <When at={request.expiresAt} /> }] : []),
          ]}
        />
        {request.verdicts.length === 0 ? null : (
          <List size="sm">
            {request.verdicts.map(({ verdict, keyId, reason, at }) => (
              <List.Item key={keyId + at}>
                <b>{verdict}</b> by {nameOf(keyId)}, <When at={at} />
                {reason === null ? '' : `: ${reason}`}
              </List.Item>
            ))}
          </List>
        )}
        {answering && open ? <RequestAnswer id={request.id} kind={request.kind} onDone={toggle} /> : null}
      </Stack>
    </Panel>
  );
}

function titleOf(request: ChangeRequest, nameOf: (id: string) => string): ReactNode {
  if (request.kind === 'use') {
    const [model = '', version = ''] = request.model.split('@');
    return (
      <>
        Use <TextLink inText to={versionPath(model, version)}>{request.model}</TextLink> for {nameOf(request.useCaseId)}
      </>
    );
  }
  const { model, alias, from, to } = request;
  return (
    <>
      <TextLink inText to={modelPath(model)}>{model}</TextLink>: {to === null ? `take away ${alias}` : `move ${alias} to ${to}`}
      {from === null ? '' : `, from ${from}`}
    </>
  );
}
