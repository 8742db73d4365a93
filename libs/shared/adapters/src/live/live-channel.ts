export type Unsubscribe = () => Promise<void>;
export type MessageHandler = (message: unknown) => void;

/**
 * Wakes and streams between processes: a message reaches whoever listens now, at most once, and messages of one publisher
 * on one channel arrive in their order. It is never the record of anything; after {@link onReconnect} some may be missing.
 */
export interface LiveChannel {
  /** `message` is anything that JSON can hold. Resolves once the server has it; rejects when the server is away. */
  publish(channel: string, message: unknown): Promise<void>;
  /** Resolves once the server delivers: what is published after that arrives. The handler must not throw; if it does, the home's `onError` hears of it. */
  subscribe(channel: string, handler: MessageHandler): Promise<Unsubscribe>;
  /** Calls after a lost listening connection is back with all its channels. Returns what ends that. */
  onReconnect(listener: () => void): () => void;
  close(): Promise<void>;
}
