import type { LiveReply } from '@weighbridge/inference-contracts';
import type { JobId } from '@weighbridge/shared-domain';
import { AppError } from '@weighbridge/shared-domain';

export type ReplyDelta = Extract<LiveReply, { type: 'delta' }>['delta'];
export type ReplyDone = Extract<LiveReply, { type: 'done' }>;

export interface WaitingCallEvents {
  readonly onDelta: (delta: ReplyDelta) => void;
  readonly onDone: (reply: ReplyDone) => void;
  readonly onFailed: (error: AppError) => void;
}

export interface OpenCall {
  readonly jobId: JobId;
  readonly pool: string;
  readonly openedAtMs: number;
  readonly lastReplyAtMs: number;
  /** Ends the call with an error, as if the worker had. */
  readonly fail: (error: AppError) => void;
}

/** The calls that this process waits for. Replies come over its live channel; what comes for a call that is over is dropped. */
export interface WaitingCalls {
  /** Returns what ends the waiting without an event. */
  readonly open: (jobId: JobId, pool: string, events: WaitingCallEvents) => () => void;
  readonly receive: (reply: LiveReply) => void;
  readonly list: () => readonly OpenCall[];
  readonly count: () => number;
  /** Resolves when none is open. */
  readonly idle: () => Promise<void>;
}

interface Entry extends WaitingCallEvents {
  readonly pool: string;
  readonly openedAtMs: number;
  lastReplyAtMs: number;
  nextSequence: number;
}

export function createWaitingCalls(nowMs: () => number = () => performance.now()): WaitingCalls {
  const entries = new Map<JobId, Entry>();
  let idleListeners: (() => void)[] = [];
  const close = (jobId: JobId) => {
    if (!entries.delete(jobId) || entries.size > 0) return;
    for (const listener of idleListeners) listener();
    idleListeners = [];
  };
  const fail = (jobId: JobId, error: AppError) => {
    const entry = entries.get(jobId);
    close(jobId);
    entry?.onFailed(error);
  };
  return {
    open: (jobId, pool, events) => {
      const openedAtMs = nowMs();
      entries.set(jobId, { ...events, pool, openedAtMs, lastReplyAtMs: openedAtMs, nextSequence: 0 });
      return () => close(jobId);
    },
    receive: (reply) => {
      const entry = entries.get(reply.jobId);
      if (entry === undefined) return;
      if (reply.type === 'failed') {
        const { code, message } = reply.error;
        fail(reply.jobId, new AppError(code, `worker: ${message}`, { detail: message, ...(reply.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: reply.retryAfterSeconds }) }));
        return;
      }
      if (reply.sequence !== entry.nextSequence) {
        fail(reply.jobId, new AppError('backend.failed', `reply ${reply.sequence} came where ${entry.nextSequence} was due`, { detail: 'A part of the answer was lost on its way; send the request again.' }));
        return;
      }
      entry.nextSequence += 1;
      entry.lastReplyAtMs = nowMs();
      if (reply.type === 'delta') {
        entry.onDelta(reply.delta);
        return;
      }
      close(reply.jobId);
      entry.onDone(reply);
    },
    list: () => [...entries].map(([jobId, { pool, openedAtMs, lastReplyAtMs }]) => ({ jobId, pool, openedAtMs, lastReplyAtMs, fail: (error: AppError) => fail(jobId, error) })),
    count: () => entries.size,
    idle: () => (entries.size === 0 ? Promise.resolve() : new Promise((resolve) => void idleListeners.push(resolve))),
  };
}
