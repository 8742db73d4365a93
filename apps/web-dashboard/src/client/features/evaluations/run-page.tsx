import { Alert, Button, Group, Progress, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Run } from '@weighbridge/evaluation-contracts';
import { LoadingBlock, Money, PageHeader, Panel, Stat, StatRow, StatusBadge, When, countText, durationText, percentText } from '@weighbridge/shared-ui';
import { useParams } from 'react-router';
import { evaluation } from '../../api/clients.ts';
import { notifyDone, notifyFailure } from '../../pieces/notify.ts';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { TextLink, versionPath } from '../../pieces/text-link.tsx';
import { useScope } from '../../scope/project-scope.tsx';
import { RunResults } from './run-results.tsx';
import { RunSlices } from './run-slices.tsx';
import { useRun } from './use-run.ts';

export function RunPage() {
  const { id = '' } = useParams();
  const run = useRun(id);
  return (
    <Page>
      <PageHeader
        title={run.data === undefined ? 'Run' : `${run.data.model}@${run.data.version} on ${run.data.suite}`}
        above={<TextLink to="/evaluations">Evaluations</TextLink>}
        aside={run.data === undefined ? null : <StatusBadge status={run.data.status} />}
        description={
          run.data === undefined ? undefined : (
            <>
              Suite revision {run.data.suiteRevision} · <When at={run.data.createdAt} /> · <TextLink inText to={versionPath(run.data.model, run.data.version)}>the version’s papers</TextLink>
            </>
          )
        }
        actions={run.data === undefined ? null : <CancelButton run={run.data} />}
      />
      <QueryView query={run} loading={<LoadingBlock height={320} />}>
        {(data) => (
          <>
            {data.status === 'running' || data.status === 'queued' ? <LiveProgress run={data} /> : null}
            {data.error === null ? null : (
              <Alert color="red" title="The run ended early">
                {data.error}
              </Alert>
            )}
            <Figures run={data} />
            <RunSlices run={data} />
            <RunResults run={data} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

function LiveProgress({ run }: { readonly run: Run }) {
  return (
    <Panel>
      <Group justify="space-between" mb={6}>
        <Text size="sm" fw={600}>
          {run.status === 'queued' ? 'Waiting to begin' : 'At work'}
        </Text>
        <Text size="sm" c="dimmed" className="wb-figures">
          {countText(run.finished)} of {countText(run.planned)} samples
        </Text>
      </Group>
      <Progress value={run.planned === 0 ? 0 : (run.finished / run.planned) * 100} size="lg" animated aria-label="Finished samples" />
    </Panel>
  );
}

function Figures({ run }: { readonly run: Run }) {
  const { accuracy, scored, correct, errors, parseFailures, costUsd, costPerCorrectUsd, tokens } = run.summary;
  return (
    <StatRow>
      <Stat label="Accuracy" value={accuracy === null ? '–' : percentText(accuracy.value)} hint={accuracy === null ? 'nothing scored yet' : `${percentText(accuracy.low)} to ${percentText(accuracy.high)} (95%, ${accuracy.method})`} />
      <Stat label="Correct" value={`${countText(correct)} of ${countText(scored)}`} hint={`${countText(errors)} errors, ${countText(parseFailures)} without a readable answer`} />
      <Stat label="Cost" value={<Money usd={costUsd} />} hint={`${countText(tokens.inputTokens + tokens.cachedInputTokens + tokens.cacheWriteTokens)} tokens in, ${countText(tokens.outputTokens)} out`} />
      <Stat label="Per correct answer" value={costPerCorrectUsd === null ? '–' : <Money usd={costPerCorrectUsd.value} />} hint={costPerCorrectUsd === null ? 'needs correct answers' : <><Money usd={costPerCorrectUsd.low} /> to <Money usd={costPerCorrectUsd.high} /></>} />
      {run.startedAt === null || run.finishedAt === null ? null : <Stat label="Took" value={durationText(Date.parse(run.finishedAt) - Date.parse(run.startedAt))} />}
    </StatRow>
  );
}

function CancelButton({ run }: { readonly run: Run }) {
  const { may } = useScope();
  const queryClient = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => evaluation.cancelRun({ params: { id: run.id } }),
    onSuccess: () => {
      notifyDone('The run was cancelled; what is finished is kept');
      return queryClient.invalidateQueries({ queryKey: ['run', run.id] });
    },
    onError: (error) => notifyFailure('Not cancelled', error),
  });
  if ((run.status !== 'queued' && run.status !== 'running') || !may('runner')) return null;
  return (
    <Button variant="light" color="red" loading={cancel.isPending} onClick={() => cancel.mutate()}>
      Cancel the run
    </Button>
  );
}
