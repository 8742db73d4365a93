import type { ChannelDefinition } from '@weighbridge/shared-contracts';
import type { z } from 'zod';
import type { QueueHome } from '../queue/queue-home.ts';
import { openPostgresLive } from './postgres-live.ts';
import { openRedisLive } from './redis-live.ts';

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

export const createLiveChannel = (home: QueueHome): LiveChannel => (home.kind === 'redis' ? openRedisLive(home) : openPostgresLive(home));

export interface TypedChannel<M extends z.ZodType> {
  publish(message: z.input<M>): Promise<void>;
  /** A message that does not parse is dropped, and `onInvalid` called. */
  subscribe(handler: (message: z.output<M>) => void, onInvalid?: (error: z.ZodError) => void): Promise<Unsubscribe>;
}

/** One declared channel, or the part of it that `suffix` names (`gateway` with `gw_1` is `gateway.gw_1`). */
export function typedChannel<M extends z.ZodType>(live: LiveChannel, definition: ChannelDefinition<M>, suffix?: string): TypedChannel<M> {
  const channel = suffix === undefined ? definition.name : `${definition.name}.${suffix}`;
  return {
    publish: (message) => live.publish(channel, message),
    subscribe: (handler, onInvalid) =>
      live.subscribe(channel, (message) => {
        const parsed = definition.message.safeParse(message);
        if (parsed.success) handler(parsed.data);
        else onInvalid?.(parsed.error);
      }),
  };
}
