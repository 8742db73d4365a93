import { DelayedError, UnrecoverableError, WaitingError } from 'bullmq';
import type { Job, KeepJobs } from 'bullmq';
import type { QueueDefinition } from '@weighbridge/shared-contracts';
import { z } from 'zod';
import { isFinal } from './retry-policy.ts';

/** What a consumer may know about the message besides its payload. */
export interface MessageContext {
  readonly messageId: string;
  readonly suffix: string | undefined;
  /** Aborted when the try takes longer than the queue's `timeoutMs`, when the message was given to another worker, or at shutdown. */
  readonly signal: AbortSignal;
  /** Counts every time a worker took the message, from 1; also those of workers that were killed, and deferrals. */
  readonly attempt: number;
  /** Whether a failure now would be the last. */
  readonly lastAttempt: boolean;
  /** How often the message lost its worker. */
  readonly stalledCount: number;
  readonly addedAtMs: number;
}

export interface FailedTry {
  readonly queue: string;
  readonly suffix: string | undefined;
  readonly messageId: string;
  /** As it was sent; of any shape when it did not parse. */
  readonly payload: unknown;
  readonly error: unknown;
  readonly attempt: number;
  readonly final: boolean;
}

/** A consumer throws this to have the message again after `delayMs`, without a failed try: the backend is full, a limit is reached. */
export class DeferredMessage extends Error {
  readonly delayMs: number;

  constructor(delayMs: number) {
    super(`deferred by ${delayMs} ms`);
    this.name = 'DeferredMessage';
    this.delayMs = delayMs;
  }
}

export interface MessageProcessorOptions {
  readonly queue: string;
  readonly suffix: string | undefined;
  readonly definition: QueueDefinition;
  readonly consume: (payload: never, context: MessageContext) => Promise<unknown>;
  readonly keepFailed: KeepJobs;
  readonly onFailedTry: (failed: FailedTry) => void;
}

/** How long a try that ran out of time may take to heed its signal before it counts as failed while it still runs. */
const timeoutGraceMs = 2_000;

/** One queue's way from a stored message to its consumer and back: parsing, time limit, what a failure means. */
export class MessageProcessor {
  inFlight = 0;
  lastActivityAtMs = Date.now();
  readonly #options: MessageProcessorOptions;
  readonly #shutdown = new AbortController();

  constructor(options: MessageProcessorOptions) {
    this.#options = options;
  }

  shutDown(): void {
    this.#shutdown.abort(new Error('the worker is shutting down'));
  }

  async process(job: Job, token: string | undefined, lost: AbortSignal | undefined): Promise<void> {
    this.inFlight += 1;
    this.lastActivityAtMs = Date.now();
    try {
      await this.#consume(job, lost);
    } catch (error) {
      if (error instanceof DeferredMessage) {
        await job.moveToDelayed(Date.now() + error.delayMs, token);
        throw new DelayedError();
      }
      if (this.#shutdown.signal.aborted && !isFinal(error)) {
        await job.moveToWait(token);
        throw new WaitingError();
      }
      throw isFinal(error) ? unrecoverable(error) : error;
    } finally {
      this.inFlight -= 1;
      this.lastActivityAtMs = Date.now();
    }
  }

  /** To be told by the worker of each failed try, also of those that no consumer saw (the message lost its worker too often). */
  failed(job: Job | undefined, error: Error): void {
    if (!job) return;
    const { queue, suffix } = this.#options;
    this.#options.onFailedTry({
      queue,
      suffix,
      messageId: job.id ?? '',
      payload: job.data,
      error: error instanceof UnrecoverableError ? (error.cause ?? error) : error,
      attempt: job.attemptsStarted,
      final: error instanceof UnrecoverableError || job.attemptsMade >= (job.opts.attempts ?? 1),
    });
  }

  async #consume(job: Job, lost: AbortSignal | undefined): Promise<void> {
    const { definition, suffix, consume, keepFailed } = this.#options;
    const parsed = definition.payload.safeParse(job.data);
    if (!parsed.success) {
      job.opts.removeOnFail = keepFailed; // also where finished messages are not kept: nobody else will ever see what came
      throw unrecoverable(new Error(`the payload is not valid: ${z.prettifyError(parsed.error)}`, { cause: parsed.error }));
    }
    const timeLimit = new AbortController();
    const signals = [timeLimit.signal, this.#shutdown.signal];
    if (lost) signals.push(lost);
    const context: MessageContext = {
      messageId: job.id ?? '',
      suffix,
      signal: AbortSignal.any(signals),
      attempt: job.attemptsStarted,
      lastAttempt: job.attemptsMade + 1 >= (job.opts.attempts ?? 1),
      stalledCount: job.stalledCounter,
      addedAtMs: job.timestamp,
    };
    await withTimeLimit(definition.timeoutMs, timeLimit, () => consume(parsed.data as never, context));
  }
}

/** Aborts after `timeoutMs`, and rejects when the action has not ended shortly after that. An action that ends in time, or soon after, decides. */
async function withTimeLimit(timeoutMs: number, controller: AbortController, action: () => Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const reason = new Error(`not finished within ${timeoutMs} ms`);
      timer = setTimeout(() => reject(reason), timeoutGraceMs);
      controller.abort(reason);
    }, timeoutMs);
  });
  try {
    await Promise.race([action(), limit]);
  } finally {
    clearTimeout(timer);
  }
}

const unrecoverable = (cause: unknown): UnrecoverableError => {
  const error = new UnrecoverableError(cause instanceof Error ? cause.message : String(cause));
  error.cause = cause;
  return error;
};
