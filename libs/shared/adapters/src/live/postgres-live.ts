import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { PostgresQueueHome } from '../queue/queue-home.ts';
import type { LiveChannel } from './live-channel.ts';
import { PostgresListener } from './postgres-listener.ts';
import { toParts } from './notify-parts.ts';

/** Payloads of one query at most, so that a burst does not become one huge statement. */
const maxGroup = 500;

/** LISTEN/NOTIFY: messages of one turn of the event loop go in one query; one connection listens, opened when first needed. */
export function openPostgresLive(home: PostgresQueueHome): LiveChannel {
  // A channel is an identifier of at most 63 bytes, so any name becomes its digest.
  const listenName = (channel: string) => `live_${createHash('sha256').update(`${home.schema} ${channel}`).digest('hex').slice(0, 40)}`;
  const publisher = new Publisher(home.pool);
  const listener = new PostgresListener(home, listenName);
  return {
    publish: (channel, message) => publisher.publish(listenName(channel), JSON.stringify(message)),
    subscribe: async (channel, handler) => {
      const own = (message: unknown) => handler(message); // the same handler may subscribe twice
      await listener.subscribe(channel, own);
      return () => listener.unsubscribe(channel, own);
    },
    onReconnect: (callback) => listener.subscriptions.onReconnect(callback),
    close: () => listener.close(),
  };
}

interface Outgoing {
  readonly channel: string;
  readonly parts: readonly string[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** One query at a time keeps the order; whatever comes meanwhile makes the next group. */
class Publisher {
  readonly #id = randomBytes(6).toString('hex');
  readonly #pool: pg.Pool;
  #sequence = 0;
  #waiting: Outgoing[] = [];
  #running = false;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  publish(channel: string, json: string): Promise<void> {
    const parts = toParts(this.#id, this.#sequence++, json);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ channel, parts, resolve, reject });
      if (this.#running) return;
      this.#running = true;
      setImmediate(() => void this.#run());
    });
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) await this.#send(this.#nextGroup());
    this.#running = false;
  }

  #nextGroup(): Outgoing[] {
    let payloads = 0;
    const end = this.#waiting.findIndex(({ parts }, index) => (payloads += parts.length) > maxGroup && index > 0);
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }

  async #send(group: readonly Outgoing[]): Promise<void> {
    const channels = group.flatMap(({ channel, parts }) => parts.map(() => channel));
    const payloads = group.flatMap(({ parts }) => parts);
    try {
      await this.#pool.query({
        name: 'live_publish',
        text: 'select pg_notify(channel, payload) from unnest($1::text[], $2::text[]) as message(channel, payload)',
        values: [channels, payloads],
      });
      for (const { resolve } of group) resolve();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
