import type { LlamaContext, LlamaContextSequence } from 'node-llama-cpp';

/**
 * The sequences of one context. Each holds one chat at a time; those that run at once are decoded in common batches.
 * A sequence is wiped before it is handed out, so no chat sees, or is sped up by, what another one left behind.
 */
export class SequencePool {
  readonly #free: LlamaContextSequence[];
  readonly #waiting: ((sequence: LlamaContextSequence) => void)[] = [];

  constructor(context: LlamaContext) {
    this.#free = Array.from({ length: context.totalSequences }, () => context.getSequence());
  }

  /** Runs `work` with a sequence, in order of arrival. Rejects with the signal's reason if it aborts before there is one. */
  async run<T>(signal: AbortSignal, work: (sequence: LlamaContextSequence) => Promise<T>): Promise<T> {
    const sequence = await this.#take(signal);
    try {
      await sequence.clearHistory();
      return await work(sequence);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free.push(sequence);
      else next(sequence);
    }
  }

  #take(signal: AbortSignal): Promise<LlamaContextSequence> {
    signal.throwIfAborted();
    const free = this.#free.pop();
    if (free !== undefined) return Promise.resolve(free);
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#waiting.splice(this.#waiting.indexOf(take), 1);
        reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      const take = (sequence: LlamaContextSequence) => {
        signal.removeEventListener('abort', onAbort);
        resolve(sequence);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(take);
    });
  }
}
