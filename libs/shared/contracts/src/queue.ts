import type { z } from 'zod';

/** All that anyone may know about a queue: what its messages hold, how often and how fast they are tried, when they are stuck. */
export interface QueueDefinition<P extends z.ZodType = z.ZodType> {
  /** Carries `v`, the version of the message; small: what is stored already travels as an id. */
  readonly payload: P;
  /** Tries in all, the first included. */
  readonly attempts: number;
  /** Wait before the second try; doubles with each further one, with jitter. */
  readonly backoffMs: number;
  /** A try that takes longer is stuck: its signal is aborted and it counts as failed. */
  readonly timeoutMs: number;
  /** `none`: a finished message is removed with its answer (waiting calls). `recent`, where absent: the latest ones are kept to look at. */
  readonly keep?: 'none' | 'recent';
  /** The queue's name has a second part (`inference.<pool>`), given when a message is added or consumed. */
  readonly suffixed?: true;
}

export type QueueTable = Readonly<Record<string, QueueDefinition>>;

export const defineQueues = <const T extends QueueTable>(queues: T): T => queues;

export type PayloadOf<Q extends QueueDefinition> = z.output<Q['payload']>;
