import { Cluster, Redis } from 'ioredis';
import type { ClusterNode, RedisOptions } from 'ioredis';

export type RedisClient = Redis | Cluster;

export const redisSchemes = ['redis:', 'rediss:', 'redis+cluster:', 'rediss+cluster:'] as const;

/**
 * What a command does while the server is away. `fail`: gives up after two reconnections, so that a caller who holds a request
 * hears of it. `never-twice`: is given up with its connection, since sending it again might do it again.
 * `forever`: waits; for consumers, whose only work is to wait.
 */
export type WhenAway = 'fail' | 'never-twice' | 'forever';

const maxRetries = { fail: 2, 'never-twice': 0, forever: null } as const satisfies Record<WhenAway, number | null>;

export interface RedisConnectionRequest {
  /** Shown by `CLIENT LIST`. */
  readonly connectionName: string;
  readonly whenAway: WhenAway;
  readonly onError: (error: Error) => void;
}

type NodeOptions = Pick<RedisOptions, 'connectionName' | 'maxRetriesPerRequest' | 'connectTimeout' | 'keepAlive'>;

/**
 * Opens one connection to the Redis or Redis Cluster of a queue URL:
 * `redis://[user:password@]host:port[/db]`, `rediss://…`, `redis+cluster://[user:password@]host:port,host:port…`.
 * Without auto pipelining: for each pipeline ioredis goes through all scripts of the connection, and BullMQ has a hundred. What comes in numbers
 * is gathered by its callers.
 */
export function connectRedis(url: string, request: RedisConnectionRequest): RedisClient {
  const options: NodeOptions = {
    connectionName: request.connectionName,
    maxRetriesPerRequest: maxRetries[request.whenAway],
    connectTimeout: 5_000,
    keepAlive: 10_000,
  };
  // Short, because `fail` counts reconnections: a caller waits for three of them at most.
  const retryStrategy = (times: number) => Math.min(50 * 2 ** Math.min(times, 6), 500);
  const client = url.includes('+cluster:')
    ? connectCluster(url, options, retryStrategy)
    : new Redis(url, { ...options, retryStrategy, reconnectOnError: (error) => error.message.startsWith('READONLY') });
  client.on('error', request.onError);
  return client;
}

function connectCluster(url: string, redisOptions: NodeOptions, clusterRetryStrategy: (times: number) => number): Cluster {
  const { nodes, ...login } = parseClusterUrl(url);
  return new Cluster(nodes, { clusterRetryStrategy, redisOptions: { ...redisOptions, ...login } });
}

/** The URL class cannot hold several hosts, so the cluster form is read by hand. Throws a TypeError on anything else. */
export function parseClusterUrl(url: string): { nodes: ClusterNode[]; username?: string; password?: string; tls?: object } {
  const match = /^redis(s?)\+cluster:\/\/(?:([^@/]*)@)?([^/?#]+)\/?$/.exec(url);
  if (!match) throw new TypeError('not a URL of a Redis Cluster: redis+cluster://[user:password@]host:port,host:port');
  const [, tls, login, hosts = ''] = match;
  const nodes = hosts.split(',').map((entry) => {
    const { hostname, port } = new URL(`redis://${entry}`);
    return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 6379) };
  });
  const [username = '', password = ''] = (login ?? '').split(':', 2).map(decodeURIComponent);
  return { nodes, ...(username && { username }), ...(password && { password }), ...(tls && { tls: {} }) };
}

/** Ends a connection politely when it is up, and at once when it is not: `quit` on a lost connection would wait for its return. */
export async function disconnectRedis(client: RedisClient): Promise<void> {
  if (client.status === 'ready') await client.quit().catch(() => client.disconnect());
  else client.disconnect();
}
