import type { ModelRequest } from '@weighbridge/inference-domain';
import type { BudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import { AppError } from '@weighbridge/shared-domain';
import type { JobId } from '@weighbridge/shared-domain';
import type { OutstandingWork } from '../outstanding-work.ts';
import type { CallMessage, InferenceQueue } from '../waiting/inference-queue.ts';
import type { ReplyDelta, ReplyDone, WaitingCalls } from '../waiting/waiting-calls.ts';
import type { Admission } from './admit.ts';

export interface CallModelDeps {
  readonly calls: WaitingCalls;
  readonly queue: Pick<InferenceQueue, 'addWaiting' | 'giveUpWaiting'>;
  readonly outstanding: Pick<OutstandingWork, 'ended'>;
  readonly holds: Pick<BudgetHolds, 'release'>;
  /** Tells all workers to stop with a job. */
  readonly publishCancel: (jobId: JobId) => Promise<void>;
  /** Takes work that nobody waits for, and waits for it at shutdown. */
  readonly inBackground: (event: string, work: Promise<unknown>) => void;
  readonly now: () => Date;
}

export interface ModelCall {
  readonly admission: Admission;
  readonly request: ModelRequest;
  /** Aborted when nobody wants the answer any more. Absent: the answer is wanted whatever happens. */
  readonly signal: AbortSignal | undefined;
  /** Asks for a stream. What it throws ends the call. */
  readonly onDelta?: (delta: ReplyDelta) => void;
}

/**
 * Puts an admitted call into the queue and waits for its answer. Whoever gives up (client gone, deadline passed, stream not taken) stops the
 * worker that may have it, and frees the hold if nothing was started: without its hold no worker begins with it.
 */
export async function callModel(deps: CallModelDeps, { admission, request, signal, onDelta }: ModelCall): Promise<ReplyDone> {
  const { ticket } = admission;
  const { promise: answer, resolve, reject } = Promise.withResolvers<ReplyDone>();
  let worker: 'unknown' | 'ended' = 'unknown';
  let sent: Promise<CallMessage> | undefined;
  const open = deps.calls.open(ticket.jobId, {
    onDelta: (delta) => {
      try {
        onDelta?.(delta);
      } catch (error) {
        reject(error);
      }
    },
    onDone: (reply) => {
      worker = 'ended';
      resolve(reply);
    },
    onFailed: (error) => {
      worker = 'ended';
      reject(error);
    },
  });
  const gone = () => reject(new AppError('job.cancelled', 'the client went away'));
  signal?.addEventListener('abort', gone, { once: true });
  const timer = setTimeout(
    () => reject(new AppError('request.timeout', `no answer until ${ticket.deadlineAt}`)),
    Math.max(0, Date.parse(ticket.deadlineAt) - deps.now().getTime()),
  );
  try {
    if (signal?.aborted) gone();
    else {
      sent = deps.queue.addWaiting(admission, request, onDelta !== undefined);
      sent.then(open.travelsIn, (cause: unknown) => reject(new AppError('service.unavailable', 'the queue does not take the call', { cause, retryAfterSeconds: 1 })));
    }
    return await answer;
  } catch (error) {
    if (worker === 'unknown') deps.inBackground('call_not_given_up', giveUp(deps, ticket.jobId, sent));
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', gone);
    open.close();
    if (sent !== undefined) deps.outstanding.ended(ticket.projectId, ticket.lane);
  }
}

/** A worker that has begun settles the hold itself, also after a cancellation. */
async function giveUp(deps: CallModelDeps, jobId: JobId, sent: Promise<CallMessage> | undefined): Promise<void> {
  await deps.publishCancel(jobId);
  if ((await deps.holds.release(jobId)) === 'started') return;
  const message = await sent?.catch(() => undefined);
  if (message !== undefined) await deps.queue.giveUpWaiting(message);
}
