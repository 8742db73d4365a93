import type { UsageEvent } from '@weighbridge/cost-domain';

export interface UsageMeter {
  /** Resolves once the event is safe in the usage queue. Never rejects: it is tried until it succeeds, since spend must not go unrecorded (P3). */
  readonly record: (event: UsageEvent) => Promise<void>;
  /** Sends what is left. */
  readonly close: () => Promise<void>;
}

export interface UsageMeterOptions {
  readonly send: (events: UsageEvent[]) => Promise<unknown>;
  readonly onError: (error: unknown) => void;
  /**
   * How long the first event of a group waits for company, asked when it comes. Nobody waits for it but the end of its message: the answer went
   * out before. Default 25.
   */
  readonly gatherMs?: () => number;
  readonly maxEvents?: number;
  readonly retryMs?: number;
}

interface Waiting {
  readonly event: UsageEvent;
  readonly done: () => void;
}

/** Usage events travel in groups: one message for many attempts costs the queue and the ledger far less than one each. */
export function createUsageMeter({ send, onError, gatherMs = () => 25, maxEvents = 500, retryMs = 500 }: UsageMeterOptions): UsageMeter {
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  const sending = new Set<Promise<void>>();

  const deliver = async (group: readonly Waiting[]) => {
    for (;;) {
      try {
        await send(group.map(({ event }) => event));
        break;
      } catch (error) {
        onError(error);
        await new Promise((wake) => setTimeout(wake, retryMs));
      }
    }
    for (const { done } of group) done();
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0) return;
    const delivery = deliver(waiting);
    waiting = [];
    sending.add(delivery);
    void delivery.then(() => sending.delete(delivery));
  };
  return {
    record: (event) =>
      new Promise((done) => {
        waiting.push({ event, done });
        if (waiting.length >= maxEvents) flush();
        else timer ??= setTimeout(flush, gatherMs());
      }),
    close: async () => {
      flush();
      await Promise.all(sending);
    },
  };
}
