import { Alert, Button, FileInput, Group, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { IconFileZip } from '@tabler/icons-react';
import { PageHeader, Panel } from '@weighbridge/shared-ui';
import { useState } from 'react';
import { errorText } from '../../api/error-text.ts';
import { ModelTabs } from '../../pieces/model-tabs.tsx';
import { Page } from '../../pieces/page.tsx';
import { DraftView } from './draft-view.tsx';
import { useImport } from './use-import.ts';
import type { ImportSource } from './use-import.ts';

type From = ImportSource['from'];
const sources: readonly { readonly value: From; readonly label: string }[] = [
  { value: 'archive', label: 'An archive' },
  { value: 'hub', label: 'A Hub repository' },
  { value: 'path', label: 'The import folder' },
];

export function ImportPage() {
  const [from, setFrom] = useState<From>('archive');
  const [file, setFile] = useState<File | null>(null);
  const [repo, setRepo] = useState('');
  const [revision, setRevision] = useState('main');
  const [path, setPath] = useState('');
  const read = useImport();
  const source: ImportSource | null = from === 'archive' ? (file === null ? null : { from, file }) : from === 'hub' ? (repo === '' ? null : { from, repo, revision }) : path === '' ? null : { from, path };

  return (
    <Page>
      <PageHeader title="Import a model" description="Read as it is published: Hugging Face, GGUF, Ollama, OCI, MLflow. You see what was found, and where, before anything is registered." />
      <ModelTabs />
      <Panel>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (source !== null) read.mutate(source);
          }}
        >
          <Stack gap="sm">
            <SegmentedControl aria-label="Where it is" value={from} onChange={(value) => setFrom(value as From)} data={[...sources]} style={{ alignSelf: 'flex-start' }} />
            {from === 'archive' ? (
              <FileInput label="Archive" description="zip, tar or tar.gz; weights are only digested on the way in" placeholder="Choose a file" accept=".zip,.tar,.tgz,.gz" leftSection={<IconFileZip size={16} aria-hidden="true" />} clearable value={file} onChange={setFile} maw={420} />
            ) : from === 'hub' ? (
              <Group align="flex-end" gap="sm">
                <TextInput label="Repository" placeholder="owner/name" value={repo} onChange={(event) => setRepo(event.currentTarget.value.trim())} w={{ base: '100%', xs: 320 }} />
                <TextInput label="Revision" value={revision} onChange={(event) => setRevision(event.currentTarget.value.trim())} w={{ base: '100%', xs: 180 }} />
              </Group>
            ) : (
              <TextInput label="Path" description="Inside the import folder of this installation" placeholder="acme-chat" value={path} onChange={(event) => setPath(event.currentTarget.value)} maw={420} />
            )}
            {read.error === null ? null : (
              <Alert color="red" role="alert" title="Not read">
                {errorText(read.error).message}
              </Alert>
            )}
            <div>
              <Button type="submit" disabled={source === null} loading={read.isPending}>
                Read it
              </Button>
            </div>
          </Stack>
        </form>
      </Panel>
      {read.data === undefined ? null : <DraftView key={read.submittedAt} draft={read.data} />}
    </Page>
  );
}
