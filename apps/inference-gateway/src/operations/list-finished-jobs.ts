import type { FinishedJob } from '@weighbridge/inference-contracts';
import type { JobStore } from '@weighbridge/inference-data';
import type { ProjectId, RunId } from '@weighbridge/shared-domain';
import { finishedJob } from '../job-view.ts';

export interface ListFinishedJobsDeps {
  readonly store: Pick<JobStore, 'listFinished' | 'groupProgress'>;
  /** Calls back when a job of the project changes; resolves with what ends that. */
  readonly subscribeChanges: (projectId: ProjectId, onChange: () => void) => Promise<() => Promise<void>>;
}

export interface ListFinishedJobsInput {
  readonly runId: RunId;
  readonly after: number;
  readonly limit: number;
  /** How long to wait for the first. */
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

export interface FinishedJobs {
  readonly data: FinishedJob[];
  readonly finished: number;
  readonly total: number;
}

/** Ends come in bursts; this much longer makes few large pages of many small ones. */
const gatherMs = 50;
/** Change messages may be lost. */
const lookAgainMs = 1_000;

/** The jobs of a run that finished after a sequence number. Waits for the first as long as something is left to finish. */
export async function listFinishedJobs(deps: ListFinishedJobsDeps, { runId, after, limit, waitMs, signal }: ListFinishedJobsInput): Promise<FinishedJobs> {
  const deadline = performance.now() + waitMs;
  // The counters are read first: what they count as finished is then on the page or before it.
  let progress = await deps.store.groupProgress(runId);
  let jobs = await deps.store.listFinished(runId, after, limit);
  if (jobs.length === 0 && waitMs > 0 && progress !== null && progress.finished < progress.total) {
    let changed = Promise.withResolvers<void>();
    const unsubscribe = await deps.subscribeChanges(progress.projectId, () => changed.resolve());
    try {
      while (jobs.length === 0 && performance.now() < deadline && !signal.aborted) {
        await within(changed.promise, Math.min(lookAgainMs, deadline - performance.now()), signal);
        await within(undefined, Math.min(gatherMs, deadline - performance.now()), signal);
        changed = Promise.withResolvers<void>();
        progress = await deps.store.groupProgress(runId);
        jobs = await deps.store.listFinished(runId, after, limit);
      }
    } finally {
      await unsubscribe();
    }
  }
  return { data: jobs.map(finishedJob), finished: progress?.finished ?? 0, total: progress?.total ?? 0 };
}

/** Resolves with the event, when the time is over, or when nobody waits any more. */
function within(event: Promise<void> | undefined, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, Math.max(0, ms));
    signal.addEventListener('abort', end, { once: true });
    void event?.then(end);
  });
}
