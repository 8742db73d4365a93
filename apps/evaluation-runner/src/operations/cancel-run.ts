import type { EvaluationStore, StoredRun } from '@weighbridge/evaluation-data';
import { AppError } from '@weighbridge/shared-domain';
import type { ProjectId, RunId } from '@weighbridge/shared-domain';
import { cancelOpenJobs } from './cancel-open-jobs.ts';
import type { CancelOpenJobsDeps } from './cancel-open-jobs.ts';

export interface CancelRunDeps extends CancelOpenJobsDeps {
  readonly store: Pick<EvaluationStore, 'runs'>;
  readonly now: () => Date;
}

/** Ends an open run and its jobs. A run that is cancelled already is answered as it is; one that ended otherwise is refused. */
export async function cancelRun(deps: CancelRunDeps, id: RunId, projectId: ProjectId | null): Promise<StoredRun> {
  const { store, now } = deps;
  const run = await store.runs.findRun(id, projectId);
  if (run === null) throw new AppError('resource.not_found', `no run ${id} in ${projectId}`);
  const cancelled = await store.runs.cancelRun(id, now());
  if (cancelled !== null) {
    await cancelOpenJobs(deps, id);
    return cancelled;
  }
  const ended = await store.runs.findRun(id, projectId);
  if (ended?.status === 'cancelled') return ended;
  throw new AppError('resource.wrong_state', `run ${id} is ${ended?.status}`, { detail: `The run has ended already: it ${ended?.status ?? 'is gone'}.` });
}
