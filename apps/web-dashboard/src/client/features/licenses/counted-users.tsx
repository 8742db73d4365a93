import { Stack, Text } from '@mantine/core';
import { DataTable, Panel, Tag, countText, percentText } from '@weighbridge/shared-ui';
import { Clause } from '../../pieces/clause.tsx';
import { TextLink } from '../../pieces/text-link.tsx';
import { useCountedUsers } from './use-counted-users.ts';

/** Steps of a limit, in percent, and how loud they are. */
const lookOf = (share: number): { readonly color: string; readonly text: string } =>
  share > 1 ? { color: 'red', text: 'over the limit' } : share >= 0.95 ? { color: 'red', text: 'almost there' } : share >= 0.8 ? { color: 'brass', text: 'near' } : share >= 0.5 ? { color: 'brass', text: 'half way' } : { color: 'green', text: 'far' };

/** How many people the system itself has served under each family of licences, against the limits that count them. */
export function CountedUsers() {
  const counted = useCountedUsers();
  const rows = (counted.data ?? []).filter(({ limits }) => limits.length > 0);
  if (rows.length === 0) return null;
  return (
    <Panel flush title="People served, against the limits" description="Distinct end users a month, as the gateway counts them from the requests’ user field. Decisions use the larger of this and what was declared.">
      <DataTable
        caption="Distinct end users by licence family"
        rows={rows}
        rowKey={(row) => `${row.family}${row.month}`}
        columns={[
          { key: 'family', header: 'Licence family', cell: (row) => <Text span size="sm" fw={600}>{row.family}</Text> },
          { key: 'month', header: 'Month', cell: (row) => row.month },
          { key: 'users', header: 'People', align: 'right', cell: (row) => countText(row.users) },
          {
            key: 'limits',
            header: 'Limits',
            cell: (row) => (
              <Stack gap={4}>
                {row.limits.map(({ license, clause, threshold, share }) => (
                  <Text key={license + clause + threshold} size="sm" component="div">
                    <Tag color={lookOf(share).color} size="sm">
                      {lookOf(share).text}
                    </Tag>{' '}
                    {percentText(share)} of {countText(threshold)}, <TextLink to={`/licenses/${encodeURIComponent(license)}`}>{license.replace(/^LicenseRef-/, '')}</TextLink> <Clause clause={clause} />
                  </Text>
                ))}
              </Stack>
            ),
          },
        ]}
      />
    </Panel>
  );
}
