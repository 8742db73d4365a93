import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import type { PostgresQueueHome } from '../queue/queue-home.ts';
import type { MessageHandler } from './live-channel.ts';
import { PartAssembler } from './notify-parts.ts';
import { Subscriptions } from './subscriptions.ts';

/** Holds one session that listens. When it is lost, a new one takes over all channels. */
export class PostgresListener {
  readonly subscriptions: Subscriptions;
  readonly #home: PostgresQueueHome;
  readonly #listenName: (channel: string) => string;
  readonly #channelOf = new Map<string, string>();
  readonly #assembler = new PartAssembler();
  #session: Promise<pg.Client> | undefined;
  #lastStatement: Promise<void> = Promise.resolve();
  #known = false;
  #closed = false;

  constructor(home: PostgresQueueHome, listenName: (channel: string) => string) {
    this.#home = home;
    this.#listenName = listenName;
    this.subscriptions = new Subscriptions(home.onError);
  }

  async subscribe(channel: string, handler: MessageHandler): Promise<void> {
    const name = this.#listenName(channel);
    this.subscriptions.add(channel, handler);
    this.#channelOf.set(name, channel);
    for (;;) {
      const client = await this.#connected();
      try {
        return await this.#inTurn(client, `listen ${name}`);
      } catch (error) {
        if (this.#closed) throw error;
        this.#lost(client);
      }
    }
  }

  async unsubscribe(channel: string, handler: MessageHandler): Promise<void> {
    if (!this.subscriptions.remove(channel, handler) || this.#closed) return;
    const name = this.#listenName(channel);
    this.#channelOf.delete(name);
    const client = await this.#session;
    if (client) await this.#inTurn(client, `unlisten ${name}`).catch(() => this.#lost(client));
  }

  async close(): Promise<void> {
    this.#closed = true;
    const client = await this.#session?.catch(() => undefined);
    await client?.end().catch(() => {});
  }

  /** A session takes one statement at a time. */
  #inTurn(client: pg.Client, statement: string): Promise<void> {
    const done = this.#lastStatement.then(async () => void (await client.query(statement)));
    this.#lastStatement = done.catch(() => {});
    return done;
  }

  #connected(): Promise<pg.Client> {
    return (this.#session ??= this.#connect());
  }

  async #connect(): Promise<pg.Client> {
    for (let waitMs = 25; ; waitMs = Math.min(waitMs * 2, 2_000)) {
      if (this.#closed) throw new Error('the live channel is closed');
      const client = this.#home.openClient('listener');
      client.on('error', (error) => this.#lost(client, error));
      client.on('end', () => this.#lost(client));
      client.on('notification', ({ channel, payload }) => this.#receive(channel, payload ?? ''));
      try {
        await client.connect();
        if (this.#channelOf.size > 0) await client.query([...this.#channelOf.keys()].map((name) => `listen ${name}`).join(';'));
        if (this.#known) this.subscriptions.reconnected();
        this.#known = true;
        return client;
      } catch (error) {
        this.#home.onError(error instanceof Error ? error : new Error(String(error)));
        void client.end().catch(() => {});
      }
      await delay(waitMs);
    }
  }

  /** Both the error and the end of a session come here, and sessions that are replaced already. */
  #lost(client: pg.Client, error?: Error): void {
    if (this.#closed) return;
    if (error) this.#home.onError(error);
    const session = this.#session;
    const replace = (current: pg.Client) => {
      if (current !== client || this.#session !== session) return;
      this.#assembler.clear();
      this.#session = this.#connect();
      this.#session.catch(() => {}); // closed while reconnecting
      void client.end().catch(() => {});
    };
    session?.then(replace, () => {});
  }

  #receive(name: string, payload: string): void {
    const channel = this.#channelOf.get(name);
    if (channel === undefined) return;
    const json = this.#assembler.add(name, payload);
    if (json !== undefined) this.subscriptions.deliver(channel, json);
  }
}
