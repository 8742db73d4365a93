import { Badge, Group, Select, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import type { ModelSummary } from '@weighbridge/registry-contracts';
import { DataTable, EmptyState, LicenseTag, LoadMore, PageHeader, Panel, Tag, When } from '@weighbridge/shared-ui';
import type { Column } from '@weighbridge/shared-ui';
import { useSearchParams } from 'react-router';
import { ModelTabs } from '../../pieces/model-tabs.tsx';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { TextLink, modelPath, versionPath } from '../../pieces/text-link.tsx';
import { useLicenses } from '../../queries/use-licenses.ts';
import { useModels } from './use-models.ts';

const columns: readonly Column<ModelSummary>[] = [
  {
    key: 'model',
    header: 'Model',
    cell: (model) => (
      <>
        <TextLink to={modelPath(model.name)} strong>
          {model.name}
        </TextLink>
        <Text size="xs" c="dimmed">
          {model.publisher}
        </Text>
      </>
    ),
  },
  {
    key: 'licenses',
    header: 'Licence',
    cell: (model) => (
      <Group gap={6} wrap="nowrap">
        {model.licenses.slice(0, 2).map((license) => <LicenseTag key={license ?? 'unknown'} license={license} />)}
        {model.licenses.length > 2 ? <Text span size="xs" c="dimmed">+{model.licenses.length - 2}</Text> : null}
      </Group>
    ),
  },
  {
    key: 'latest',
    header: 'Newest version',
    cell: (model) =>
      model.latestVersion === null ? (
        <Text span c="dimmed" size="sm">none yet</Text>
      ) : (
        <>
          <TextLink to={versionPath(model.name, model.latestVersion)}>{model.latestVersion}</TextLink>
          {model.versions > 1 ? <Text span size="xs" c="dimmed"> of {model.versions}</Text> : null}
        </>
      ),
  },
  { key: 'aliases', header: 'Aliases', wideOnly: true, cell: (model) => <AliasBadges aliases={model.aliases} /> },
  { key: 'deployed', header: 'Runs here', wideOnly: true, cell: (model) => (model.deployed ? <Tag color="green">deployed</Tag> : <Text span size="sm" c="dimmed">papers only</Text>) },
  { key: 'createdAt', header: 'Registered', wideOnly: true, align: 'right', cell: (model) => <When at={model.createdAt} /> },
];

function AliasBadges({ aliases }: { readonly aliases: ModelSummary['aliases'] }) {
  return (
    <Group gap={6} wrap="nowrap">
      {aliases.map((alias) => (
        <Badge key={alias.name} variant="default" fw={500} miw="max-content">
          {alias.name} → {alias.version}
        </Badge>
      ))}
    </Group>
  );
}

export function ModelsPage() {
  const [params, setParams] = useSearchParams();
  const [typed, license] = [params.get('q') ?? '', params.get('license')];
  const [query] = useDebouncedValue(typed, 250);
  const licenses = useLicenses();
  const models = useModels({ query, license });
  const set = (name: string, value: string | null) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      if (value === null || value === '') after.delete(name);
      else after.set(name, value);
      return after;
    }, { replace: true });

  return (
    <Page>
      <PageHeader title="Models" description="Every model that is known here, with its papers. A version is immutable; an alias points at one." />
      <ModelTabs />
      <Panel flush>
        <Group p="md" gap="sm">
          <TextInput aria-label="Search models" placeholder="Name or publisher" leftSection={<IconSearch size={16} aria-hidden="true" />} value={typed} onChange={(event) => set('q', event.currentTarget.value)} w={{ base: '100%', xs: 260 }} />
          <Select aria-label="Licence" placeholder="Any licence" searchable clearable value={license} onChange={(value) => set('license', value)} data={(licenses.data ?? []).map(({ id, name }) => ({ value: id, label: name }))} w={{ base: '100%', xs: 260 }} />
        </Group>
        <QueryView
          query={{ ...models, data: models.data?.pages.flatMap((page) => page.data) }}
          isEmpty={(rows) => rows.length === 0}
          empty={
            query !== '' || license !== null ? (
              <EmptyState title="No model fits this search">Other words, or no licence filter, may find one.</EmptyState>
            ) : (
              <EmptyState title="No models yet" command={'curl -X POST "$ORIGIN/api/registry/v1/reference-catalogue/registrations" \\\n  -H "Authorization: Bearer $KEY" -H "Content-Type: application/json" \\\n  -d \'{"models": ["deepseek-v3", "llama-3.1-405b"]}\''}>
                Register models of the reference catalogue with their papers, or import your own.
              </EmptyState>
            )
          }
        >
          {(rows) => <DataTable caption="Models" columns={columns} rows={rows} rowKey={(model) => model.name} minWidth={430} />}
        </QueryView>
        <LoadMore hasMore={models.hasNextPage} loading={models.isFetchingNextPage} onMore={() => void models.fetchNextPage()} />
      </Panel>
    </Page>
  );
}
