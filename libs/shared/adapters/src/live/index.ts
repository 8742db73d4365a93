export { createLiveChannel, typedChannel } from './live-channel.ts';
export type { LiveChannel, MessageHandler, TypedChannel, Unsubscribe } from './live-channel.ts';
