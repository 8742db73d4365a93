import type { Logger } from '@weighbridge/shared-adapters/logging';
import type { BudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import { AppError } from '@weighbridge/shared-domain';
import type { JobId } from '@weighbridge/shared-domain';
import type { InferenceQueue } from './inference-queue.ts';
import type { OpenCall, WaitingCalls } from './waiting-calls.ts';

export interface WatchLostCallsDeps {
  readonly calls: Pick<WaitingCalls, 'list'>;
  readonly queue: Pick<InferenceQueue, 'hasWaiting'>;
  readonly holds: Pick<BudgetHolds, 'inspect'>;
  readonly logger: Logger;
  readonly nowMs: () => number;
  /** A call without a sign of life for this long is looked after. */
  readonly silentMs: number;
}

/**
 * A call's hold ends after its answer, and its message after the answers of all its calls. Where a call has been silent and either is gone at
 * two looks in a row, the answer was lost (the live channel delivers at most once) or its workers died too often: the caller is told instead
 * of waiting for the deadline.
 */
export function createLostCallsWatch({ calls, queue, holds, logger, nowMs, silentMs }: WatchLostCallsDeps): () => Promise<void> {
  let suspects: ReadonlySet<JobId> = new Set();
  return async () => {
    const silent = calls.list().filter((call) => nowMs() - Math.max(call.openedAtMs, call.lastReplyAtMs) >= silentMs);
    const gone = new Set<JobId>();
    const look = async (call: OpenCall) => {
      if (call.message === undefined || ((await queue.hasWaiting(call.message)) && (await holds.inspect(call.jobId)) !== null)) return;
      gone.add(call.jobId);
      if (!suspects.has(call.jobId)) return;
      logger.warn({ event: 'answer_lost', jobId: call.jobId });
      call.fail(new AppError('backend.failed', 'its message or its hold is gone and no answer came', { detail: 'The answer was lost on its way; send the request again.' }));
    };
    await Promise.all(silent.map(look));
    suspects = gone;
  };
}
