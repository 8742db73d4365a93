import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import type { QueueHome } from '../queue/queue-home.ts';
import { rateWindowTable } from './postgres-schema.ts';

export interface RateDecision {
  readonly allowed: boolean;
  /** Per minute. */
  readonly limit: number;
  /** What is left in this minute; 0 when refused. */
  readonly remaining: number;
  /** Until the minute of this key is over. */
  readonly resetMs: number;
}

export interface RateLimiter {
  /**
   * Counts one request (or `cost` units) of `key` against `limitPerMinute`, over all processes. The minute of a key begins with its
   * first request. Where the home is away, this process counts alone: a limit guards load, not money, so nobody is refused for that.
   * `key` has at most 200 characters; give different things (requests, tokens) different keys.
   */
  consume(key: string, limitPerMinute: number, cost?: number): Promise<RateDecision>;
}

/** Distinct limits in use at a time; each has a limiter of its own, and all share the counts. */
const maxLimits = 1_000;

export function createRateLimiter(home: QueueHome): RateLimiter {
  const limiters = new LRUCache<number, RateLimiterAbstract>({ max: maxLimits });
  const limiterOf = (limit: number) => {
    const known = limiters.get(limit);
    if (known) return known;
    const limiter = openLimiter(home, limit);
    limiters.set(limit, limiter);
    return limiter;
  };
  return {
    consume: async (key, limitPerMinute, cost = 1) => {
      const { allowed, state } = await consumed(limiterOf(limitPerMinute), key, cost);
      return { allowed, limit: limitPerMinute, remaining: allowed ? Math.max(state.remainingPoints, 0) : 0, resetMs: Math.max(state.msBeforeNext, 0) };
    },
  };
}

function openLimiter(home: QueueHome, limit: number): RateLimiterAbstract {
  const options = {
    keyPrefix: `${home.schema}.rate`,
    points: limit,
    duration: 60,
    // Who is over the limit is refused from memory until the minute is over, and costs the home nothing.
    inMemoryBlockOnConsumed: limit + 1,
    insuranceLimiter: new RateLimiterMemory({ points: limit, duration: 60 }),
  };
  if (home.kind === 'redis') return new RateLimiterRedis({ ...options, storeClient: home.redis, rejectIfRedisNotReady: true });
  return new RateLimiterPostgres({ ...options, storeClient: home.pool, storeType: 'pool', schemaName: home.schema, tableName: rateWindowTable, tableCreated: true });
}

/** The package rejects with the state where it refuses, and with an error where it fails. */
async function consumed(limiter: RateLimiterAbstract, key: string, cost: number): Promise<{ allowed: boolean; state: RateLimiterRes }> {
  try {
    return { allowed: true, state: await limiter.consume(key, cost) };
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return { allowed: false, state: refused };
    throw refused;
  }
}
