import { ActionIcon, Group, Select, Switch } from '@mantine/core';
import { IconArrowsLeftRight } from '@tabler/icons-react';
import { EmptyState, LoadingBlock, PageHeader, Panel } from '@weighbridge/shared-ui';
import { useSearchParams } from 'react-router';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { TextLink } from '../../pieces/text-link.tsx';
import { useLicenses } from '../../queries/use-licenses.ts';
import { LicenseDifferences } from './license-differences.tsx';
import { useLicenseComparison } from './use-license-comparison.ts';

export function CompareLicensesPage() {
  const [params, setParams] = useSearchParams();
  const [left, right, onlyDifferences] = [params.get('left'), params.get('right'), params.get('only') === 'differences'];
  const licenses = useLicenses();
  const comparison = useLicenseComparison(left, right);
  const options = (licenses.data ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const nameOf = (id: string) => licenses.data?.find((license) => license.id === id)?.name ?? id;
  const set = (change: Readonly<Record<string, string | null>>) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      for (const [name, value] of Object.entries(change)) if (value === null) after.delete(name);
      else after.set(name, value);
      return after;
    }, { replace: true });

  return (
    <Page>
      <PageHeader title="Compare two licences" above={<TextLink to="/licenses">Licences</TextLink>} description="Topic by topic, with the clauses: what both say, where they differ, and what only one of them says." />
      <Panel>
        <Group align="flex-end" gap="sm">
          <Select label="Left" placeholder="Choose a licence" searchable value={left} onChange={(value) => set({ left: value })} data={options} w={{ base: '100%', xs: 300 }} />
          <ActionIcon variant="default" size="lg" aria-label="Swap the two" onClick={() => set({ left: right, right: left })}>
            <IconArrowsLeftRight size={18} stroke={1.7} />
          </ActionIcon>
          <Select label="Right" placeholder="Choose a licence" searchable value={right} onChange={(value) => set({ right: value })} data={options} w={{ base: '100%', xs: 300 }} />
          <Switch label="Differences only" checked={onlyDifferences} onChange={(event) => set({ only: event.currentTarget.checked ? 'differences' : null })} mb={8} />
        </Group>
      </Panel>
      {left === null || right === null ? (
        <Panel>
          <EmptyState title="Choose two licences">For example those of a base model and of a fine-tune that claims to be free of its terms.</EmptyState>
        </Panel>
      ) : (
        <QueryView query={comparison} loading={<LoadingBlock height={420} />}>
          {(data) => <LicenseDifferences comparison={data} leftName={nameOf(data.left)} rightName={nameOf(data.right)} onlyDifferences={onlyDifferences} />}
        </QueryView>
      )}
    </Page>
  );
}
