import { randomUUID } from 'node:crypto';
import type { Job, JobsOptions, Queue } from 'bullmq';
import type { QueueTable } from '@weighbridge/shared-contracts';
import type { z } from 'zod';
import { openBullQueue } from './queue-home.ts';
import type { QueueHome } from './queue-home.ts';
import { definitionOf, queueName } from './queue-name.ts';

/** Priorities run from 1 (first) to this; a message without one comes before all that have one. */
export const maxPriority = 2_097_151;

export interface AddOptions {
  /**
   * What the message is about, e.g. `job_…`; no `:`, and not a bare number. A message whose id is waiting, running or still kept
   * after its end is not added again, so a second round for the same thing needs an id of its own (`<id>.<epoch>`). Random where absent.
   */
  readonly id?: string;
  /** 1 to {@link maxPriority}; smaller is sooner. */
  readonly priority?: number;
  readonly delayMs?: number;
  /** While a message with this is not finished, another is not added. */
  readonly deduplicationId?: string;
}

export interface WithSuffix {
  /** The second part of the queue's name, e.g. the deployment pool. */
  readonly suffix: string;
}

export type SuffixArgument<T extends QueueTable, N extends keyof T> = T[N] extends { readonly suffixed: true } ? [suffix: WithSuffix] : [suffix?: undefined];
type AddArgument<T extends QueueTable, N extends keyof T> = T[N] extends { readonly suffixed: true } ? [options: AddOptions & WithSuffix] : [options?: AddOptions];
type PayloadInput<T extends QueueTable, N extends keyof T> = z.input<T[N]['payload']>;

export interface NewMessage<P> extends AddOptions {
  readonly payload: P;
}

/** How many messages are in each state. `waiting` counts those with and without a priority. */
export interface QueueCounts {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly completed: number;
  readonly failed: number;
}

/** A message that failed for good. */
export interface FailedMessage {
  readonly id: string;
  readonly payload: unknown;
  readonly reason: string;
  readonly attemptsMade: number;
  readonly addedAtMs: number;
  readonly failedAtMs: number;
}

export interface Producer<T extends QueueTable> {
  /** Resolves with the message's id once the home has it. Rejects when the home is away. */
  add<N extends keyof T & string>(name: N, payload: PayloadInput<T, N>, ...options: AddArgument<T, N>): Promise<string>;
  /** All or none. */
  addBulk<N extends keyof T & string>(name: N, messages: readonly NewMessage<PayloadInput<T, N>>[], ...suffix: SuffixArgument<T, N>): Promise<void>;
  counts<N extends keyof T & string>(name: N, ...suffix: SuffixArgument<T, N>): Promise<QueueCounts>;
  /** True when there is no such message any more; false while a worker holds it. */
  remove<N extends keyof T & string>(name: N, id: string, ...suffix: SuffixArgument<T, N>): Promise<boolean>;
  /** Latest first. */
  listFailed<N extends keyof T & string>(
    name: N,
    page: { readonly start: number; readonly limit: number },
    ...suffix: SuffixArgument<T, N>
  ): Promise<FailedMessage[]>;
  /** Puts a failed message back with all its attempts. False when it is not among the failed. */
  retryFailed<N extends keyof T & string>(name: N, id: string, ...suffix: SuffixArgument<T, N>): Promise<boolean>;
  /** The BullMQ queue itself, for a queue board. */
  bullQueue<N extends keyof T & string>(name: N, ...suffix: SuffixArgument<T, N>): Queue;
  close(): Promise<void>;
}

/** The sending side of the declared queues. The shape of a payload is checked by the compiler here, and by its schema before it is consumed. */
export function createProducer<const T extends QueueTable>(home: QueueHome, definitions: T): Producer<T> {
  const queues = new Map<string, Queue>();
  const queueOf = (name: string, suffix?: WithSuffix) => {
    const fullName = queueName(definitions, name, suffix?.suffix);
    const known = queues.get(fullName);
    if (known) return known;
    const queue = openBullQueue(home, fullName, { streams: { events: { maxLen: 1_000 } } });
    queue.on('error', () => {}); // the caller of each command hears of it; without a listener it would end the process
    queues.set(fullName, queue);
    // A queue whose first connection failed stays broken, so the next caller gets a new one.
    queue.waitUntilReady().catch(() => {
      if (queues.get(fullName) === queue) queues.delete(fullName);
      void queue.close().catch(() => {});
    });
    return queue;
  };
  const messageOptions = (name: string, { id, priority, delayMs, deduplicationId }: AddOptions): JobsOptions => {
    const { attempts, backoffMs, keep } = definitionOf(definitions, name);
    return {
      jobId: id ?? randomUUID(),
      attempts,
      backoff: { type: 'declared', delay: backoffMs },
      stackTraceLimit: 1, // of the last try; all of them would grow without a bound
      ...(keep === 'none' && { removeOnComplete: true, removeOnFail: true }),
      ...(priority !== undefined && { priority }),
      ...(delayMs !== undefined && { delay: delayMs }),
      ...(deduplicationId !== undefined && { deduplication: { id: deduplicationId } }),
    };
  };
  return {
    add: async (name, payload, ...[options]) => {
      const suffix = suffixOf(options);
      const job = await queueOf(name, suffix).add(name, payload, messageOptions(name, options ?? {}));
      return job.id ?? '';
    },
    addBulk: async (name, messages, ...[suffix]) => {
      if (messages.length === 0) return;
      await queueOf(name, suffix).addBulk(messages.map(({ payload, ...options }) => ({ name, data: payload, opts: messageOptions(name, options) })));
    },
    counts: async (name, ...[suffix]) => {
      const counts = await queueOf(name, suffix).getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'completed', 'failed');
      const of = (state: string) => counts[state] ?? 0;
      return { waiting: of('waiting') + of('prioritized'), active: of('active'), delayed: of('delayed'), completed: of('completed'), failed: of('failed') };
    },
    remove: async (name, id, ...[suffix]) => {
      const queue = queueOf(name, suffix);
      return (await queue.remove(id)) > 0 || (await queue.getJob(id)) === undefined;
    },
    listFailed: async (name, { start, limit }, ...[suffix]) => {
      // Newest first is also the only order that BullMQ's PostgreSQL backend pages correctly.
      const jobs = await queueOf(name, suffix).getJobs(['failed'], start, start + limit - 1, false);
      return jobs.map(toFailedMessage);
    },
    retryFailed: async (name, id, ...[suffix]) => {
      const job = await queueOf(name, suffix).getJob(id);
      if (!job || !(await job.isFailed())) return false;
      await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
      return true;
    },
    bullQueue: (name, ...[suffix]) => queueOf(name, suffix),
    close: async () => void (await Promise.all([...queues.values()].map((queue) => queue.close()))),
  };
}

const suffixOf = (options: AddOptions | (AddOptions & WithSuffix) | undefined): WithSuffix | undefined =>
  options && 'suffix' in options ? { suffix: options.suffix } : undefined;

const toFailedMessage = (job: Job): FailedMessage => ({
  id: job.id ?? '',
  payload: job.data,
  reason: job.failedReason,
  attemptsMade: job.attemptsMade,
  addedAtMs: job.timestamp,
  failedAtMs: job.finishedOn ?? 0,
});
