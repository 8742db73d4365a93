import { Group, Stack, Text } from '@mantine/core';
import type { ImpactItem } from '@weighbridge/registry-contracts';
import { DataTable, DecisionBadge, EmptyState, LicenseTag, Tag } from '@weighbridge/shared-ui';
import { Clause } from '../../pieces/clause.tsx';
import { TextLink, versionPath } from '../../pieces/text-link.tsx';
import { useNames } from '../../queries/use-names.ts';

/** Use cases of a row that are written out; the rest is a number. */
const shownUseCases = 4;

export function ImpactTable({ items }: { readonly items: readonly ImpactItem[] }) {
  if (items.length === 0) return <EmptyState title="It reaches nothing that is registered here" />;
  return (
    <DataTable
      caption="Versions that it reaches"
      rows={items}
      rowKey={(item) => item.version}
      minWidth={720}
      columns={[
        {
          key: 'version',
          header: 'Version',
          cell: (item) => (
            <>
              <TextLink to={versionPath(item.model, item.versionName)} strong>
                {item.version}
              </TextLink>
              <Text size="xs" c="dimmed">
                {item.via ?? 'itself'}
              </Text>
            </>
          ),
        },
        { key: 'license', header: 'Licence', wideOnly: true, cell: (item) => <LicenseTag license={item.license} /> },
        { key: 'places', header: 'At work as', cell: (item) => <Places item={item} /> },
        { key: 'uses', header: 'Use cases', cell: (item) => <Uses item={item} /> },
      ]}
    />
  );
}

function Places({ item }: { readonly item: ImpactItem }) {
  const active = item.deployments.filter(({ status }) => status === 'active').length;
  if (item.aliases.length + item.deployments.length === 0) return <Text span size="sm" c="dimmed">papers only</Text>;
  return (
    <Group gap={6}>
      {item.aliases.map((alias) => (
        <Tag key={alias} color="gray">
          {alias}
        </Tag>
      ))}
      {item.deployments.length === 0 ? null : <Tag color={active > 0 ? 'green' : 'gray'}>{active > 0 ? `${active} deployed` : 'paused'}</Tag>}
    </Group>
  );
}

function Uses({ item }: { readonly item: ImpactItem }) {
  const nameOf = useNames();
  if (item.useCasesTotal === 0) return <Text span size="sm" c="dimmed">none</Text>;
  return (
    <Stack gap={8}>
      {item.useCases.slice(0, shownUseCases).map((use) => (
        <div key={use.id}>
          <Group gap={6}>
            <Text span size="sm" fw={500} title={nameOf(use.projectId)}>
              {use.name}
            </Text>
            <DecisionBadge decision={use.before} size="sm" />
            {use.after === null || use.after === use.before ? null : (
              <>
                <span aria-label="becomes">→</span>
                <DecisionBadge decision={use.after} size="sm" />
              </>
            )}
          </Group>
          {use.newReasons.slice(0, 1).map((reason) => (
            <Text key={reason.code} size="xs" c="dimmed">
              {reason.message} <Clause clause={reason.clause} />
            </Text>
          ))}
        </div>
      ))}
      {item.useCasesTotal > shownUseCases ? <Text size="xs" c="dimmed">and {item.useCasesTotal - Math.min(shownUseCases, item.useCases.length)} more</Text> : null}
    </Stack>
  );
}
