import type { JobSummary } from '@weighbridge/inference-contracts';
import { isTerminalJobStatus } from '@weighbridge/inference-domain';
import type { JobId, ProjectId } from '@weighbridge/shared-domain';
import { jobSummary } from '../job-view.ts';
import { findJob } from './find-job.ts';
import type { FindJobDeps } from './find-job.ts';

export type FollowJobDeps = FindJobDeps & {
  /** Calls back with the id of each job of the project that changes; resolves with what ends that. */
  readonly subscribeChanges: (projectId: ProjectId, onChange: (jobId: JobId, status: string) => void) => Promise<() => Promise<void>>;
};

export interface FollowJobInput {
  readonly id: JobId;
  readonly projectId: ProjectId;
  readonly signal: AbortSignal;
  readonly onState: (job: JobSummary) => void;
}

/** Change messages may be lost. */
const lookAgainMs = 2_000;

/** Tells the state of a job now and at each change, until the last one or until nobody listens. */
export async function followJob(deps: FollowJobDeps, { id, projectId, signal, onState }: FollowJobInput): Promise<void> {
  let changed = Promise.withResolvers<void>();
  const unsubscribe = await deps.subscribeChanges(projectId, (jobId) => {
    if (jobId === id) changed.resolve();
  });
  const wake = () => changed.resolve();
  signal.addEventListener('abort', wake);
  const timer = setInterval(wake, lookAgainMs);
  try {
    for (let told: string | undefined; !signal.aborted; ) {
      const { request: _request, output: _output, ...job } = await findJob(deps, { id, projectId });
      if (job.status !== told) onState(jobSummary(job));
      told = job.status;
      if (isTerminalJobStatus(job.status)) return;
      await changed.promise;
      changed = Promise.withResolvers<void>();
    }
  } finally {
    clearInterval(timer);
    signal.removeEventListener('abort', wake);
    await unsubscribe();
  }
}
