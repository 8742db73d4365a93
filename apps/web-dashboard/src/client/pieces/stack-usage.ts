import type { UsageRow } from '@weighbridge/cost-contracts';
import { formatUsd, parseUsd } from '@weighbridge/shared-domain';
import type { BarSeries } from '@weighbridge/shared-ui';

export type UsageInterval = 'hour' | 'day' | 'month';

type Group = UsageRow['group'];

interface StackOptions {
  readonly interval: UsageInterval;
  /** Includes this instant. */
  readonly from: string;
  /** Excludes this instant. */
  readonly to: string;
  /** The series that a row belongs to. */
  readonly seriesOf: (group: Group) => string;
  /** The dearest keep a series of their own; the others share one. */
  readonly maxSeries?: number;
}

export interface StackedUsage {
  readonly categories: readonly string[];
  readonly series: readonly BarSeries[];
}

/** Usage rows as stacked series: every interval of the range is there, also those in which nothing was spent; sums stay exact. */
export function stackUsage(rows: readonly UsageRow[], { interval, from, to, seriesOf, maxSeries = 7 }: StackOptions): StackedUsage {
  const starts = intervalStarts(interval, from, to);
  const positions = new Map(starts.map((start, index) => [start, index]));
  const costs = new Map<string, bigint[]>();
  for (const row of rows) {
    const position = row.start === null ? undefined : positions.get(startOf(interval, Date.parse(row.start)));
    if (position === undefined) continue;
    const value = seriesOf(row.group);
    const series = costs.get(value) ?? starts.map(() => 0n);
    series[position] = (series[position] ?? 0n) + parseUsd(row.costUsd);
    costs.set(value, series);
  }
  const total = (series: readonly bigint[]) => series.reduce((sum, amount) => sum + amount, 0n);
  const ranked = [...costs].sort(([, a], [, b]) => (total(b) > total(a) ? 1 : total(b) < total(a) ? -1 : 0));
  const named = ranked.slice(0, ranked.length > maxSeries ? maxSeries - 1 : maxSeries).map(([name, series]) => ({ name, values: series.map(formatUsd) }));
  const others = ranked.slice(named.length).map(([, series]) => series);
  return {
    categories: starts.map((start) => intervalLabel(interval, start)),
    series: others.length === 0 ? named : [...named, { name: 'others', values: starts.map((_, index) => formatUsd(others.reduce((sum, series) => sum + (series[index] ?? 0n), 0n))) }],
  };
}

const hourMs = 3_600_000;

function startOf(interval: UsageInterval, at: number): number {
  if (interval === 'hour') return at - (at % hourMs);
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), interval === 'day' ? date.getUTCDate() : 1);
}

function intervalStarts(interval: UsageInterval, from: string, to: string): number[] {
  const starts: number[] = [];
  for (let start = startOf(interval, Date.parse(from)); start < Date.parse(to) && starts.length < 1_000; ) {
    starts.push(start);
    const date = new Date(start);
    start = interval === 'hour' ? start + hourMs : Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + (interval === 'month' ? 1 : 0), interval === 'day' ? date.getUTCDate() + 1 : 1);
  }
  return starts;
}

const formats = {
  hour: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' }),
  day: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }),
  month: new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' }),
} as const;

const intervalLabel = (interval: UsageInterval, start: number): string => formats[interval].format(start);

/** `abacus@mini`: models are told apart by their versions, since those have the prices. */
export const versionSeries = (group: Group): string => (group['model'] == null ? 'none' : group['version'] == null ? group['model'] : `${group['model']}@${group['version']}`);
