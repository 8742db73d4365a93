import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { PostgresQueueHome } from '../queue/queue-home.ts';
import type { DistinctCounts, DistinctCountsOptions, SeenMembers } from './distinct-counts.ts';
import { registerTable } from './postgres-schema.ts';
import { estimateDistinct, placeOf, sketchPrecision } from './sketch.ts';

interface Register {
  readonly period: string;
  readonly series: string;
  readonly register: number;
  readonly rank: number;
}

const rowsAtATime = 5_000;
/** Sketches that this process remembers, of 16 KB each: most members change nothing, and then nothing is written. */
const remembered = 128;

const Ranks = z.array(z.object({ series: z.string(), rank: z.number(), registers: z.coerce.number() }));
const Merged = z.array(z.object({ rank: z.number(), registers: z.coerce.number() }));

/** One row for each register of each sketch, without any extension. Merging is taking the higher rank. */
export function openPostgresCounts({ pool }: PostgresQueueHome, { name }: DistinctCountsOptions): DistinctCounts {
  const known = new LRUCache<string, Uint8Array>({ max: remembered });
  const knownRanks = ({ period, series }: Pick<Register, 'period' | 'series'>): Uint8Array => {
    const key = `${period} ${series}`;
    const ranks = known.get(key) ?? new Uint8Array(2 ** sketchPrecision);
    known.set(key, ranks);
    return ranks;
  };
  return {
    add: async (seen) => {
      const higher = registersOf(seen).filter((one) => one.rank > (knownRanks(one)[one.register] ?? 0));
      for (let from = 0; from < higher.length; from += rowsAtATime) {
        const rows = higher.slice(from, from + rowsAtATime);
        // In one order everywhere, so that two processes never wait for each other.
        await pool.query(
          `insert into ${registerTable} as stored (name, period, series, register, rank)
           select $1, * from unnest($2::text[], $3::text[], $4::smallint[], $5::smallint[]) as seen (period, series, register, rank) order by 2, 3, 4
           on conflict (name, period, series, register) do update set rank = excluded.rank where excluded.rank > stored.rank`,
          [name, rows.map(({ period }) => period), rows.map(({ series }) => series), rows.map(({ register }) => register), rows.map(({ rank }) => rank)],
        );
        for (const row of rows) knownRanks(row)[row.register] = row.rank;
      }
    },
    list: async (period) => {
      const { rows } = await pool.query(`select series, rank, count(*) as registers from ${registerTable} where name = $1 and period = $2 group by series, rank order by series`, [name, period]);
      const sketches = Map.groupBy(Ranks.parse(rows), ({ series }) => series);
      return new Map([...sketches].map(([series, ranks]) => [series, estimateDistinct(new Map(ranks.map(({ rank, registers }) => [rank, registers])))]));
    },
    countTogether: async (period, series) => {
      const { rows } = await pool.query(
        `select rank, count(*) as registers from (select max(rank) as rank from ${registerTable} where name = $1 and period = $2 and series = any($3::text[]) group by register) as merged group by rank`,
        [name, period, series],
      );
      return estimateDistinct(new Map(Merged.parse(rows).map(({ rank, registers }) => [rank, registers])));
    },
    forgetBefore: async (period) => {
      await pool.query(`delete from ${registerTable} where name = $1 and period < $2`, [name, period]);
      known.clear();
    },
  };
}

/** The highest rank of each register that something falls into. */
function registersOf(seen: readonly SeenMembers[]): Register[] {
  const highest = new Map<string, Register>();
  for (const { period, series, members } of seen)
    for (const member of members) {
      const { register, rank } = placeOf(member);
      const key = `${period} ${series} ${register}`;
      if (rank > (highest.get(key)?.rank ?? 0)) highest.set(key, { period, series, register, rank });
    }
  return [...highest.values()];
}
