import { Group, Select, Text } from '@mantine/core';
import { JobStatus, Lane } from '@weighbridge/inference-domain';
import type { JobSummary } from '@weighbridge/inference-contracts';
import { DataTable, EmptyState, LoadMore, Money, PageHeader, Panel, Stat, StatRow, StatusBadge, Tag, When, countText, durationText } from '@weighbridge/shared-ui';
import type { Column } from '@weighbridge/shared-ui';
import { useSearchParams } from 'react-router';
import type { LiveState } from '../../api/use-live-events.ts';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { TextLink } from '../../pieces/text-link.tsx';
import { shortId, useNames } from '../../queries/use-names.ts';
import { useJobSummary } from './use-job-summary.ts';
import { useJobs } from './use-jobs.ts';
import { useLiveJobs } from './use-live-jobs.ts';

const pollMs = 3_000;
const pollWhileLiveMs = 15_000;

export function JobsPage() {
  const [params, setParams] = useSearchParams();
  const status = JobStatus.nullable().catch(null).parse(params.get('status'));
  const lane = Lane.nullable().catch(null).parse(params.get('lane'));
  const live = useLiveJobs();
  const jobs = useJobs({ status, lane }, live === 'live' ? pollWhileLiveMs : pollMs);
  const set = (name: string, value: string | null) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      if (value === null) after.delete(name);
      else after.set(name, value);
      return after;
    }, { replace: true });

  return (
    <Page>
      <PageHeader title="Jobs" description="Durable work: background jobs, batch lines and evaluation samples. Calls that wait for their answer are in the ledger only." aside={<LiveTag state={live} />} />
      <Summary />
      <Panel flush>
        <Group p="md" gap="sm">
          <Select aria-label="State" placeholder="Any state" clearable value={status} onChange={(value) => set('status', value)} data={JobStatus.options} w={{ base: '47%', xs: 170 }} />
          <Select aria-label="Lane" placeholder="Any lane" clearable value={lane} onChange={(value) => set('lane', value)} data={Lane.options} w={{ base: '47%', xs: 170 }} />
        </Group>
        <QueryView
          query={{ ...jobs, data: jobs.data?.pages.flatMap((page) => page.data) }}
          isEmpty={(rows) => rows.length === 0}
          empty={
            status !== null || lane !== null ? (
              <EmptyState title="No job fits these filters">Choose another state or lane.</EmptyState>
            ) : (
              <EmptyState title="No jobs yet" command={'curl -X POST "$ORIGIN/v1/jobs" -H "Authorization: Bearer $KEY" -H "Content-Type: application/json" \\\n  -d \'{"model": "abacus", "input": {"messages": [{"role": "user", "content": "What is 17 plus 25?"}]}}\''}>
                A job is accepted at once and runs when its turn comes.
              </EmptyState>
            )
          }
        >
          {(rows) => <JobsTable rows={rows} />}
        </QueryView>
        <LoadMore hasMore={jobs.hasNextPage} loading={jobs.isFetchingNextPage} onMore={() => void jobs.fetchNextPage()} />
      </Panel>
    </Page>
  );
}

function Summary() {
  const { data } = useJobSummary();
  const count = (status: JobStatus) => (data === undefined ? undefined : countText(data.counts[status]));
  return (
    <StatRow>
      <Stat label="Waiting" value={count('queued')} hint={data?.oldestQueuedMs == null ? 'nothing waits' : `oldest for ${durationText(data.oldestQueuedMs)}`} />
      <Stat label="Running" value={count('running')} />
      <Stat label="Succeeded" value={count('succeeded')} hint={data === undefined ? undefined : `${countText(data.finishedLastHour)} finished in the last hour`} />
      <Stat label="Failed or expired" value={data === undefined ? undefined : countText(data.counts.failed + data.counts.expired)} />
    </StatRow>
  );
}

function JobsTable({ rows }: { readonly rows: readonly JobSummary[] }) {
  const nameOf = useNames();
  const columns: readonly Column<JobSummary>[] = [
    {
      key: 'id',
      header: 'Job',
      cell: (job) => (
        <>
          <TextLink to={`/jobs/${job.id}`}>
            <Text span ff="monospace" size="xs" title={job.id} style={{ whiteSpace: 'nowrap' }}>
              {shortId(job.id)}
            </Text>
          </TextLink>
          <Text size="xs" c="dimmed">
            <When at={job.createdAt} />
          </Text>
        </>
      ),
    },
    { key: 'status', header: 'State', cell: (job) => <StatusBadge status={job.status} /> },
    {
      key: 'model',
      header: 'Model',
      cell: (job) => (
        <>
          <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
            {job.model}
          </Text>
          <Text size="xs" c="dimmed">
            {job.lane}
            {job.attempts > 1 ? ` · ${job.attempts} attempts` : ''}
          </Text>
        </>
      ),
    },
    { key: 'useCase', header: 'Use case', wideOnly: true, cell: (job) => nameOf(job.useCaseId) },
    { key: 'tokens', header: 'Tokens in / out', align: 'right', wideOnly: true, cell: (job) => (job.tokens === null ? '–' : `${countText(job.tokens.inputTokens + job.tokens.cachedInputTokens + job.tokens.cacheWriteTokens)} / ${countText(job.tokens.outputTokens)}`) },
    { key: 'took', header: 'Took', align: 'right', wideOnly: true, cell: (job) => (job.startedAt === null || job.finishedAt === null ? '–' : durationText(Date.parse(job.finishedAt) - Date.parse(job.startedAt))) },
    { key: 'cost', header: 'Cost', align: 'right', cell: (job) => (job.costUsd === null ? '–' : <Money usd={job.costUsd} />) },
  ];
  return <DataTable caption="Jobs, newest first" columns={columns} rows={rows} rowKey={(job) => job.id} minWidth={440} />;
}

function LiveTag({ state }: { readonly state: LiveState }) {
  if (state === 'live') return <Tag color="green" title="Changes are shown as they happen">live</Tag>;
  return <Tag color="gray" title={state === 'off' ? 'Choose a project to see changes as they happen' : 'Waiting for the stream of changes'}>{state === 'off' ? 'every few seconds' : 'connecting'}</Tag>;
}
