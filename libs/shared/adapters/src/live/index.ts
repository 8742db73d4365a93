export { createLiveChannel } from './create-live-channel.ts';
export type { LiveChannel, MessageHandler, Unsubscribe } from './live-channel.ts';
export { typedChannel } from './typed-channel.ts';
export type { TypedChannel } from './typed-channel.ts';
