import type { z } from 'zod';

/** A live channel: messages reach whoever listens now, at most once. It wakes and streams; it is never the record of anything. */
export interface ChannelDefinition<M extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly message: M;
}

export type ChannelTable = Readonly<Record<string, ChannelDefinition>>;

export const defineChannels = <const T extends ChannelTable>(channels: T): T => channels;
