import { Group, Switch, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { DecisionBadge, EmptyState, ErrorState, LoadingBlock, PageHeader, Panel } from '@weighbridge/shared-ui';
import { useSearchParams } from 'react-router';
import { errorText } from '../../api/error-text.ts';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { DecisionGrid } from './decision-grid.tsx';
import { useMatrix } from './use-matrix.ts';

const outcomes = ['allow', 'allow_with_obligations', 'review', 'deny'] as const;

export function MatrixPage() {
  const [params, setParams] = useSearchParams();
  const [typed, deployed] = [params.get('q') ?? '', params.get('deployed') === 'true'];
  const [query] = useDebouncedValue(typed.trim(), 250);
  const { matrix, nothingFits, error, refetch } = useMatrix({ query, deployed });
  const set = (name: string, value: string) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      if (value === '') after.delete(name);
      else after.set(name, value);
      return after;
    }, { replace: true });

  return (
    <Page>
      <PageHeader title="Models and uses" description="Every version against every declared use case: what the papers and the policies of the organisation say, as it is enforced on each request." />
      <Panel flush>
        <Group p="md" gap="md" justify="space-between">
          <Group gap="sm">
            <TextInput aria-label="Search versions" placeholder="Name or publisher" leftSection={<IconSearch size={16} aria-hidden="true" />} value={typed} onChange={(event) => set('q', event.currentTarget.value)} w={{ base: '100%', xs: 260 }} />
            <Switch label="Deployed here" checked={deployed} onChange={(event) => set('deployed', event.currentTarget.checked ? 'true' : '')} />
          </Group>
          <Group gap={6} aria-label="What the colours mean" role="group">
            {outcomes.map((outcome) => (
              <DecisionBadge key={outcome} decision={outcome} size="sm" />
            ))}
          </Group>
        </Group>
        {error !== null ? (
          <ErrorState {...errorText(error)} onRetry={() => void refetch()} />
        ) : nothingFits ? (
          <EmptyState title="No version fits">Other words may find one, or register models of the reference catalogue.</EmptyState>
        ) : (
          <QueryView query={matrix} loading={<LoadingBlock height={420} />} isEmpty={(data) => data.useCases.length === 0} empty={<EmptyState title="No use case is declared yet">Declare what models are used for, and this page says which of them may be.</EmptyState>}>
            {(data) => <DecisionGrid matrix={data} />}
          </QueryView>
        )}
      </Panel>
    </Page>
  );
}
