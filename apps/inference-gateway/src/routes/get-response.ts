import { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { RawEndpointRequest, RawHandler } from '@weighbridge/shared-adapters/http';
import type { Endpoint } from '@weighbridge/shared-contracts';
import { AppError } from '@weighbridge/shared-domain';
import type { JobId, ProjectId } from '@weighbridge/shared-domain';
import { jobIdOfResponse, storedResponse, unknownResponse } from '../doors/stored-response.ts';
import { jobView } from '../job-view.ts';
import { findJob } from '../operations/find-job.ts';
import type { FollowJobDeps } from '../operations/follow-job.ts';
import { followBackgroundResponse } from '../operations/follow-response.ts';
import { openEventStream } from '../sse.ts';

export type SendResponseEventsDeps = FollowJobDeps & {
  /** Aborted when this process must end. */
  readonly closing: AbortSignal;
};

export interface ResponseEventsInput {
  readonly id: JobId;
  readonly projectId: ProjectId | null;
  readonly after: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export const getResponseRoute =
  (deps: SendResponseEventsDeps): RawHandler<typeof inferenceEndpoints.getResponse> =>
  async (call) => {
    const { caller, params, query, res } = call;
    const id = jobIdOfResponse(params.id);
    const job = await findJob(deps, { id, projectId: caller.projectId }).catch((error: unknown) => {
      throw error instanceof AppError && error.code === 'resource.not_found' ? unknownResponse(params.id) : error;
    });
    if (query.stream === 'true') return sendResponseEvents(deps, call, { id, projectId: caller.projectId, after: query.starting_after ?? -1 });
    const body = Buffer.from(JSON.stringify(inferenceEndpoints.getResponse.response.parse(storedResponse(jobView(job)))));
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length, 'cache-control': 'no-store' });
    res.end(body);
  };

/** The events of a background response, to its last. */
export async function sendResponseEvents(deps: SendResponseEventsDeps, { res, signal }: Pick<RawEndpointRequest<Endpoint>, 'res' | 'signal'>, { id, projectId, after, headers = {} }: ResponseEventsInput): Promise<void> {
  const events = openEventStream(res, { headers });
  try {
    await followBackgroundResponse(deps, { id, projectId, after, signal: AbortSignal.any([signal, deps.closing]), send: (event) => events.send(JSON.stringify(event), event.type) });
  } catch (error) {
    if (!events.started()) events.discard();
    throw error;
  }
  events.end();
}
