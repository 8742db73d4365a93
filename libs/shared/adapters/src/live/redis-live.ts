import { randomUUID } from 'node:crypto';
import type { RedisQueueHome } from '../queue/queue-home.ts';
import type { RedisClient } from '../queue/redis-connections.ts';
import type { LiveChannel } from './live-channel.ts';
import { Subscriptions } from './subscriptions.ts';

/** Redis publish/subscribe: one connection publishes and one listens, each opened when first needed. */
export function openRedisLive(home: RedisQueueHome): LiveChannel {
  const subscriptions = new Subscriptions(home.onError);
  const prefix = `${home.schema}.live.`;
  let publisher: RedisClient | undefined;
  let subscriber: RedisClient | undefined;
  const listening = () => (subscriber ??= listen(home, subscriptions, prefix));
  return {
    publish: async (channel, message) => {
      publisher ??= home.openConnection('publisher', 'never-twice');
      await publisher.publish(prefix + channel, JSON.stringify(message));
    },
    subscribe: async (channel, handler) => {
      const own = (message: unknown) => handler(message); // the same handler may subscribe twice
      subscriptions.add(channel, own);
      await listening().subscribe(prefix + channel);
      return async () => {
        if (subscriptions.remove(channel, own)) await listening().unsubscribe(prefix + channel);
      };
    },
    onReconnect: (listener) => subscriptions.onReconnect(listener),
    close: async () => {
      for (const client of [publisher, subscriber]) client?.disconnect();
    },
  };
}

function listen(home: RedisQueueHome, subscriptions: Subscriptions, prefix: string): RedisClient {
  const subscriber = home.openConnection('subscriber', 'forever');
  subscriber.on('message', (channel: string, json: string) => subscriptions.deliver(channel.slice(prefix.length), json));
  const fence = `${home.schema}.fence.${randomUUID()}`;
  let known = false;
  const back = () => {
    if (!known) return void (known = true);
    // The client subscribes again by itself; commands are answered in order, so this one's answer means that all others are back.
    void subscriber.subscribe(fence).then(() => subscriptions.reconnected(), home.onError);
  };
  subscriber.on(subscriber.isCluster ? '+subscriber' : 'ready', back);
  return subscriber;
}
