import { Queue, Worker } from 'bullmq';
import type { BackendFactory, ConnectionOptions, Processor, QueueOptions, WorkerOptions } from 'bullmq';
import pg from 'pg';
import { connectRedis, disconnectRedis, redisSchemes } from './redis-connections.ts';
import type { RedisClient, WhenAway } from './redis-connections.ts';
import { SharedPostgresBackend, SharedPostgresConnection } from './shared-postgres-connection.ts';

export interface QueueHomeOptions {
  /** Who connects, e.g. `inference-gateway`: shown by the server's list of connections. */
  readonly name: string;
  /** PostgreSQL schema, and part of every key in Redis. Default `queue`. */
  readonly schema?: string;
  /** Most connections of the PostgreSQL pool, without the listening ones. Default 8. */
  readonly poolSize?: number;
  /** Hears of lost connections. They come back by themselves; commands meanwhile fail or wait. */
  readonly onError?: (error: Error) => void;
}

interface HomeBase {
  readonly name: string;
  readonly schema: string;
  /** Hears of errors that no caller waits for. */
  readonly onError: (error: Error) => void;
  /** Resolves when the server answers, rejects when it does not. */
  ping(): Promise<void>;
  /** Ends all connections. Whatever uses the home must be closed before. */
  close(): Promise<void>;
}

export interface RedisQueueHome extends HomeBase {
  readonly kind: 'redis';
  /** For producers, holds and limits: fails soon when the server is away. */
  readonly redis: RedisClient;
  /** For consumers: waits for the server to come back. Opened on first use. */
  readonly consumerRedis: () => RedisClient;
  /** Opens one more connection, ended with the home. */
  readonly openConnection: (purpose: string, whenAway: WhenAway) => RedisClient;
}

export interface PostgresQueueHome extends HomeBase {
  readonly kind: 'postgres';
  readonly pool: pg.Pool;
  readonly connection: SharedPostgresConnection;
  /** Opens one more session outside the pool; the caller ends it. */
  readonly openClient: (purpose: string) => pg.Client;
}

/** Where queues, live channels, budget holds and rate limits live: a Redis, a Redis Cluster or a PostgreSQL. */
export type QueueHome = RedisQueueHome | PostgresQueueHome;

/**
 * Opens the home that the scheme of `url` names. Nothing is sent yet: `ping` tells whether it is there.
 * Throws a TypeError for any other scheme. PostgreSQL must have been prepared by `migrateQueueHome`.
 */
export function openQueueHome(url: string, options: QueueHomeOptions): QueueHome {
  if (isPostgresUrl(url)) return openPostgresHome(url, options);
  if (redisSchemes.some((scheme) => url.startsWith(scheme))) return openRedisHome(url, options);
  throw new TypeError(`a queue lives in redis://, rediss://, redis+cluster:// or postgres://, not in ${url.split(':', 1)[0]}://`);
}

export const isPostgresUrl = (url: string): boolean => /^postgres(ql)?:\/\//.test(url);

function openRedisHome(url: string, { name, schema = 'queue', onError = () => {} }: QueueHomeOptions): RedisQueueHome {
  const open: RedisClient[] = [];
  const connect = (purpose: string, whenAway: WhenAway) => {
    const client = connectRedis(url, { connectionName: `${name}.${purpose}`, whenAway, onError });
    open.push(client);
    return client;
  };
  const redis = connect('calls', 'fail');
  let consumerRedis: RedisClient | undefined;
  return {
    kind: 'redis',
    name,
    schema,
    onError,
    redis,
    consumerRedis: () => (consumerRedis ??= connect('consumers', 'forever')),
    openConnection: connect,
    ping: async () => void (await redis.ping()),
    close: async () => void (await Promise.all(open.map(disconnectRedis))),
  };
}

function openPostgresHome(url: string, { name, schema = 'queue', poolSize = 8, onError = () => {} }: QueueHomeOptions): PostgresQueueHome {
  const config = (purpose: string): pg.ClientConfig => ({
    connectionString: url,
    application_name: `${name}.${purpose}`,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // A queue promises no more than Redis with AOF every second; what must outlive a power cut (holds) turns it on for its own commit.
    options: `-c search_path=${schema} -c synchronous_commit=off`,
  });
  // One slot more for BullMQ's listening connection, which is taken from the pool and kept.
  const pool = new pg.Pool({ ...config('calls'), max: poolSize + 1 });
  pool.on('error', onError);
  const connection = new SharedPostgresConnection(pool, schema);
  let closed: Promise<void> | undefined;
  return {
    kind: 'postgres',
    name,
    schema,
    onError,
    pool,
    connection,
    openClient: (purpose) => new pg.Client(config(purpose)),
    ping: async () => void (await pool.query('select 1')),
    close: () => (closed ??= connection.closeShared().then(() => pool.end())),
  };
}

/** Each queue has a hash tag of its own: its keys share a slot, and the queues spread over the nodes of a cluster. */
const redisPrefix = (home: RedisQueueHome, queueName: string) => `{${home.schema}.${queueName}}`;

const postgresFactory =
  (home: PostgresQueueHome) =>
  (...[name, options]: Parameters<BackendFactory>) =>
    new SharedPostgresBackend(home.connection, name, options as never);

/** The BullMQ queue of that name in this home. BullMQ's types name the Redis backend; only what both backends share may be used. */
export function openBullQueue(home: QueueHome, queueName: string, options: Omit<QueueOptions, 'connection' | 'prefix'> = {}): Queue {
  if (home.kind === 'redis')
    return new Queue(queueName, { ...options, connection: home.redis as ConnectionOptions, prefix: redisPrefix(home, queueName), skipWaitingForReady: true });
  return new Queue(queueName, { ...options, connection: home.pool } as never, postgresFactory(home) as never);
}

/** Like {@link openBullQueue}, for the consuming side. */
export function openBullWorker(home: QueueHome, queueName: string, processor: Processor, options: Omit<WorkerOptions, 'connection' | 'prefix'>): Worker {
  if (home.kind === 'redis')
    return new Worker(queueName, processor, { ...options, connection: home.consumerRedis() as ConnectionOptions, prefix: redisPrefix(home, queueName) });
  return new Worker(queueName, processor, { ...options, connection: home.pool } as never, postgresFactory(home) as never);
}
