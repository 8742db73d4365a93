import type { KeepJobs, Worker } from 'bullmq';
import { LRUCache } from 'lru-cache';
import type { PayloadOf, QueueDefinition, QueueTable } from '@weighbridge/shared-contracts';
import { MessageProcessor } from './message-processor.ts';
import type { FailedTry, MessageContext } from './message-processor.ts';
import { openBullWorker } from './queue-home.ts';
import type { QueueHome } from './queue-home.ts';
import { definitionOf, queueName } from './queue-name.ts';
import { backoffDelayMs } from './retry-policy.ts';

/** Takes one message. It may run twice for the same one; what it resolves with is not kept. */
export type Consumer<Q extends QueueDefinition = QueueDefinition> = (payload: PayloadOf<Q>, context: MessageContext) => Promise<unknown>;

export type Consumers<T extends QueueTable> = { readonly [N in keyof T]: Consumer<T[N]> };

/** The names of the suffixed queues of a table. */
type SuffixedName<T extends QueueTable> = { [N in keyof T]: T[N] extends { readonly suffixed: true } ? N : never }[keyof T];

/** What the worker needs of a logger; a pino logger fits. */
export interface QueueLogger {
  warn(fields: object, message?: string): void;
  error(fields: object, message?: string): void;
}

interface CommonOptions<T extends QueueTable> {
  /** Messages at a time, of each queue (and suffix). Default 1. */
  readonly concurrency?: number | { readonly [N in keyof T]?: number };
  readonly logger: QueueLogger;
  /** Called after a try failed; `final` when it was the last. What it throws is logged. */
  readonly onFailedTry?: (failed: FailedTry) => void;
  /** A message whose worker has not been heard of for this long is given to another. Default 15 s. */
  readonly lockMs?: number;
  /** Time between looks for such messages; two looks are needed. Default half of `lockMs`. */
  readonly stalledIntervalMs?: number;
  /** So often may a message lose its worker before it fails for good. Default 3. */
  readonly maxStalledCount?: number;
  /** How long `close` waits for running consumers before it aborts them. Default 25 s, inside the usual 30 s of grace of a container. */
  readonly closeTimeoutMs?: number;
}

export type WorkerOptions<T extends QueueTable> = CommonOptions<T> &
  ([SuffixedName<T>] extends [never] ? { readonly suffixes?: undefined } : { readonly suffixes: { readonly [N in SuffixedName<T>]: readonly string[] } });

export interface QueueWorker {
  /** Resolves once every queue is connected. */
  ready(): Promise<void>;
  /** Messages being consumed right now. */
  inFlight(): number;
  /** When a message was last taken or finished, or the worker started: for a liveness check next to the depth of the queue. */
  lastActivityAtMs(): number;
  /** Takes no more, waits for what runs (at most `closeTimeoutMs`), then aborts the rest, whose messages go back unharmed. */
  close(): Promise<void>;
}

/** Finished messages of a `recent` queue. On PostgreSQL each finish sorts the kept ones, so fewer are kept. */
const keepFinished = (home: QueueHome): KeepJobs => ({ count: home.kind === 'redis' ? 1_000 : 100, age: 24 * 3_600 });
const keepFailed: KeepJobs = { count: 5_000, age: 14 * 24 * 3_600 };

/**
 * Starts consuming every queue of the table: leaving one out does not compile (pick the entries you serve: `{ usage: costQueues.usage }`).
 * Each payload is parsed before its consumer runs; one that does not parse fails for good and stays visible.
 */
export function defineWorker<const T extends QueueTable>(home: QueueHome, definitions: T, consumers: Consumers<T>, options: WorkerOptions<T>): QueueWorker {
  const { logger, lockMs = 15_000, closeTimeoutMs = 25_000 } = options;
  const suffixes: Readonly<Record<string, readonly string[] | undefined>> = options.suffixes ?? {};
  const startedAtMs = Date.now();
  const processors: MessageProcessor[] = [];
  let closed: Promise<void> | undefined;

  const start = (name: string, suffix: string | undefined): Worker => {
    const definition = definitionOf(definitions, name);
    const processor = new MessageProcessor({
      queue: name,
      suffix,
      definition,
      consume: consumers[name] as Consumer,
      keepFailed,
      onFailedTry: (failed) => {
        const { error, payload: _, ...fields } = failed;
        const line = { event: 'message.failed', ...fields, error: String(error instanceof Error ? error.message : error) };
        if (failed.final) logger.error(line);
        else logger.warn(line);
        options.onFailedTry?.(failed);
      },
    });
    processors.push(processor);
    const worker = openBullWorker(home, queueName(definitions, name, suffix), (job, token, signal) => processor.process(job, token, signal), {
      concurrency: concurrencyOf(options, name),
      lockDuration: lockMs,
      stalledInterval: options.stalledIntervalMs ?? lockMs / 2,
      maxStalledCount: options.maxStalledCount ?? 3,
      runRetryDelay: 1_000, // after a failed fetch; 15 s otherwise, which on PostgreSQL follows every restart of the server
      removeOnComplete: keepFinished(home),
      removeOnFail: keepFailed,
      settings: { backoffStrategy: (attemptsMade, _type, error) => backoffDelayMs(definition.backoffMs, attemptsMade, error, Math.random()) },
    });
    worker.on('failed', (job, error) => processor.failed(job, error));
    worker.on('lockRenewalFailed', (ids) => {
      for (const id of ids) worker.cancelJob(id, 'the message was given to another worker');
    });
    const isNews = repeatsAfter(10_000);
    worker.on('error', (error) => {
      if (!closed && isNews(error.message)) logger.warn({ event: 'queue.error', queue: name, suffix, error: error.message });
    });
    return worker;
  };

  const workers = Object.keys(definitions).flatMap((name) =>
    definitionOf(definitions, name).suffixed ? (suffixes[name] ?? []).map((suffix) => start(name, suffix)) : [start(name, undefined)],
  );
  return {
    ready: async () => void (await Promise.all(workers.map((worker) => worker.waitUntilReady()))),
    inFlight: () => processors.reduce((sum, { inFlight }) => sum + inFlight, 0),
    lastActivityAtMs: () => Math.max(startedAtMs, ...processors.map(({ lastActivityAtMs }) => lastActivityAtMs)),
    close: () => (closed ??= closeWorkers(workers, processors, closeTimeoutMs)),
  };
}

/** How long a consumer may take to heed an aborted signal at shutdown before the process ends without it. */
const abortGraceMs = 3_000;

async function closeWorkers(workers: readonly Worker[], processors: readonly MessageProcessor[], closeTimeoutMs: number): Promise<void> {
  const finished = Promise.all(workers.map((worker) => worker.close()));
  if (await settlesWithin(finished, closeTimeoutMs)) return;
  for (const processor of processors) processor.shutDown();
  await settlesWithin(finished, Math.min(abortGraceMs, closeTimeoutMs));
}

async function settlesWithin(promise: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  try {
    return await Promise.race([promise.then(() => true as const), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** While the home is away the same error comes with each reconnection: true for a text that was not seen in the last `quietMs`. */
function repeatsAfter(quietMs: number): (text: string) => boolean {
  const seen = new LRUCache<string, true>({ max: 20, ttl: quietMs });
  return (text) => !seen.has(text) && seen.set(text, true) === seen;
}

const concurrencyOf = <T extends QueueTable>({ concurrency = 1 }: CommonOptions<T>, name: string): number =>
  typeof concurrency === 'number' ? concurrency : ((concurrency as Readonly<Record<string, number | undefined>>)[name] ?? 1);
