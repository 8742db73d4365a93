import { Button, Group, TextInput, Text } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { DataTable, EmptyState, PageHeader, Panel, Tag, dayText } from '@weighbridge/shared-ui';
import { useState } from 'react';
import { Link } from 'react-router';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { TextLink } from '../../pieces/text-link.tsx';
import { useLicenses } from '../../queries/use-licenses.ts';
import { useScope } from '../../scope/project-scope.tsx';
import { CountedUsers } from './counted-users.tsx';

const confidenceWords = {
  text: { text: 'read whole', color: 'green' },
  part: { text: 'read in part', color: 'brass' },
  secondary: { text: "others' descriptions", color: 'brass' },
  memory: { text: 'by name only', color: 'gray' },
} as const;

export function LicensesPage() {
  const licenses = useLicenses();
  const { isPlatform, may } = useScope();
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const rows = licenses.data?.filter(({ id, name, family, steward, hfTags }) => [id, name, family, steward, ...hfTags].some((text) => text.toLowerCase().includes(wanted)));
  return (
    <Page>
      <PageHeader title="Licences" description="The catalogue that decisions are made from, each licence read to the clause. A reading for engineers, not legal advice."
        actions={
          <Group gap="xs">
            <Button variant="default" component={Link} to="/licenses/compare">
              Compare two
            </Button>
            <Button variant="default" component={Link} to="/licenses/recognise">
              Recognise a text
            </Button>
            {isPlatform && may('admin') ? (
              <Button component={Link} to="/licenses/revise">
                Add a licence
              </Button>
            ) : null}
          </Group>
        }
      />
      {isPlatform ? <CountedUsers /> : null}
      <Panel flush>
        <TextInput m="md" aria-label="Search licences" placeholder="Name, steward or tag" leftSection={<IconSearch size={16} aria-hidden="true" />} value={search} onChange={(event) => setSearch(event.currentTarget.value)} maw={300} />
        <QueryView query={{ ...licenses, data: rows }} isEmpty={(found) => found.length === 0} empty={<EmptyState title="No licence fits this search">A text can be recognised, and a licence of your own added.</EmptyState>}>
          {(found) => (
            <DataTable
              caption="Licences"
              rows={found}
              rowKey={(license) => license.id}
              columns={[
                {
                  key: 'name',
                  header: 'Licence',
                  cell: (license) => (
                    <>
                      <TextLink to={`/licenses/${encodeURIComponent(license.id)}`} strong>
                        {license.name}
                      </TextLink>
                      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                        {license.id}
                      </Text>
                    </>
                  ),
                },
                { key: 'origin', header: 'Entered by', wideOnly: true, cell: (license) => (license.origin === 'organisation' ? <Tag color="harbor">{license.amends ? 'amended here' : 'your organisation'}</Tag> : <Text span size="sm" c="dimmed">catalogue</Text>) },
                { key: 'steward', header: 'Steward', wideOnly: true, cell: (license) => license.steward },
                { key: 'osi', header: 'OSI', wideOnly: true, cell: (license) => (license.osiApproved ? <Tag color="green">approved</Tag> : <Text span size="sm" c="dimmed">no</Text>) },
                { key: 'confidence', header: 'Read', cell: (license) => <Tag color={confidenceWords[license.confidence].color}>{confidenceWords[license.confidence].text}</Tag> },
                { key: 'checkedOn', header: 'Checked', wideOnly: true, align: 'right', cell: (license) => dayText(license.checkedOn) },
              ]}
            />
          )}
        </QueryView>
      </Panel>
    </Page>
  );
}
