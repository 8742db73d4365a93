import { Badge, Group, Text } from '@mantine/core';
import type { FoundVersion } from '@weighbridge/registry-contracts';
import { DataTable, DecisionBadge, LicenseTag, Tag, compactText, dayText } from '@weighbridge/shared-ui';
import type { Column } from '@weighbridge/shared-ui';
import { TextLink, versionPath } from '../../pieces/text-link.tsx';

interface FoundVersionsProps {
  readonly rows: readonly FoundVersion[];
  /** A use was asked about. */
  readonly withOutcome: boolean;
}

export function FoundVersions({ rows, withOutcome }: FoundVersionsProps) {
  const columns: readonly Column<FoundVersion>[] = [
    {
      key: 'version',
      header: 'Version',
      cell: (row) => (
        <>
          <TextLink to={versionPath(row.model, row.version)} strong>
            {row.ref}
          </TextLink>{' '}
          {row.aliases.map((alias) => (
            <Badge key={alias} variant="default" ml={4} title={`Alias ${alias}`}>
              {alias}
            </Badge>
          ))}
          <Text size="xs" c="dimmed">
            {row.publisher}
          </Text>
        </>
      ),
    },
    { key: 'license', header: 'Licence', cell: (row) => <LicenseTag license={row.license} /> },
    ...(withOutcome ? [{ key: 'outcome', header: 'For that use', cell: (row: FoundVersion) => (row.outcome === null ? '–' : <DecisionBadge decision={row.outcome} />) }] : []),
    {
      key: 'tags',
      header: 'Tags',
      wideOnly: true,
      cell: (row) => (
        <Group gap={6}>
          {Object.entries(row.tags).slice(0, 3).map(([name, value]) => (
            <Tag key={name} color="gray">
              {value === '' ? name : `${name}: ${value}`}
            </Tag>
          ))}
        </Group>
      ),
    },
    { key: 'parameters', header: 'Parameters', align: 'right', cell: (row) => (row.parametersTotal === null ? '–' : compactText(row.parametersTotal)) },
    { key: 'deployed', header: 'Runs here', wideOnly: true, cell: (row) => (row.deployed ? <Tag color="green">deployed</Tag> : <Text span size="sm" c="dimmed">papers only</Text>) },
    { key: 'released', header: 'Released', wideOnly: true, align: 'right', cell: (row) => (row.releasedOn === null ? '–' : dayText(row.releasedOn)) },
  ];
  return <DataTable caption="Versions that fit" columns={columns} rows={rows} rowKey={(row) => row.id} minWidth={520} />;
}
