export interface MicroBatchOptions<I, O> {
  /** Handles many at once and answers each, in their order. */
  readonly flush: (items: readonly I[]) => Promise<readonly O[]>;
  /** Most items of one flush. Default 500. */
  readonly maxSize?: number;
  /** Flushes under way at once. Default 2: one on its way, one being filled. */
  readonly concurrency?: number;
}

export interface MicroBatch<I, O> {
  add(item: I): Promise<O>;
  /** Resolves when nothing is waiting or on its way. */
  idle(): Promise<void>;
}

/**
 * Turns many single calls into few large ones, as a database commits in groups: what comes while a flush is under way waits for the next one.
 * Nothing waits for a clock, so a lone call is as fast as without. When a flush fails, all its callers get the error.
 */
export function createMicroBatch<I, O>({ flush, maxSize = 500, concurrency = 2 }: MicroBatchOptions<I, O>): MicroBatch<I, O> {
  interface Waiting {
    readonly item: I;
    readonly resolve: (value: O) => void;
    readonly reject: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let running = 0;
  let scheduled = false;
  const idleListeners: (() => void)[] = [];

  const run = async (batch: readonly Waiting[]) => {
    try {
      const results = await flush(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => resolve(results[index] as O));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      running -= 1;
      pump();
    }
  };

  const pump = () => {
    while (running < concurrency && waiting.length > 0) {
      const batch = waiting.slice(0, maxSize);
      waiting = waiting.slice(maxSize);
      running += 1;
      void run(batch);
    }
    if (running === 0 && waiting.length === 0) for (const listener of idleListeners.splice(0)) listener();
  };

  return {
    add: (item) =>
      new Promise<O>((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (scheduled) return;
        scheduled = true;
        // Whatever else this turn of the event loop brings goes along.
        setImmediate(() => {
          scheduled = false;
          pump();
        });
      }),
    idle: () => (running === 0 && waiting.length === 0 ? Promise.resolve() : new Promise((resolve) => void idleListeners.push(resolve))),
  };
}
