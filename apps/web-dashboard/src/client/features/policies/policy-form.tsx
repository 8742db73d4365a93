import { Alert, Button, Group, List, Stack, Switch, Text, TextInput, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Policy } from '@weighbridge/registry-contracts';
import { Panel } from '@weighbridge/shared-ui';
import { useState } from 'react';
import { registry } from '../../api/clients.ts';
import { errorText, fieldFaults } from '../../api/error-text.ts';
import { notifyDone } from '../../pieces/notify.ts';
import { PolicyTrialResult } from './policy-trial-result.tsx';
import { usePolicyCheck } from './use-policy-check.ts';

const example = `@message("Product X takes only models under OSI-approved licences.")
forbid (principal, action == Action::"use", resource)
when { principal.hasTag("product") && principal.getTag("product") == "x" && !resource.osiApproved };
`;

interface PolicyFormProps {
  /** Null: a new one. */
  readonly policy: Policy | null;
  readonly onClose: () => void;
}

/** Writes a policy: checked while it is typed, tried on what runs before it is stored. */
export function PolicyForm({ policy, onClose }: PolicyFormProps) {
  const queryClient = useQueryClient();
  const [name, setName] = useState(policy?.name ?? '');
  const [description, setDescription] = useState(policy?.description ?? '');
  const [text, setText] = useState(policy?.text ?? example);
  const [enabled, setEnabled] = useState(policy?.enabled ?? true);
  const [settled] = useDebouncedValue(text, 400);
  const check = usePolicyCheck(settled);
  const trial = useMutation({ mutationFn: () => registry.tryPolicy({ body: { text, ...(policy === null ? {} : { name: policy.name }) } }) });
  const save = useMutation({
    mutationFn: () => registry.putPolicy({ params: { name }, body: { text, enabled, expectedRevision: policy?.revision ?? 0, ...(description === '' ? {} : { description }) } }),
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries();
      notifyDone(`${saved.name} is ${saved.enabled ? 'in force everywhere within 5 seconds' : 'kept, and off'}`);
      onClose();
    },
  });
  const faults = fieldFaults(save.error);
  const notes = [...(check.data?.faults ?? []), ...(check.data?.warnings ?? [])];

  return (
    <Panel title={policy === null ? 'New policy' : `Change ${policy.name}`}>
      <Stack gap="sm">
        <Group align="flex-start" gap="sm">
          <TextInput label="Name" description="Lower-case words, like only-eu-hosting" disabled={policy !== null} value={name} onChange={(event) => setName(event.currentTarget.value)} error={faults['name'] ?? null} w={{ base: '100%', xs: 300 }} />
          <TextInput label="Description" description="For whoever reads the list" value={description} onChange={(event) => setDescription(event.currentTarget.value)} error={faults['description'] ?? null} flex={1} miw={240} />
        </Group>
        <Textarea label="Policy" description="Cedar: principal is the use case, resource the version, context the deployment" autosize minRows={5} maxRows={24} styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }} spellCheck={false} value={text} onChange={(event) => setText(event.currentTarget.value)} error={faults['text'] ?? null} />
        {notes.length === 0 ? null : (
          <Alert color={check.data?.valid === false ? 'red' : 'brass'} title={check.data?.valid === false ? 'Not a policy yet' : 'To know'}>
            <List size="sm">
              {notes.map(({ line, column, message }) => (
                <List.Item key={`${line}:${column}:${message}`}>
                  Line {line}, column {column}: {message}
                </List.Item>
              ))}
            </List>
          </Alert>
        )}
        {check.data?.valid === true ? (
          <Text size="sm" c="dimmed" role="status">
            {check.data.statements.map(({ statement, effect, message }) => `${statement === 'forbid' ? (effect === 'review' ? 'Sends to review' : 'Refuses') : 'Allows'}${message === null ? '' : `: ${message}`}`).join(' ')}
          </Text>
        ) : null}
        {trial.data === undefined ? null : <PolicyTrialResult result={trial.data} />}
        {trial.error === null && save.error === null ? null : (
          <Alert color="red" role="alert" title={save.error === null ? 'Not tried' : 'Not stored'}>
            {errorText(save.error ?? trial.error).message}
          </Alert>
        )}
        <Group gap="sm">
          <Switch label="In force" checked={enabled} onChange={(event) => setEnabled(event.currentTarget.checked)} />
          <Button variant="default" ml="auto" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="default" loading={trial.isPending} disabled={check.data?.valid !== true} onClick={() => trial.mutate()}>
            Try it
          </Button>
          <Button loading={save.isPending} disabled={name === '' || check.data?.valid !== true} onClick={() => save.mutate()}>
            Store
          </Button>
        </Group>
      </Stack>
    </Panel>
  );
}
