import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ImportDraft } from '@weighbridge/registry-contracts';
import { ApiError } from '@weighbridge/shared-contracts';
import { Panel } from '@weighbridge/shared-ui';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { registry } from '../../api/clients.ts';
import { errorText } from '../../api/error-text.ts';
import { notifyDone } from '../../pieces/notify.ts';
import { versionPath } from '../../pieces/text-link.tsx';

/** Registers what was read, under a name; the model too if there is none of that name. */
export function RegisterDraft({ draft }: { readonly draft: ImportDraft }) {
  const [model, setModel] = useState<string>(draft.suggestedModel ?? '');
  const [version, setVersion] = useState<string>(draft.version.version ?? '');
  const [publisher, setPublisher] = useState(draft.suggestedPublisher ?? '');
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const register = useMutation({
    mutationFn: async () => {
      await registry.createModel({ body: { name: model, publisher } }).catch((error: unknown) => {
        // Registered before: the version goes to it.
        if (!(error instanceof ApiError && error.status === 409)) throw error;
      });
      const { license, version: _, ...fields } = draft.version;
      return registry.registerVersion({ params: { name: model }, body: { ...fields, version, ...(license === null ? {} : { license }) } });
    },
    onSuccess: async (registered) => {
      await queryClient.invalidateQueries();
      notifyDone(`${registered.model}@${registered.version} is registered`);
      await navigate(versionPath(registered.model, registered.version));
    },
  });
  return (
    <Panel title="Register it">
      <Stack gap="sm">
        <Group align="flex-end" gap="sm">
          <TextInput label="Model" value={model} onChange={(event) => setModel(event.currentTarget.value)} w={{ base: '100%', xs: 240 }} />
          <TextInput label="Version" value={version} onChange={(event) => setVersion(event.currentTarget.value)} w={{ base: '100%', xs: 180 }} />
          <TextInput label="Publisher" value={publisher} onChange={(event) => setPublisher(event.currentTarget.value)} w={{ base: '100%', xs: 220 }} />
        </Group>
        {register.error === null ? null : (
          <Alert color="red" role="alert" title="Not registered">
            {errorText(register.error).message}
          </Alert>
        )}
        <div>
          <Button disabled={model === '' || version === '' || publisher === ''} loading={register.isPending} onClick={() => register.mutate()}>
            Register {model === '' ? 'it' : `${model}@${version}`}
          </Button>
        </div>
      </Stack>
    </Panel>
  );
}
