import { describe, expect, test } from 'vitest';
import { Instant, monthsBefore, periodKey } from './time.ts';

describe('Instant', () => {
  test.each(['2026-01-31T09:30:00Z', '2026-01-31T09:30:00.000Z', '2026-01-31T09:30:00.123456Z', '2028-02-29T00:00:00Z'])('%s is one', (text) => {
    expect(Instant.parse(text)).toBe(text);
    expect(Date.parse(text)).not.toBeNaN();
  });

  test.each(['2026-01-31', '2026-01-31T09:30:00', '2026-01-31T09:30:00+01:00', '2026-02-30T00:00:00Z', '2027-02-29T00:00:00Z', '2026-01-31T24:00:00Z', '2026-01-31 09:30:00Z', '1769851800', ''])(
    '%j is none',
    (text) => {
      expect(Instant.safeParse(text).success).toBe(false);
    },
  );
});

describe('periodKey', () => {
  test.each([
    { period: 'day', at: '2026-01-31T23:59:59.999Z', key: '2026-01-31' },
    { period: 'day', at: '2026-02-01T00:00:00.000Z', key: '2026-02-01' },
    { period: 'month', at: '2026-01-31T23:59:59.999Z', key: '2026-01' },
    { period: 'month', at: '2026-02-01T00:00:00.000Z', key: '2026-02' },
    { period: 'total', at: '2026-02-01T00:00:00.000Z', key: 'total' },
  ] as const)('$period of $at is $key, in UTC', ({ period, at, key }) => {
    expect(periodKey(period, new Date(at))).toBe(key);
  });
});

test.each([
  ['2026-01-31T23:59:59Z', 1, '2025-12'],
  ['2026-03-31T00:00:00Z', 1, '2026-02'],
  ['2026-11-24T00:00:00Z', 12, '2025-11'],
  ['2026-12-01T00:00:00Z', -1, '2027-01'],
  ['2026-12-01T00:00:00Z', 0, '2026-12'],
])('the month of %s less %d is %s', (at, months, expected) => {
  expect(monthsBefore(new Date(at), months)).toBe(expected);
});
