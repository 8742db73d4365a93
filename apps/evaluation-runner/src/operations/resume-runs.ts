import type { evaluationQueues } from '@weighbridge/evaluation-contracts';
import type { EvaluationStore } from '@weighbridge/evaluation-data';
import type { Producer } from '@weighbridge/shared-adapters/queue';
import { cancelOpenJobs } from './cancel-open-jobs.ts';
import type { CancelOpenJobsDeps } from './cancel-open-jobs.ts';

export interface ResumeRunsDeps extends CancelOpenJobsDeps {
  readonly store: Pick<EvaluationStore, 'runs'>;
  readonly producer: Pick<Producer<typeof evaluationQueues>, 'add'>;
  readonly now: () => Date;
}

/** A consumer writes more often than this while anything moves. */
const untouchedMs = 30_000;
const mostAtOnce = 100;

/**
 * Gives runs that nobody has touched for a while to the queue again (it forgot them, or was away when they were made); one whose message
 * still lives is not added twice. And asks the gateway again to cancel what ended runs left open.
 */
export async function resumeRuns(deps: ResumeRunsDeps): Promise<void> {
  const { store, producer, now } = deps;
  const at = now();
  for (const { id, dispatch } of await store.runs.listUntouched(new Date(at.getTime() - untouchedMs), at, mostAtOnce)) {
    await producer.add('evaluation', { v: 1, runId: id }, { id: `${id}.${dispatch}`, deduplicationId: id });
  }
  for (const id of await store.runs.listCancelPending(mostAtOnce)) await cancelOpenJobs(deps, id);
}
