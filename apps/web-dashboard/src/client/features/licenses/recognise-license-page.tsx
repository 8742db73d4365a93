import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { DataTable, PageHeader, Panel, percentText } from '@weighbridge/shared-ui';
import type { LicenseRecognition } from '@weighbridge/registry-domain';
import { useState } from 'react';
import { registry } from '../../api/clients.ts';
import { errorText } from '../../api/error-text.ts';
import { NearMisses } from '../../pieces/near-misses.tsx';
import { Page } from '../../pieces/page.tsx';
import { TextLink } from '../../pieces/text-link.tsx';

/** An expression is short and on one line; everything else is a text. */
const longestExpression = 200;
const isExpression = (given: string): boolean => given.length <= longestExpression && !given.trim().includes('\n');

/** Which licence is this? By its text, or by an SPDX expression or tag. */
export function RecogniseLicensePage() {
  const [given, setGiven] = useState('');
  const recognise = useMutation({ mutationFn: () => registry.detectLicense({ body: isExpression(given) ? { expression: given.trim() } : { text: given } }) });
  return (
    <Page>
      <PageHeader title="Which licence is this?" above={<TextLink to="/licenses">Licences</TextLink>} description="Paste a licence text, or an SPDX expression. A text that is not word for word a known licence is told with the passages in which it differs, never taken for it." />
      <Panel>
        <Stack gap="sm">
          <Textarea label="Text or expression" autosize minRows={6} maxRows={20} spellCheck={false} value={given} onChange={(event) => setGiven(event.currentTarget.value)} />
          {recognise.error === null ? null : (
            <Alert color="red" role="alert" title="Not recognised">
              {errorText(recognise.error).message}
            </Alert>
          )}
          <Group>
            <Button disabled={given.trim() === ''} loading={recognise.isPending} onClick={() => recognise.mutate()}>
              Recognise it
            </Button>
          </Group>
        </Stack>
      </Panel>
      {recognise.data === undefined ? null : <Recognition found={recognise.data} />}
    </Page>
  );
}

function Recognition({ found }: { readonly found: LicenseRecognition }) {
  return (
    <Panel title={found.license ?? 'No licence for sure'} description={found.explanation}>
      <Stack gap="lg">
        {found.matches.length === 0 ? null : (
          <DataTable
            caption="What it was recognised as"
            rows={found.matches}
            rowKey={(match) => match.license + match.by}
            columns={[
              { key: 'license', header: 'Licence', cell: ({ license }) => <TextLink to={`/licenses/${encodeURIComponent(license)}`} strong>{license}</TextLink> },
              { key: 'confidence', header: 'Confidence', align: 'right', cell: ({ confidence }) => percentText(confidence) },
              { key: 'by', header: 'By', cell: ({ by }) => by },
              { key: 'evidence', header: 'Evidence', wideOnly: true, cell: ({ evidence }) => <Text size="xs" c="dimmed">{evidence.slice(0, 4).join(' · ')}</Text> },
            ]}
          />
        )}
        <NearMisses nearMisses={found.nearMisses} />
        {found.uncatalogued.map(({ license, message }) => (
          <Alert key={license} color="brass">
            {message}
          </Alert>
        ))}
      </Stack>
    </Panel>
  );
}
