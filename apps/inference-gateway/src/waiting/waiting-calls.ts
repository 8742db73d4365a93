import type { LiveReply } from '@weighbridge/inference-contracts';
import type { JobId } from '@weighbridge/shared-domain';
import { AppError } from '@weighbridge/shared-domain';
import type { CallMessage } from './inference-queue.ts';

export type ReplyDelta = Extract<LiveReply, { type: 'delta' }>['delta'];
export type ReplyDone = Extract<LiveReply, { type: 'done' }>;

export interface WaitingCallEvents {
  readonly onDelta: (delta: ReplyDelta) => void;
  readonly onDone: (reply: ReplyDone) => void;
  readonly onFailed: (error: AppError) => void;
}

export interface OpenCall {
  readonly jobId: JobId;
  /** Undefined until the queue has it. */
  readonly message: CallMessage | undefined;
  readonly openedAtMs: number;
  readonly lastReplyAtMs: number;
  /** Ends the call with an error, as if the worker had. */
  readonly fail: (error: AppError) => void;
}

export interface WaitingCallHandle {
  readonly travelsIn: (message: CallMessage) => void;
  /** Ends the waiting without an event. */
  readonly close: () => void;
}

/** The calls that this process waits for. Replies come over its live channel; what comes for a call that is over is dropped. */
export interface WaitingCalls {
  readonly open: (jobId: JobId, events: WaitingCallEvents) => WaitingCallHandle;
  readonly receive: (replies: readonly LiveReply[]) => void;
  readonly list: () => readonly OpenCall[];
  readonly count: () => number;
  /** Resolves when none is open. */
  readonly idle: () => Promise<void>;
}

interface Entry extends WaitingCallEvents {
  message: CallMessage | undefined;
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
  const receive = (reply: LiveReply) => {
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
  };
  return {
    open: (jobId, events) => {
      const openedAtMs = nowMs();
      const entry: Entry = { ...events, message: undefined, openedAtMs, lastReplyAtMs: openedAtMs, nextSequence: 0 };
      entries.set(jobId, entry);
      return { travelsIn: (message) => void (entry.message = message), close: () => close(jobId) };
    },
    receive: (replies) => {
      for (const reply of replies) receive(reply);
    },
    list: () => [...entries].map(([jobId, { message, openedAtMs, lastReplyAtMs }]) => ({ jobId, message, openedAtMs, lastReplyAtMs, fail: (error: AppError) => fail(jobId, error) })),
    count: () => entries.size,
    idle: () => (entries.size === 0 ? Promise.resolve() : new Promise((resolve) => void idleListeners.push(resolve))),
  };
}
