import type { ChannelDefinition } from '@weighbridge/shared-contracts';
import type { z } from 'zod';
import type { LiveChannel, Unsubscribe } from './live-channel.ts';

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
