import type { Run } from '@weighbridge/evaluation-contracts';
import { showProgress, until } from './progress.ts';
import { localModel } from './register-models.ts';
import { dollars, percent } from './report.ts';
import { versions } from './tour-state.ts';
import type { TourState } from './tour-state.ts';

export const suiteName = 'arithmetic-and-language';

/** 5. Is it good enough? 600 cases for each model, with intervals, a paired comparison, and the cost of a correct answer. */
export async function weighModels(state: TourState): Promise<void> {
  const { report, support, tasks, evaluationUseCase, live } = state;
  report.step('Evaluation on 600 cases');
  await support.evaluation.createSuite({
    body: {
      name: suiteName,
      description: 'Sums, products, comparisons, calendar steps, letters, sentiment and JSON',
      dataset: { samples: tasks.map(({ id, family, prompt, answer }) => ({ id, input: { prompt, family }, target: answer, slice: family })) },
      prompt: '{{prompt}}',
      scorers: [{ kind: 'exact_match' }],
      sliceBy: 'family',
      maxOutputTokens: 64,
    },
  });
  const started = await Promise.all(versions.map((version) => support.evaluation.createRun({ params: { name: suiteName }, body: { model: `${localModel}@${version}`, useCaseId: evaluationUseCase } })));
  const bar = showProgress('samples', tasks.length * versions.length, live, report.line);
  const runs = await until('the evaluation runs', 180_000, async () => {
    const now = await Promise.all(started.map(({ id }) => support.evaluation.getRun({ params: { id } })));
    bar.update(now.reduce((sum, run) => sum + run.finished, 0));
    return now.every((run) => !['queued', 'running'].includes(run.status)) ? now : undefined;
  });
  bar.end();
  const [, mini, base] = runs as [Run, Run, Run];
  report.line('accuracy with its 95 % interval (Wilson):');
  const families = base.summary.bySlice.map((slice) => slice.slice);
  report.table(
    ['family', ...versions],
    [...families.map((family) => [family, ...runs.map((run) => interval(run.summary.bySlice.find((slice) => slice.slice === family)?.accuracy ?? null))]), ['all', ...runs.map((run) => interval(run.summary.accuracy))]],
  );
  report.table(
    ['', ...versions],
    [
      ['cost of the run', ...runs.map((run) => dollars(run.summary.costUsd))],
      ['cost per correct answer', ...runs.map((run) => (run.summary.costPerCorrectUsd === null ? '–' : `${dollars(run.summary.costPerCorrectUsd.value)} (${dollars(run.summary.costPerCorrectUsd.low)}–${dollars(run.summary.costPerCorrectUsd.high)})`))],
    ],
  );
  report.expect('all 1,800 samples were scored', runs.every((run) => run.status === 'succeeded' && run.summary.scored === tasks.length));
  report.expect('accuracies are those of the models’ cards, within one point', [0.715, 0.882, 0.917].every((published, index) => Math.abs((runs[index]?.summary.accuracy?.value ?? 0) - published) <= 0.01));

  const comparison = await support.evaluation.compareRuns({ body: { baseline: mini.id, candidate: base.id } });
  report.line(
    `base against mini, paired: right where the other is wrong ${comparison.candidateOnly} times, the reverse ${comparison.baselineOnly}; difference ${comparison.difference === null ? '–' : `${percent(comparison.difference.value)} (${percent(comparison.difference.low)} to ${percent(comparison.difference.high)})`}, p = ${comparison.pValue.toPrecision(2)} (exact McNemar)`,
  );
  report.expect('base is better than mini beyond chance', comparison.significant && (comparison.difference?.low ?? 0) > 0);
}

const interval = (accuracy: { value: number; low: number; high: number } | null): string => (accuracy === null ? '–' : `${percent(accuracy.value)} (${(accuracy.low * 100).toFixed(1)}–${(accuracy.high * 100).toFixed(1)})`);
