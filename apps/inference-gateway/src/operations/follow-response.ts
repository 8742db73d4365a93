import type { Job } from '@weighbridge/inference-contracts';
import { followResponse, isTerminalJobStatus } from '@weighbridge/inference-domain';
import type { ResponseEvent } from '@weighbridge/inference-domain';
import type { JobId, ProjectId } from '@weighbridge/shared-domain';
import { headOfJob, stateOfJob } from '../doors/stored-response.ts';
import { jobView } from '../job-view.ts';
import { findJob } from './find-job.ts';
import { followJob } from './follow-job.ts';
import type { FollowJobDeps } from './follow-job.ts';

export interface FollowResponseInput {
  readonly id: JobId;
  /** Null: whosever it is. */
  readonly projectId: ProjectId | null;
  /** Events up to this number are known to the client. */
  readonly after: number;
  readonly signal: AbortSignal;
  readonly send: (event: ResponseEvent) => void;
}

/** Tells the events of a background response until its last, or until nobody listens. Its answer comes as a whole: a durable job streams no tokens. */
export async function followBackgroundResponse(deps: FollowJobDeps, { id, projectId, after, signal, send }: FollowResponseInput): Promise<void> {
  const job: Job = jobView(await findJob(deps, { id, projectId }));
  const follow = followResponse(headOfJob(job), (event) => {
    if (event.sequence_number > after) send(event);
  });
  let ended = false;
  await followJob(deps, {
    id,
    projectId: job.projectId,
    signal,
    onState: (summary) => {
      ended = isTerminalJobStatus(summary.status);
      if (!ended) follow(stateOfJob(summary));
    },
  });
  if (ended) follow(stateOfJob(jobView(await findJob(deps, { id, projectId }))));
}
