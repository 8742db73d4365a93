import { expect, test } from 'vitest';
import { spendRange } from './spend-range.ts';

const now = Date.parse('2026-03-10T12:34:56Z');

test.each([
  ['24h', '2026-03-09T13:00:00.000Z', '2026-03-10T13:00:00.000Z', 'hour'],
  ['7d', '2026-03-04T00:00:00.000Z', '2026-03-11T00:00:00.000Z', 'day'],
  ['30d', '2026-02-09T00:00:00.000Z', '2026-03-11T00:00:00.000Z', 'day'],
  ['12m', '2025-04-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z', 'month'],
] as const)('%s is whole intervals with the present one', (name, from, to, interval) => {
  expect(spendRange(name, now)).toEqual({ from, to, interval });
});
