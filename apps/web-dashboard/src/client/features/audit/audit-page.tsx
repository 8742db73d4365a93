import { Code, Group, Select, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import type { AuditEntry } from '@weighbridge/registry-contracts';
import { DataTable, EmptyState, LoadMore, PageHeader, Panel, When } from '@weighbridge/shared-ui';
import type { Column } from '@weighbridge/shared-ui';
import { useSearchParams } from 'react-router';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { useNames } from '../../queries/use-names.ts';
import { useScope } from '../../scope/project-scope.tsx';
import { AuditChain } from './audit-chain.tsx';
import { useAudit } from './use-audit.ts';

/** Nouns of the log; each stands for everything that can happen to such a thing. */
const subjects = ['alias', 'change', 'deployment', 'download', 'end_users', 'key', 'license', 'model', 'policy', 'project', 'publisher', 'use', 'use_case', 'version'] as const;

export function AuditPage() {
  const [params, setParams] = useSearchParams();
  const [action, typed] = [params.get('action'), params.get('subject') ?? ''];
  const [subject] = useDebouncedValue(typed.trim(), 300);
  const { isPlatform } = useScope();
  const nameOf = useNames();
  const entries = useAudit({ action, subject: subject === '' ? null : subject });
  const set = (name: string, value: string | null) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      if (value === null || value === '') after.delete(name);
      else after.set(name, value);
      return after;
    }, { replace: true });

  const columns: readonly Column<AuditEntry>[] = [
    { key: 'at', header: 'When', cell: (entry) => <When at={entry.at} /> },
    { key: 'action', header: 'What', cell: (entry) => <Text span size="sm" fw={600}>{entry.action}</Text> },
    { key: 'subject', header: 'To what', cell: (entry) => <Text span size="sm" style={{ overflowWrap: 'anywhere' }}>{entry.subject}</Text> },
    { key: 'actor', header: 'By', wideOnly: true, cell: (entry) => (entry.actorKeyId === null ? 'the platform' : nameOf(entry.actorKeyId)) },
    ...(isPlatform ? [{ key: 'project', header: 'Project', wideOnly: true, cell: (entry: AuditEntry) => nameOf(entry.projectId) }] : []),
    { key: 'details', header: 'Details', wideOnly: true, cell: (entry) => <Details entry={entry} /> },
    ...(isPlatform ? [{ key: 'sequence', header: 'Place', align: 'right' as const, wideOnly: true, cell: (entry: AuditEntry) => <Text span size="sm" title={entry.hash}>{entry.sequence}</Text> }] : []),
  ];

  return (
    <Page>
      <PageHeader title="Audit log" description="Every change of papers, aliases, keys and policies. Each entry carries the digest of the one before, so that nothing can be changed or left out unseen." />
      {isPlatform ? <AuditChain /> : null}
      <Panel flush>
        <Group p="md" gap="sm">
          <Select aria-label="Kind of change" placeholder="Every change" clearable searchable value={action} onChange={(value) => set('action', value)} data={subjects.map((noun) => ({ value: `${noun}.*`, label: noun.replace('_', ' ') }))} w={{ base: '100%', xs: 220 }} />
          <TextInput aria-label="Subject" placeholder="Exact subject, like abacus:production" leftSection={<IconSearch size={16} aria-hidden="true" />} value={typed} onChange={(event) => set('subject', event.currentTarget.value)} w={{ base: '100%', xs: 320 }} />
        </Group>
        <QueryView
          query={{ ...entries, data: entries.data?.pages.flatMap((page) => page.data) }}
          isEmpty={(rows) => rows.length === 0}
          empty={<EmptyState title="Nothing fits these filters">A subject has to be whole, as the log writes it: a model, a version like name@version, or an id.</EmptyState>}
        >
          {(rows) => <DataTable caption="Audit entries" columns={columns} rows={rows} rowKey={(entry) => entry.id} minWidth={430} />}
        </QueryView>
        <LoadMore hasMore={entries.hasNextPage} loading={entries.isFetchingNextPage} onMore={() => void entries.fetchNextPage()} />
      </Panel>
    </Page>
  );
}

function Details({ entry }: { readonly entry: AuditEntry }) {
  const shown = Object.entries(entry.details).filter(([, value]) => value !== null);
  if (shown.length === 0) return null;
  return (
    <details>
      <summary>
        <Text span size="sm" c="dimmed">
          {shown.slice(0, 3).map(([name]) => name).join(', ')}
        </Text>
      </summary>
      <Code block style={{ maxWidth: 360, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {JSON.stringify(Object.fromEntries(shown), null, 2)}
      </Code>
    </details>
  );
}
