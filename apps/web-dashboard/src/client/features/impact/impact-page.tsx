import { Autocomplete, Group, SegmentedControl, Select } from '@mantine/core';
import { EmptyState, LoadMore, LoadingBlock, PageHeader, Panel } from '@weighbridge/shared-ui';
import { useDebouncedValue } from '@mantine/hooks';
import { useSearchParams } from 'react-router';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { useLicenses } from '../../queries/use-licenses.ts';
import { useVersionNames } from '../../queries/use-version-names.ts';
import { ImpactSummary } from './impact-summary.tsx';
import { ImpactTable } from './impact-table.tsx';
import { useImpact } from './use-impact.ts';
import type { ImpactQuestion } from './use-impact.ts';

const reference = /^[A-Za-z0-9][A-Za-z0-9._-]*@[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** What a page address asks: of a licence or a version, and what `assume` says of it. */
function readQuestion(params: URLSearchParams): ImpactQuestion | null {
  const [license, version, assumed] = [params.get('license'), params.get('version'), params.get('assume')];
  const whatIf = assumed === null ? {} : { whatIf: assumed === 'non-commercial' ? ({ commercialUse: false } as const) : { license: assumed === 'unknown' ? null : assumed } };
  if (version !== null && reference.test(version)) return { version, ...whatIf };
  return license === null ? null : { license, ...whatIf };
}

export function ImpactPage() {
  const [params, setParams] = useSearchParams();
  const kind = params.has('version') ? 'version' : 'license';
  const [version, license, assumed] = [params.get('version') ?? '', params.get('license'), params.get('assume')];
  const [typed] = useDebouncedValue(version, 250);
  const licenses = useLicenses();
  const names = useVersionNames(kind === 'version' ? typed : null);
  const impact = useImpact(readQuestion(params));
  const [first] = impact.data?.pages ?? [];
  const set = (change: Readonly<Record<string, string | null>>) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      for (const [name, value] of Object.entries(change)) if (value === null) after.delete(name);
      else after.set(name, value);
      return after;
    }, { replace: true });
  const licenseOptions = (licenses.data ?? []).map(({ id, name }) => ({ value: id, label: name }));

  return (
    <Page>
      <PageHeader title="Impact of a change" description="A licence reaches everything that was made under it. What would be touched if it changed, and whose uses would be refused?" />
      <Panel>
        <Group align="flex-end" gap="md">
          <SegmentedControl
            aria-label="What changes"
            value={kind}
            onChange={(value) => set(value === 'version' ? { version: '', license: null } : { version: null })}
            data={[
              { value: 'license', label: 'A licence' },
              { value: 'version', label: 'A version' },
            ]}
          />
          {kind === 'license' ? (
            <Select label="Licence" placeholder="Choose a licence" searchable value={license} onChange={(value) => set({ license: value })} data={licenseOptions} w={{ base: '100%', xs: 300 }} />
          ) : (
            <Autocomplete label="Version" placeholder="name@version" value={version} onChange={(value) => set({ version: value })} data={names.data ?? []} w={{ base: '100%', xs: 300 }} />
          )}
          <Select
            label="And if"
            placeholder="Nothing changes: only what it reaches"
            clearable
            searchable
            value={assumed}
            onChange={(value) => set({ assume: value })}
            data={[
              { group: 'Assume', items: [{ value: 'non-commercial', label: 'it became non-commercial' }, { value: 'unknown', label: 'nobody knew its licence' }] },
              { group: 'Assume that its licence were', items: licenseOptions },
            ]}
            w={{ base: '100%', xs: 320 }}
          />
        </Group>
      </Panel>
      {readQuestion(params) === null ? (
        <Panel>
          <EmptyState title="Choose what changes">A licence, or one version like llama-3.1-405b@instruct; then what is assumed of it.</EmptyState>
        </Panel>
      ) : (
        <QueryView query={{ ...impact, data: first }} loading={<LoadingBlock height={360} />}>
          {(report) => (
            <>
              <ImpactSummary report={report} />
              <Panel flush title="What it reaches" description="Deployed and aliased versions first, then those whose decisions change.">
                <ImpactTable items={impact.data?.pages.flatMap((page) => page.data) ?? []} />
                <LoadMore hasMore={impact.hasNextPage} loading={impact.isFetchingNextPage} onMore={() => void impact.fetchNextPage()} />
              </Panel>
            </>
          )}
        </QueryView>
      )}
    </Page>
  );
}
