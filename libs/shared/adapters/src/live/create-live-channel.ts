import type { QueueHome } from '../queue/queue-home.ts';
import type { LiveChannel } from './live-channel.ts';
import { openPostgresLive } from './postgres-live.ts';
import { openRedisLive } from './redis-live.ts';

/** Connections are opened when first needed. Close it before the home. */
export const createLiveChannel = (home: QueueHome): LiveChannel => (home.kind === 'redis' ? openRedisLive(home) : openPostgresLive(home));
