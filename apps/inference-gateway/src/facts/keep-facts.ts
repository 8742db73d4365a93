import type { FactsStore } from '@weighbridge/inference-data';
import type { Logger } from '@weighbridge/shared-adapters/logging';
import { keepFresh } from '@weighbridge/shared-adapters/remote-facts';
import type { RemoteFactsOptions } from '@weighbridge/shared-adapters/remote-facts';
import { AppError } from '@weighbridge/shared-domain';
import type { z } from 'zod';

export interface KeptFacts<I> {
  /** The newest index. Throws `service.unavailable` while there have never been any facts. */
  readonly current: () => I;
  /** Fetches now. Resolves when that is over, also when it failed. */
  readonly refresh: () => Promise<void>;
  /** Whether the other service did not answer last: what is not in the facts may be there by now. */
  readonly behind: () => boolean;
  readonly close: () => void;
}

export interface KeepFactsOptions<S extends z.ZodType<{ revision: number }>, I> {
  readonly name: string;
  /** Of what is stored: it may be of an older release, and is then not used. */
  readonly schema: S;
  readonly load: () => Promise<z.output<S>>;
  readonly subscribe: RemoteFactsOptions<unknown>['subscribe'];
  readonly index: (facts: z.output<S>) => I;
  readonly store: FactsStore;
  readonly logger: Logger;
  readonly pollMs?: number;
}

/**
 * Facts of another service, fresh, indexed, and kept in our own database: a gateway that starts while the other service is
 * down goes on with what was known last (static stability).
 */
export async function keepFacts<S extends z.ZodType<{ revision: number }>, I>({ name, schema, load, subscribe, index, store, logger, pollMs }: KeepFactsOptions<S, I>): Promise<KeptFacts<I>> {
  const stored = schema.safeParse(await store.loadFacts(name));
  let indexed: { readonly revision: number; readonly index: I } | undefined;
  const use = (facts: z.output<S>) => {
    if (indexed?.revision === facts.revision) return false;
    indexed = { revision: facts.revision, index: index(facts) };
    return true;
  };
  if (stored.success) use(stored.data);
  let behind = true;
  const facts = await keepFresh<z.output<S>>({
    name,
    load: async () => {
      const loaded = await load().catch((error: unknown) => {
        behind = true;
        throw error;
      });
      behind = false;
      if (use(loaded)) await store.saveFacts(name, loaded.revision, loaded).catch((error: unknown) => logger.warn({ event: 'facts_not_saved', facts: name, err: error }));
      return loaded;
    },
    subscribe,
    logger,
    initial: stored.success ? stored.data : undefined,
    ...(pollMs === undefined ? {} : { pollMs }),
  });
  return {
    current: () => {
      if (indexed === undefined) throw new AppError('service.unavailable', `${name} could not be loaded yet`, { retryAfterSeconds: 1 });
      return indexed.index;
    },
    refresh: facts.refresh,
    behind: () => behind,
    close: facts.close,
  };
}
