import { Anchor, Stack, Text, Title } from '@mantine/core';
import type { Version } from '@weighbridge/registry-contracts';
import { DataTable, Panel, bytesText, dayText } from '@weighbridge/shared-ui';

/** Files by digest, pages it was read from, and where each field of an import came from. */
export function VersionFiles({ version }: { readonly version: Version }) {
  if (version.artifacts.length + version.sources.length + version.provenance.length === 0) return null;
  return (
    <Panel title="Files and sources">
      <Stack gap="lg">
        {version.artifacts.length === 0 ? null : (
          <DataTable
            caption="Files"
            rows={version.artifacts}
            rowKey={(artifact) => artifact.fileName}
            minWidth={480}
            columns={[
              { key: 'file', header: 'File', cell: (artifact) => <Text span size="sm" fw={500}>{artifact.fileName}</Text> },
              { key: 'format', header: 'Format', cell: (artifact) => `${artifact.format}${artifact.quantization === null ? '' : `, ${artifact.quantization}`}` },
              { key: 'bytes', header: 'Size', align: 'right', cell: (artifact) => bytesText(artifact.bytes) },
              { key: 'sha256', header: 'SHA-256', cell: (artifact) => <Text span ff="monospace" size="xs" title={artifact.sha256}>{artifact.sha256.slice(0, 16)}…</Text> },
            ]}
          />
        )}
        {version.sources.length === 0 ? null : (
          <div>
            <Title order={3} mb={4}>
              Sources
            </Title>
            <Stack gap={4}>
              {version.sources.map((source) => (
                <Text size="sm" key={source.title + (source.url ?? '')}>
                  {source.url === null ? source.title : <Anchor href={source.url} target="_blank" rel="noreferrer">{source.title}</Anchor>}
                  {source.retrievedOn === null ? null : <Text span size="xs" c="dimmed"> · read {dayText(source.retrievedOn)}</Text>}
                </Text>
              ))}
            </Stack>
          </div>
        )}
        {version.provenance.length === 0 ? null : (
          <details>
            <summary>
              <Text span size="sm" fw={500}>
                Where each field was read ({version.provenance.length})
              </Text>
            </summary>
            <DataTable
              caption="Where each field was read"
              rows={version.provenance}
              rowKey={(entry) => entry.field}
              columns={[
                { key: 'field', header: 'Field', cell: (entry) => <Text span ff="monospace" size="xs">{entry.field}</Text> },
                { key: 'value', header: 'Value', cell: (entry) => <Text span size="sm" style={{ overflowWrap: 'anywhere' }}>{entry.value.slice(0, 200)}</Text> },
                { key: 'readFrom', header: 'Read from', cell: (entry) => <Text span size="sm">{entry.readFrom}</Text> },
              ]}
            />
          </details>
        )}
      </Stack>
    </Panel>
  );
}
