import { Alert } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { EmptyState, LoadMore, PageHeader, Panel } from '@weighbridge/shared-ui';
import { useSearchParams } from 'react-router';
import { ModelTabs } from '../../pieces/model-tabs.tsx';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { FoundVersions } from './found-versions.tsx';
import { readFilter } from './search-filter.ts';
import { SearchForm } from './search-form.tsx';
import { useVersionSearch } from './use-version-search.ts';

export function SearchPage() {
  const [params, setParams] = useSearchParams();
  const typed = readFilter(params);
  const [query] = useDebouncedValue(typed.query, 250);
  const [tag] = useDebouncedValue(typed.tag, 250);
  const filter = { ...typed, query, tag };
  const found = useVersionSearch(filter);
  const [first] = found.data?.pages ?? [];
  const set = (name: string, value: string | null) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      if (value === null || value === '') after.delete(name);
      else after.set(name, value);
      return after;
    }, { replace: true });

  return (
    <Page>
      <PageHeader title="Find a version" description="By name, size and tag, and by what the terms of its whole lineage allow, not only its own licence." />
      <ModelTabs />
      <Panel flush>
        <SearchForm filter={typed} onChange={set} />
        {first?.similar === true ? <Alert color="brass" mx="md" mb="sm">Nothing is called that; these are nearly alike.</Alert> : null}
        {(first?.pending ?? 0) > 0 ? <Alert color="brass" mx="md" mb="sm">The lineage of {first?.pending} versions is still being read: questions about licences leave them out for now.</Alert> : null}
        <QueryView query={{ ...found, data: found.data?.pages.flatMap((page) => page.data) }} isEmpty={(rows) => rows.length === 0} empty={<EmptyState title="No version fits">Fewer conditions may find one.</EmptyState>}>
          {(rows) => <FoundVersions rows={rows} withOutcome={filter.allowedFor !== null} />}
        </QueryView>
        <LoadMore hasMore={found.hasNextPage} loading={found.isFetchingNextPage} onMore={() => void found.fetchNextPage()} />
      </Panel>
    </Page>
  );
}
