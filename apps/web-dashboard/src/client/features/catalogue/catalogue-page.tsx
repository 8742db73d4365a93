import { Accordion, Group, Text } from '@mantine/core';
import { EmptyState, LoadingBlock, PageHeader, Panel, Tag } from '@weighbridge/shared-ui';
import { useSearchParams } from 'react-router';
import { ModelTabs } from '../../pieces/model-tabs.tsx';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { CatalogueEntryView } from './catalogue-entry-view.tsx';
import { useCatalogue } from './use-catalogue.ts';
import { useCatalogueEntry } from './use-catalogue-entry.ts';

export function CataloguePage() {
  const [params, setParams] = useSearchParams();
  const opened = params.get('model');
  const catalogue = useCatalogue();
  const entry = useCatalogueEntry(opened);
  return (
    <Page>
      <PageHeader title="Reference catalogue" description="Well-known models with their papers: shape, training cost, licence by version, prices by date, published scores. Each fact with its source." />
      <ModelTabs />
      <Panel flush>
        <QueryView query={catalogue} isEmpty={(rows) => rows.length === 0} empty={<EmptyState title="The catalogue is empty" />}>
          {(rows) => (
            <Accordion variant="default" value={opened} onChange={(model) => setParams(model === null ? {} : { model }, { replace: true })}>
              {rows.map(({ model, publisher, description, versions, registered }) => (
                <Accordion.Item key={model} value={model}>
                  <Accordion.Control>
                    <Group gap="sm">
                      <Text span fw={600} size="sm">
                        {model}
                      </Text>
                      <Text span size="sm" c="dimmed">
                        {publisher} · {versions.length === 1 ? versions[0] : `${versions.length} versions`}
                      </Text>
                      {registered ? <Tag color="green">registered here</Tag> : null}
                    </Group>
                    {description === null ? null : (
                      <Text size="xs" c="dimmed" mt={2}>
                        {description}
                      </Text>
                    )}
                  </Accordion.Control>
                  <Accordion.Panel>
                    {opened === model ? (
                      <QueryView query={entry} loading={<LoadingBlock height={200} />}>
                        {(data) => <CatalogueEntryView entry={data} registered={registered} />}
                      </QueryView>
                    ) : null}
                  </Accordion.Panel>
                </Accordion.Item>
              ))}
            </Accordion>
          )}
        </QueryView>
      </Panel>
    </Page>
  );
}
