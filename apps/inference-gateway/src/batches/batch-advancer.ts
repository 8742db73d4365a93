import type { BatchId } from '@weighbridge/shared-domain';

export interface BatchAdvancer {
  /** Advances the batch, or makes whoever does so in this process look once more afterwards. */
  readonly advance: (id: BatchId) => Promise<void>;
  readonly idle: () => Promise<void>;
}

/** Wake-ups come often; in one process a batch is advanced once at a time, and a wake-up that comes meanwhile is not lost. */
export function createBatchAdvancer(advance: (id: BatchId) => Promise<void>): BatchAdvancer {
  const running = new Map<BatchId, { again: boolean; done: Promise<void> }>();
  const run = async (id: BatchId, state: { again: boolean }) => {
    try {
      do {
        state.again = false;
        await advance(id);
      } while (state.again);
    } finally {
      running.delete(id);
    }
  };
  return {
    advance: (id) => {
      const known = running.get(id);
      if (known !== undefined) {
        known.again = true;
        return known.done;
      }
      const state = { again: false, done: Promise.resolve() };
      running.set(id, state);
      state.done = run(id, state);
      return state.done;
    },
    idle: async () => void (await Promise.allSettled([...running.values()].map(({ done }) => done))),
  };
}
