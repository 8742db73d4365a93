import { Button, SimpleGrid } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { isTerminalJobStatus } from '@weighbridge/inference-domain';
import type { Job } from '@weighbridge/inference-contracts';
import { Facts, LoadingBlock, Money, PageHeader, Panel, StatusBadge, When, countText, durationText } from '@weighbridge/shared-ui';
import { useParams } from 'react-router';
import { inference } from '../../api/clients.ts';
import { JobErrorText } from '../../pieces/job-error.tsx';
import { notifyDone, notifyFailure } from '../../pieces/notify.ts';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { TextLink, versionPath } from '../../pieces/text-link.tsx';
import { shortId, useNames } from '../../queries/use-names.ts';
import { useScope } from '../../scope/project-scope.tsx';
import { JobConversation } from './job-conversation.tsx';
import { JobReceipt } from './job-receipt.tsx';
import { useJob } from './use-job.ts';
import { useLiveJobs } from './use-live-jobs.ts';

export function JobPage() {
  const { id = '' } = useParams();
  const job = useJob(id);
  useLiveJobs();
  return (
    <Page>
      <PageHeader title={shortId(id)} above={<TextLink to="/jobs">Jobs</TextLink>} aside={job.data === undefined ? null : <StatusBadge status={job.data.status} />} actions={job.data === undefined ? null : <CancelButton job={job.data} />} />
      <QueryView query={job} loading={<LoadingBlock height={320} />}>
        {(data) => (
          <>
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg" style={{ alignItems: 'start' }}>
              <JobFacts job={data} />
              <JobConversation job={data} />
            </SimpleGrid>
            <JobReceipt job={data} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

function CancelButton({ job }: { readonly job: Job }) {
  const { may } = useScope();
  const queryClient = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => inference.cancelJob({ params: { id: job.id } }),
    onSuccess: () => {
      notifyDone('The job was cancelled');
      return queryClient.invalidateQueries({ queryKey: ['jobs'] });
    },
    onError: (error) => notifyFailure('Not cancelled', error),
  });
  if (isTerminalJobStatus(job.status) || !may('runner')) return null;
  return (
    <Button variant="light" color="red" loading={cancel.isPending} onClick={() => cancel.mutate()}>
      Cancel the job
    </Button>
  );
}

function JobFacts({ job }: { readonly job: Job }) {
  const nameOf = useNames();
  return (
    <Panel title="Facts">
      <Facts
        facts={[
          { label: 'Id', value: <span style={{ fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 }}>{job.id}</span> },
          { label: 'Model', value: job.resolved === null ? job.model : <TextLink to={versionPath(job.resolved.model, job.resolved.version)}>{`${job.resolved.model}@${job.resolved.version}`}</TextLink>, note: job.resolved !== null && job.model !== `${job.resolved.model}@${job.resolved.version}` ? `asked for as ${job.model}` : undefined },
          { label: 'Lane', value: job.lane },
          { label: 'Use case', value: nameOf(job.useCaseId) },
          { label: 'Project', value: nameOf(job.projectId) },
          { label: 'Created', value: <When at={job.createdAt} /> },
          { label: 'Waited', value: job.startedAt === null ? '–' : durationText(Date.parse(job.startedAt) - Date.parse(job.createdAt)) },
          { label: 'Took', value: job.startedAt === null || job.finishedAt === null ? '–' : durationText(Date.parse(job.finishedAt) - Date.parse(job.startedAt)) },
          { label: 'Tokens', value: job.tokens === null ? '–' : `${countText(job.tokens.inputTokens + job.tokens.cachedInputTokens + job.tokens.cacheWriteTokens)} in, ${countText(job.tokens.outputTokens)} out` },
          { label: 'Cost', value: job.costUsd === null ? '–' : <Money usd={job.costUsd} /> },
          ...(job.runId === null ? [] : [{ label: 'Evaluation', value: <TextLink to={`/evaluations/runs/${job.runId}`}>{shortId(job.runId)}</TextLink> }]),
          ...(job.batchId === null ? [] : [{ label: 'Batch', value: job.batchId }]),
          ...(Object.keys(job.tags).length === 0 ? [] : [{ label: 'Tags', value: Object.entries(job.tags).map(([name, value]) => `${name}: ${value}`).join(', ') }]),
          ...(job.error === null ? [] : [{ label: 'Error', value: <JobErrorText error={job.error} /> }]),
        ]}
      />
    </Panel>
  );
}
