import { Alert, Button, Group, List, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { compareLicenses } from '@weighbridge/registry-domain';
import type { License } from '@weighbridge/registry-domain';
import { Panel } from '@weighbridge/shared-ui';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { registry } from '../../api/clients.ts';
import { errorText } from '../../api/error-text.ts';
import { notifyDone } from '../../pieces/notify.ts';
import { LicenseDifferences } from './license-differences.tsx';
import { LimitSwitches } from './limit-switches.tsx';
import { changeLimit, draftText, readDraft } from './license-draft.ts';

interface ReviseLicenseFormProps {
  /** What is in force, or what a new one begins as. */
  readonly start: License;
  /** That has been seen; another one in between is refused. */
  readonly revision: number;
  readonly isNew: boolean;
}

const shortestReason = 10;
const newId = 'LicenseRef-Our-Organisation-1.0';

export function ReviseLicenseForm({ start, revision, isNew }: ReviseLicenseFormProps) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [text, setText] = useState(() => draftText(isNew ? { ...start, id: newId, name: 'Our licence', title: 'Our licence', hfTags: [], links: [], markers: { required: [], supporting: [], absent: [] } } : start));
  const [reason, setReason] = useState('');
  const draft = useMemo(() => readDraft(text), [text]);
  const save = useMutation({
    mutationFn: (license: License) => registry.reviseLicense({ params: { id: license.id }, body: { license, reason, expectedRevision: revision } }),
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries();
      notifyDone(`Revision ${saved.revision} is in force everywhere within 5 seconds`);
      await navigate(`/licenses/${encodeURIComponent(saved.license)}`);
    },
  });

  return (
    <>
      {start.limits.length === 0 || isNew ? null : (
        <Panel title="What your contract settles" description="Each switch changes the entry below.">
          <LimitSwitches limits={start.limits} draft={draft.license} onChange={(change) => setText((before) => (change.lifted === false ? restoreLimit(before, start, change.name) : changeLimit(before, change)))} />
        </Panel>
      )}
      <Panel title="The entry" description="As the catalogue keeps it, to the clause. Checked by the same schema while you write.">
        <Stack gap="sm">
          <Textarea aria-label="The entry as JSON" autosize minRows={12} maxRows={28} spellCheck={false} styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }} value={text} onChange={(event) => setText(event.currentTarget.value)} />
          {draft.faults === null ? null : (
            <Alert color="red" title="Not an entry yet">
              <List size="sm">
                {draft.faults.map((fault) => (
                  <List.Item key={fault}>{fault}</List.Item>
                ))}
              </List>
            </Alert>
          )}
          <Textarea label="Reason" description="Kept in the audit log: which contract, who agreed, where it lies" autosize minRows={2} maxLength={2_000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
          {save.error === null ? null : (
            <Alert color="red" role="alert" title="Not stored">
              {errorText(save.error).message}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button loading={save.isPending} disabled={draft.license === null || reason.trim().length < shortestReason} onClick={() => draft.license !== null && save.mutate(draft.license)}>
              Put it in force
            </Button>
          </Group>
        </Stack>
      </Panel>
      {draft.license === null ? null : <LicenseDifferences comparison={compareLicenses(start, draft.license)} leftName={isNew ? start.name : 'In force now'} rightName="As written" onlyDifferences />}
    </>
  );
}

/** Puts a limit back as it is in force, in the order that it has there. */
function restoreLimit(text: string, start: License, name: string): string {
  const { license } = readDraft(text);
  if (license === null) return text;
  return draftText({ ...license, limits: start.limits.filter((limit) => limit.name === name || license.limits.some((kept) => kept.name === limit.name)).map((limit) => license.limits.find((kept) => kept.name === limit.name) ?? limit) });
}
