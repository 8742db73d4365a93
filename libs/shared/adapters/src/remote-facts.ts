import { AppError } from '@weighbridge/shared-domain';
import type { Logger } from './logging.ts';

export interface RemoteFacts<T> {
  /** The newest facts known. Throws `service.unavailable` while there have never been any. */
  readonly current: () => T;
  readonly known: () => boolean;
  /** Fetches now, or joins a fetch that began after this call's cause. */
  readonly refresh: () => Promise<void>;
  readonly onChange: (listener: (facts: T) => void) => void;
  readonly close: () => void;
}

export interface RemoteFactsOptions<T> {
  readonly name: string;
  readonly load: () => Promise<T>;
  /** Calls back whenever the other side says that something changed; returns how to stop that. */
  readonly subscribe: (onMessage: () => void) => Promise<() => unknown> | (() => unknown);
  /** A change message may be lost; this is how long a change can then go unseen. 2 s keeps the promise of 5 s. */
  readonly pollMs?: number;
  readonly logger: Logger;
  /** What was known before this process started, if anything: the service can then start while the other side is down. */
  readonly initial?: T | undefined;
}

const eagerPollMs = 150;

/**
 * Facts that another service owns, kept in memory and fresh: by change messages, and by asking now and then.
 * When the other side is down the last facts stay in use (static stability).
 */
export async function keepFresh<T>({ name, load, subscribe, pollMs = 2_000, logger, initial }: RemoteFactsOptions<T>): Promise<RemoteFacts<T>> {
  let facts: T | undefined = initial;
  let running: Promise<void> | undefined;
  let again = false;
  let failing = false;
  const listeners: ((facts: T) => void)[] = [];

  const fetchOnce = async () => {
    try {
      facts = await load();
      if (failing) logger.info({ event: 'facts_reachable', facts: name });
      failing = false;
    } catch (error) {
      if (!failing) logger.warn({ event: 'facts_unreachable', facts: name, err: error });
      failing = true;
      return;
    }
    for (const listener of listeners) tell(listener, facts);
  };
  const tell = (listener: (facts: T) => void, news: T) => {
    try {
      listener(news);
    } catch (error) {
      logger.error({ event: 'facts_listener_failed', facts: name, err: error });
    }
  };
  const fetchUntilSettled = async () => {
    do {
      again = false;
      await fetchOnce();
    } while (again);
    running = undefined;
  };
  const refresh = () => {
    if (running !== undefined) again = true;
    return (running ??= fetchUntilSettled());
  };

  const unsubscribe = await subscribe(() => void refresh());
  await refresh();
  const timer = setInterval(() => void refresh(), pollMs);
  timer.unref();
  // Services start together: who has nothing yet need not wait for the next poll after the other side is up.
  const eager = setInterval(() => {
    if (facts === undefined) void refresh();
    else clearInterval(eager);
  }, eagerPollMs);
  eager.unref();
  return {
    current: () => {
      if (facts === undefined) throw new AppError('service.unavailable', `${name} could not be loaded yet`, { retryAfterSeconds: 1 });
      return facts;
    },
    known: () => facts !== undefined,
    refresh,
    onChange: (listener) => void listeners.push(listener),
    close: () => {
      clearInterval(timer);
      clearInterval(eager);
      unsubscribe();
    },
  };
}
