import type { RedisQueueHome } from '../queue/queue-home.ts';
import type { DistinctCounts, DistinctCountsOptions } from './distinct-counts.ts';

/** One HyperLogLog for each series and period. All share a hash tag, so that they can be counted together on a cluster. */
export function openRedisCounts({ redis, schema }: RedisQueueHome, { name, keepDays }: DistinctCountsOptions): DistinctCounts {
  const tag = `{${schema}.${name}}`;
  const periodsKey = `${tag}:periods`;
  const seriesKey = (period: string) => `${tag}:${period}`;
  const sketchKey = (period: string, series: string) => `${tag}:${period}:${series}`;
  const keepSeconds = keepDays * 86_400;
  return {
    add: async (seen) => {
      if (seen.length === 0) return;
      const pipeline = redis.pipeline();
      for (const { period, series, members } of seen) {
        if (members.length === 0) continue;
        pipeline.pfadd(sketchKey(period, series), ...members);
        pipeline.expire(sketchKey(period, series), keepSeconds);
        pipeline.sadd(seriesKey(period), series);
        pipeline.expire(seriesKey(period), keepSeconds);
        pipeline.zadd(periodsKey, 0, period);
      }
      for (const [error] of (await pipeline.exec()) ?? []) if (error !== null) throw error;
    },
    list: async (period) => {
      const series = await redis.smembers(seriesKey(period));
      return new Map(await Promise.all(series.toSorted().map(async (one) => [one, await redis.pfcount(sketchKey(period, one))] as const)));
    },
    countTogether: async (period, series) => (series.length === 0 ? 0 : redis.pfcount(...(series.map((one) => sketchKey(period, one)) as [string]))),
    forgetBefore: async (period) => {
      const gone = await redis.zrange(periodsKey, '-', `(${period}`, 'BYLEX');
      for (const old of gone) {
        const sketches = (await redis.smembers(seriesKey(old))).map((series) => sketchKey(old, series));
        await redis.unlink(seriesKey(old), ...sketches);
        await redis.zrem(periodsKey, old);
      }
    },
  };
}
