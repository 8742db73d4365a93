import { Alert, Anchor, Button, Group, List, Text } from '@mantine/core';
import { IconEyeQuestion } from '@tabler/icons-react';
import { Facts, LoadingBlock, PageHeader, Panel, Tag, dayText } from '@weighbridge/shared-ui';
import { Link, useParams } from 'react-router';
import { LicenseTerms } from '../../pieces/license-terms.tsx';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { TextLink } from '../../pieces/text-link.tsx';
import { useLicense } from '../../queries/use-license.ts';
import { useScope } from '../../scope/project-scope.tsx';
import { LicenseRevisions } from './license-revisions.tsx';

export function LicensePage() {
  const { id = '' } = useParams();
  const license = useLicense(id);
  const { isPlatform, may } = useScope();
  return (
    <Page>
      <PageHeader title={license.data?.name ?? id} above={<TextLink to="/licenses">Licences</TextLink>} 
        aside={
          <Group gap={6}>
            {license.data?.osiApproved === true ? <Tag color="green">OSI approved</Tag> : null}
            {license.data?.origin === 'organisation' ? <Tag color="harbor">{license.data.amends ? 'amended here' : 'your organisation’s'}</Tag> : null}
          </Group>
        }
        description={license.data?.title}
        actions={
          <Group gap="xs">
            <Button variant="default" component={Link} to={`/licenses/compare?left=${encodeURIComponent(id)}`}>
              Compare
            </Button>
            <Button variant="default" component={Link} to={`/impact?license=${encodeURIComponent(id)}`}>
              Impact
            </Button>
            {isPlatform && may('admin') ? (
              <Button variant="default" component={Link} to={`/licenses/revise?id=${encodeURIComponent(id)}`}>
                Amend
              </Button>
            ) : null}
          </Group>
        }
      />
      <QueryView query={license} loading={<LoadingBlock height={400} />}>
        {(data) => (
          <>
            {data.textRead ? null : (
              <Alert color="brass" icon={<IconEyeQuestion size={20} />} title="The text was not read">
                This licence is known by name only, so every use of a model under it needs a review.
              </Alert>
            )}
            <Panel title="In plain words" description="Each line with the clause that says so; ~ before a number means that the text prints none, and it was counted.">
              <LicenseTerms license={data} />
            </Panel>
            <LicenseRevisions license={data} />
            <Panel title="About this entry">
              <Facts
                facts={[
                  { label: 'Id', value: <Text span ff="monospace" size="sm">{data.id}</Text> },
                  { label: 'Steward', value: data.steward },
                  { label: 'Text read at', value: /^https?:/.test(data.source) ? <Anchor href={data.source} target="_blank" rel="noreferrer">{data.source}</Anchor> : data.source, note: `checked ${dayText(data.checkedOn)}` },
                  ...(data.licensors.length === 0 ? [] : [{ label: 'Licensors', value: data.licensors.join(', ') }]),
                  ...(data.releaseDate === null ? [] : [{ label: 'Counts from', value: dayText(data.releaseDate) }]),
                  ...(data.hfTags.length === 0 ? [] : [{ label: 'Tags on model cards', value: data.hfTags.join(', ') }]),
                  { label: 'Models', value: <TextLink to={`/models?license=${encodeURIComponent(data.id)}`}>Those under this licence</TextLink> },
                ]}
              />
              {data.notes.length === 0 ? null : (
                <List mt="sm" size="sm">
                  {data.notes.map((note) => (
                    <List.Item key={note}>{note}</List.Item>
                  ))}
                </List>
              )}
            </Panel>
          </>
        )}
      </QueryView>
    </Page>
  );
}
