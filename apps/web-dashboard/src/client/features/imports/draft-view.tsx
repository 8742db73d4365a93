import { Alert, List, Text } from '@mantine/core';
import type { ImportDraft } from '@weighbridge/registry-contracts';
import { DataTable, Facts, LicenseTag, Panel, bytesText } from '@weighbridge/shared-ui';
import { RegisterDraft } from './register-draft.tsx';

const looks = { error: { color: 'red', title: 'Somebody has to look' }, warning: { color: 'brass', title: 'Taken in its strictest reading, or missing' }, info: { color: 'gray', title: 'Good to know' } } as const;

/** What an importer read, field by field with its place, and what does not fit together. */
export function DraftView({ draft }: { readonly draft: ImportDraft }) {
  const { version } = draft;
  return (
    <>
      {(['error', 'warning', 'info'] as const).map((severity) => {
        const findings = draft.findings.filter((finding) => finding.severity === severity);
        if (findings.length === 0) return null;
        return (
          <Alert key={severity} color={looks[severity].color} title={looks[severity].title}>
            <List size="sm">
              {findings.map(({ message, sources }) => (
                <List.Item key={message}>
                  {message}
                  {sources.length === 0 ? null : (
                    <Text span size="xs" c="dimmed">
                      {' '}
                      ({sources.join(', ')})
                    </Text>
                  )}
                </List.Item>
              ))}
            </List>
          </Alert>
        );
      })}
      <Panel title="What was read">
        <Facts
          facts={[
            { label: 'Published as', value: draft.kind },
            { label: 'Licence', value: <LicenseTag license={draft.licenseId} />, note: draft.licenseFiles.map(({ fileName, covers }) => `${fileName}: ${covers}`).join(', ') || undefined },
            { label: 'Made from', value: version.baseModels.map(({ model, version: base, relation }) => `${relation} of ${model}@${base}`).join(', ') || '–' },
            { label: 'Architecture', value: version.architecture?.modelType ?? '–' },
            { label: 'Files', value: `${version.artifacts.length}, ${bytesText(version.artifacts.reduce((sum, { bytes }) => sum + bytes, 0))}` },
          ]}
        />
      </Panel>
      <RegisterDraft draft={draft} />
      {version.provenance.length === 0 ? null : (
        <Panel flush title="Where each field was read">
          <DataTable
            caption="Where each field was read"
            rows={version.provenance}
            rowKey={(row) => `${row.field}${row.readFrom}${row.value}`}
            columns={[
              { key: 'field', header: 'Field', cell: (row) => <Text span size="sm" fw={500}>{row.field}</Text> },
              { key: 'value', header: 'Value', cell: (row) => <Text span size="sm" style={{ overflowWrap: 'anywhere' }}>{row.value.slice(0, 200)}</Text> },
              { key: 'from', header: 'Read from', cell: (row) => <Text span size="sm" c="dimmed">{row.readFrom}</Text> },
            ]}
          />
        </Panel>
      )}
      {draft.scores.length === 0 ? null : (
        <Panel flush title="Scores that the publisher states" description="As they stand; whether they are percentages is not fixed by the format.">
          <DataTable
            caption="Scores that the publisher states"
            rows={draft.scores}
            rowKey={(row) => `${row.benchmark}${row.metric}${row.readFrom}`}
            columns={[
              { key: 'benchmark', header: 'Benchmark', cell: (row) => row.benchmark },
              { key: 'metric', header: 'Metric', cell: (row) => row.metric },
              { key: 'value', header: 'Value', align: 'right', cell: (row) => row.value },
              { key: 'by', header: 'Measured by', wideOnly: true, cell: (row) => row.evaluatedBy ?? 'the publisher' },
            ]}
          />
        </Panel>
      )}
    </>
  );
}
