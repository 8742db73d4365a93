import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { RawHandler } from '@weighbridge/shared-adapters/http';
import { findJob } from '../operations/find-job.ts';
import { followJob } from '../operations/follow-job.ts';
import type { FollowJobDeps } from '../operations/follow-job.ts';
import { openEventStream } from '../sse.ts';

export const streamJobEventsRoute =
  (deps: FollowJobDeps & { readonly closing: AbortSignal }): RawHandler<typeof inferenceEndpoints.streamJobEvents> =>
  async ({ caller, params: { id }, signal, res }) => {
    // Refused before the stream begins, so that the refusal has a status.
    const { projectId } = await findJob(deps, { id, projectId: caller.projectId });
    const events = openEventStream(res);
    await followJob(deps, { id, projectId, signal: AbortSignal.any([signal, deps.closing]), onState: (job) => events.send(JSON.stringify(job), job.status) });
    events.end();
  };
