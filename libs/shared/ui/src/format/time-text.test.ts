import { describe, expect, test } from 'vitest';
import { agoText, dayText, durationText } from './time-text.ts';

describe('agoText', () => {
  const now = Date.parse('2026-03-10T12:00:00Z');
  test.each([
    ['2026-03-10T11:59:55Z', 'just now'],
    ['2026-03-10T11:59:20Z', '40 sec. ago'],
    ['2026-03-10T11:57:00Z', '3 min. ago'],
    ['2026-03-10T10:00:00Z', '2 hr. ago'],
    ['2026-03-09T11:00:00Z', 'yesterday'],
    ['2026-01-01T12:00:00Z', '2 mo. ago'],
    ['2026-03-12T13:00:00Z', 'in 2 days'],
  ])('%s is %s', (instant, text) => {
    expect(agoText(instant, now)).toBe(text);
  });
});

describe('durationText', () => {
  test.each([
    [0, '0 ms'],
    [840.4, '840 ms'],
    [999.6, '1.0 s'],
    [3_240, '3.2 s'],
    [60_000, '1 min'],
    [245_000, '4 min 5 s'],
    [7_800_000, '2 h 10 min'],
    [273_600_000, '3 d 4 h'],
  ])('%d ms is %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});

test('a day is the same day everywhere', () => {
  expect(dayText('2024-12-26')).toBe('26 Dec 2024');
});
