import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import { projectOf } from '@weighbridge/shared-adapters/auth';
import type { RawHandler } from '@weighbridge/shared-adapters/http';
import type { FollowJobDeps } from '../operations/follow-job.ts';
import { openEventStream } from '../sse.ts';

export const streamProjectEventsRoute =
  ({ subscribeChanges, closing }: Pick<FollowJobDeps, 'subscribeChanges'> & { readonly closing: AbortSignal }): RawHandler<typeof inferenceEndpoints.streamProjectEvents> =>
  async ({ caller, query, signal, res }) => {
    const projectId = projectOf(caller, query.project);
    const gone = Promise.withResolvers<void>();
    const events = openEventStream(res);
    const unsubscribe = await subscribeChanges(projectId, (jobId, status) => {
      try {
        events.send(JSON.stringify({ jobId, status }), 'job');
      } catch {
        // It does not read: its connection ends, and the browser opens a new one.
        res.destroy();
      }
    });
    const over = AbortSignal.any([signal, closing]);
    if (over.aborted) gone.resolve();
    over.addEventListener('abort', () => gone.resolve(), { once: true });
    events.send(JSON.stringify({ projectId }), 'open');
    await gone.promise;
    await unsubscribe();
    events.end();
  };
