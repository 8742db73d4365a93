import type { MessageHandler } from './live-channel.ts';

/** Who listens to which channel, and who wants to know of a reconnection: the same for every home. */
export class Subscriptions {
  readonly #handlers = new Map<string, Set<MessageHandler>>();
  readonly #reconnectListeners = new Set<() => void>();
  readonly #onError: (error: Error) => void;

  constructor(onError: (error: Error) => void) {
    this.#onError = onError;
  }

  get channels(): string[] {
    return [...this.#handlers.keys()];
  }

  /** True when it is the first of its channel. */
  add(channel: string, handler: MessageHandler): boolean {
    const handlers = this.#handlers.get(channel);
    if (handlers) handlers.add(handler);
    else this.#handlers.set(channel, new Set([handler]));
    return !handlers;
  }

  /** True when it was the last of its channel. */
  remove(channel: string, handler: MessageHandler): boolean {
    const handlers = this.#handlers.get(channel);
    return !!handlers?.delete(handler) && handlers.size === 0 && this.#handlers.delete(channel);
  }

  deliver(channel: string, json: string): void {
    const handlers = this.#handlers.get(channel);
    if (!handlers) return;
    const message: unknown = JSON.parse(json);
    for (const handler of handlers) this.#guarded(() => handler(message));
  }

  onReconnect(listener: () => void): () => void {
    this.#reconnectListeners.add(listener);
    return () => void this.#reconnectListeners.delete(listener);
  }

  reconnected(): void {
    for (const listener of this.#reconnectListeners) this.#guarded(listener);
  }

  /** One listener's fault must not keep the message from the others, nor end the connection. */
  #guarded(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#onError(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
