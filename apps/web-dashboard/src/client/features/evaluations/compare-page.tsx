import { Alert, NumberInput, Select, SimpleGrid } from '@mantine/core';
import type { Run } from '@weighbridge/evaluation-contracts';
import { EmptyState, LoadingBlock, PageHeader, Panel, agoText, percentText, useNow } from '@weighbridge/shared-ui';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { ComparisonReport } from './comparison-report.tsx';
import { EvaluationTabs } from './evaluation-tabs.tsx';
import { useComparison } from './use-comparison.ts';
import { useRuns } from './use-runs.ts';

const optionOf = (now: number) => (run: Run) => ({
  value: run.id as string,
  label: `${run.model}@${run.version} · ${run.summary.accuracy === null ? 'not scored' : percentText(run.summary.accuracy.value)} · ${agoText(run.createdAt, now)} · ${run.suite}`,
});

const refreshMs = 30_000;

/** Two runs of one suite, paired sample by sample: the difference says more than two separate intervals. */
export function ComparePage() {
  const [params, setParams] = useSearchParams();
  const [baseline, candidate] = [params.get('baseline'), params.get('candidate')];
  const [marginPoints, setMarginPoints] = useState(2);
  const runs = useRuns(null).data?.pages.flatMap((page) => page.data) ?? [];
  const now = useNow(refreshMs);
  const comparison = useComparison(baseline, candidate, marginPoints / 100);
  const set = (name: string, value: string | null) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      if (value === null) after.delete(name);
      else after.set(name, value);
      return after;
    }, { replace: true });
  const digestOf = (id: string | null) => runs.find((run) => run.id === id)?.suiteDigest;
  const fits = (other: string | null) => (run: Run) => other === null || digestOf(other) === undefined || run.suiteDigest === digestOf(other);

  return (
    <Page>
      <PageHeader title="Compare two runs" description="Both answered the same samples, so they are compared pair by pair. The difference is candidate minus baseline." />
      <EvaluationTabs />
      <Panel>
        <SimpleGrid cols={{ base: 1, md: 3 }}>
          <Select label="Baseline" placeholder="Choose a run" searchable clearable value={baseline} onChange={(value) => set('baseline', value)} data={runs.filter(fits(candidate)).map(optionOf(now))} />
          <Select label="Candidate" placeholder="Choose a run" searchable clearable value={candidate} onChange={(value) => set('candidate', value)} data={runs.filter(fits(baseline)).map(optionOf(now))} />
          <NumberInput label="Margin" description="How much worse is still no worse, in points" inputWrapperOrder={['label', 'input', 'description']} min={0.1} max={100} decimalScale={1} step={0.5} suffix=" pp" value={marginPoints} onChange={(value) => typeof value === 'number' && value > 0 && setMarginPoints(value)} />
        </SimpleGrid>
      </Panel>
      {baseline === null || candidate === null ? (
        <Panel>
          <EmptyState title="Choose a baseline and a candidate">Only runs of the same content of a suite can be compared; the lists offer those.</EmptyState>
        </Panel>
      ) : baseline === candidate ? (
        <Alert color="brass" title="These are one and the same run">
          Choose another candidate.
        </Alert>
      ) : (
        <QueryView query={comparison} loading={<LoadingBlock height={300} />}>
          {(report) => <ComparisonReport report={report} />}
        </QueryView>
      )}
    </Page>
  );
}
