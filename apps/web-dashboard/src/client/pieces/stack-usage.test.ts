import type { UsageRow } from '@weighbridge/cost-contracts';
import { describe, expect, test } from 'vitest';
import { stackUsage, versionSeries } from './stack-usage.ts';

const row = (start: string, model: string | null, costUsd: string): UsageRow => ({ start, group: { model }, events: 1, inputTokens: 1, cachedInputTokens: 0, outputTokens: 1, costUsd });
const options = { interval: 'day', from: '2026-03-01T10:00:00Z', to: '2026-03-04T00:00:00Z', seriesOf: versionSeries } as const;

describe('stackUsage', () => {
  test('a day without spend is there, and sums are exact', () => {
    const stacked = stackUsage([row('2026-03-01T00:00:00.000Z', 'a', '0.1'), row('2026-03-01T00:00:00.000Z', 'a', '0.2'), row('2026-03-03T00:00:00.000Z', 'a', '0.000000000001')], options);

    expect(stacked.categories).toEqual(['1 Mar', '2 Mar', '3 Mar']);
    expect(stacked.series).toEqual([{ name: 'a', values: ['0.3', '0', '0.000000000001'] }]);
  });

  test('the dearest come first, and the rest shares one series', () => {
    const rows = ['1', '5', '3', '2'].map((cost, index) => row('2026-03-02T00:00:00.000Z', `m${index}`, cost));

    const { series } = stackUsage(rows, { ...options, maxSeries: 3 });

    expect(series.map(({ name, values }) => [name, values[1]])).toEqual([['m1', '5'], ['m2', '3'], ['others', '3']]);
  });

  test('what belongs to none has a name too', () => {
    expect(stackUsage([row('2026-03-02T00:00:00.000Z', null, '1')], options).series[0]?.name).toBe('none');
  });

  test.each([
    { interval: 'hour' as const, from: '2026-03-01T22:30:00Z', to: '2026-03-02T01:00:00Z', categories: ['1 Mar, 22:00', '1 Mar, 23:00', '2 Mar, 00:00'] },
    { interval: 'month' as const, from: '2025-12-31T23:59:59Z', to: '2026-02-01T00:00:00Z', categories: ['Dec 2025', 'Jan 2026'] },
  ])('$interval: includes the start, excludes the end', ({ categories, ...range }) => {
    expect(stackUsage([], { ...options, ...range }).categories).toEqual(categories);
  });
});
