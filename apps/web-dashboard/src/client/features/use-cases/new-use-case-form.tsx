import { Alert, Button, Group, Modal, Stack, TagsInput, TextInput, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { UseCaseFacts } from '@weighbridge/registry-domain';
import { useState } from 'react';
import { registry } from '../../api/clients.ts';
import { errorText, fieldFaults } from '../../api/error-text.ts';
import { FactsForm, ordinaryFacts } from '../../pieces/facts-form.tsx';
import { notifyDone } from '../../pieces/notify.ts';
import { readTags } from '../../pieces/tag-texts.ts';

interface NewUseCaseFormProps {
  readonly projectId: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function NewUseCaseForm({ projectId, opened, onClose }: NewUseCaseFormProps) {
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [labels, setLabels] = useState<string[]>([]);
  const [facts, setFacts] = useState<UseCaseFacts>(ordinaryFacts);
  const create = useMutation({
    mutationFn: () => registry.createUseCase({ body: { project: projectId, name, ...(description === '' ? {} : { description }), facts, labels: readTags(labels) } }),
    onSuccess: async (useCase) => {
      await queryClient.invalidateQueries({ queryKey: ['use-cases'] });
      notifyDone(`${useCase.name} is declared`);
      setName('');
      setDescription('');
      onClose();
    },
  });
  const faults = fieldFaults(create.error);

  return (
    <Modal opened={opened} onClose={onClose} title="Declare a use case" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <Stack gap="md">
          <TextInput label="Name" required withAsterisk={false} maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} error={faults['name'] ?? null} data-autofocus />
          <Textarea label="Description" autosize minRows={2} maxLength={2_000} value={description} onChange={(event) => setDescription(event.currentTarget.value)} error={faults['description'] ?? null} />
          <TagsInput label="Labels" description="For the policies of the organisation, like product: x or data: personal" value={labels} onChange={setLabels} error={faults['labels'] ?? null} />
          <FactsForm facts={facts} onChange={setFacts} faults={faults} />
          {create.error === null ? null : (
            <Alert color="red" role="alert" title="Not declared">
              {errorText(create.error).message}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending} disabled={name.trim() === '' || facts.purposes.length === 0}>
              Declare it
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
