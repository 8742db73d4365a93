import type { EvaluationStore, StoredRun } from '@weighbridge/evaluation-data';
import { createRunComparison } from '@weighbridge/evaluation-domain';
import type { Comparison } from '@weighbridge/evaluation-domain';
import { AppError } from '@weighbridge/shared-domain';
import type { ProjectId, RunId } from '@weighbridge/shared-domain';

export interface CompareRunsDeps {
  readonly store: Pick<EvaluationStore, 'runs' | 'results'>;
}

export interface CompareRunsInput {
  readonly baseline: RunId;
  readonly candidate: RunId;
  readonly margin: number | undefined;
  /** Null: of any project, but both of the same. */
  readonly projectId: ProjectId | null;
}

export interface ComparedStoredRuns {
  readonly baseline: StoredRun;
  readonly candidate: StoredRun;
  readonly comparison: Comparison;
}

const pageSize = 2_000;

/** Pairs two ended runs sample by sample, a page at a time. Runs whose content or scorers differ are refused: their scores do not mean the same. */
export async function compareStoredRuns({ store }: CompareRunsDeps, input: CompareRunsInput): Promise<ComparedStoredRuns> {
  const baseline = await findEnded(store, input.baseline, input.projectId);
  const candidate = await findEnded(store, input.candidate, baseline.projectId);
  refuseUnlike(baseline, candidate);

  const comparison = createRunComparison({ baselineRun: baseline.id, candidateRun: candidate.id, ...(input.margin === undefined ? {} : { margin: input.margin }) });
  const until = Math.max(baseline.planned, candidate.planned);
  for (let from = 0; from < until; from += pageSize) {
    const pairs = await store.results.listPairs({ suiteId: baseline.suiteId, baseline: baseline.id, candidate: candidate.id, from, until: Math.min(until, from + pageSize), limit: pageSize });
    for (const pair of pairs) comparison.add(pair);
  }
  return { baseline, candidate, comparison: comparison.finish() };
}

async function findEnded(store: CompareRunsDeps['store'], id: RunId, projectId: ProjectId | null): Promise<StoredRun> {
  const run = await store.runs.findRun(id, projectId);
  if (run === null) throw new AppError('resource.not_found', `no run ${id} in ${projectId}`, { detail: `There is no run ${id}.` });
  if (run.finishedAt === null) throw new AppError('resource.wrong_state', `run ${id} is ${run.status}`, { detail: `The run ${id} is still ${run.status}: compare it when it has ended.` });
  return run;
}

function refuseUnlike(baseline: StoredRun, candidate: StoredRun): void {
  const differences = [
    ...(baseline.suite === candidate.suite ? [] : [`suite: ${baseline.suite} and ${candidate.suite}`]),
    ...(baseline.suiteDigest === candidate.suiteDigest ? [] : [`content: revision ${baseline.suiteRevision} (${baseline.suiteDigest.slice(0, 12)}) and revision ${candidate.suiteRevision} (${candidate.suiteDigest.slice(0, 12)})`]),
    ...(baseline.scorers.join() === candidate.scorers.join() ? [] : [`scorers: ${baseline.scorers.join(', ')} and ${candidate.scorers.join(', ')}`]),
  ];
  if (differences.length === 0) return;
  throw new AppError('resource.conflict', `runs ${baseline.id} and ${candidate.id} are not comparable`, {
    detail: `These runs cannot be compared, since they did not ask and judge the same: ${differences.join('; ')}.`,
    extensions: { differences },
  });
}
