import { describe, expect, test } from 'vitest';
import { circuitFailures, circuitPauseMs, decideDelivery, deliveryWaitsMs, retryAfterMs } from './webhook.ts';

const middle = { round: 1, random: 0.5 };

describe('what comes of a try', () => {
  test.each([
    { statusCode: 200, outcome: 'delivered' },
    { statusCode: 204, outcome: 'delivered' },
    { statusCode: 302, outcome: 'retry' },
    { statusCode: 400, outcome: 'retry' },
    { statusCode: 404, outcome: 'retry' },
    { statusCode: 410, outcome: 'gone' },
    { statusCode: 500, outcome: 'retry' },
    { statusCode: null, outcome: 'retry' },
  ])('$statusCode: $outcome', ({ statusCode, outcome }) => {
    expect(decideDelivery({ statusCode, retryAfterMs: null }, middle).outcome).toBe(outcome);
  });

  test('tries spread over more than a day and less than a day and a half, whatever chance does', () => {
    for (const random of [0, 0.5, 0.999]) {
      let total = 0;
      for (let round = 1; round <= deliveryWaitsMs.length; round += 1) {
        const decision = decideDelivery({ statusCode: 500, retryAfterMs: null }, { round, random });
        if (decision.outcome === 'retry') total += decision.delayMs;
      }
      expect(total / 3_600_000).toBeGreaterThan(21);
      expect(total / 3_600_000).toBeLessThan(36);
    }
    expect(decideDelivery({ statusCode: 500, retryAfterMs: null }, { round: deliveryWaitsMs.length + 1, random: 0 })).toEqual({ outcome: 'dead' });
  });

  test.each([
    { statusCode: 429, asked: 120_000, delayMs: 120_000 },
    { statusCode: 503, asked: 1_000, delayMs: 5_000 },
    { statusCode: 503, asked: 999_999_999, delayMs: 6 * 3_600_000 },
    { statusCode: 500, asked: 120_000, delayMs: 5_000 },
  ])('$statusCode asking for $asked ms waits $delayMs ms', ({ statusCode, asked, delayMs }) => {
    expect(decideDelivery({ statusCode, retryAfterMs: asked }, middle)).toEqual({ outcome: 'retry', delayMs });
  });
});

test('a receiver is left alone after five failures, for longer and longer, at most a quarter of an hour', () => {
  expect([1, circuitFailures - 1, circuitFailures, circuitFailures + 1, 60].map(circuitPauseMs)).toEqual([0, 0, 30_000, 60_000, 900_000]);
});

test.each([
  { header: undefined, ms: null },
  { header: '120', ms: 120_000 },
  { header: 'Thu, 01 Jan 1970 00:01:00 GMT', ms: 60_000 },
  { header: 'Thu, 01 Jan 1970 00:00:00 GMT', ms: 0 },
  { header: 'soon', ms: null },
])('Retry-After: $header', ({ header, ms }) => {
  expect(retryAfterMs(header, 0)).toBe(ms);
});
