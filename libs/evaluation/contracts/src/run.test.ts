import { describe, expect, test } from 'vitest';
import { ComparisonRequest, NewRun, NewSuite } from './index.ts';

describe('a run', () => {
  test.each([
    { body: { model: 'abacus@mini' }, accepted: true },
    { body: { model: 'abacus:production' }, accepted: false },
    { body: { model: 'abacus' }, accepted: false },
    { body: { model: 'abacus@mini', limit: 0 }, accepted: false },
    { body: { model: 'abacus@mini', earlyStop: true }, accepted: false },
  ])('of $body: accepted $accepted', ({ body, accepted }) => {
    expect(NewRun.safeParse(body).success).toBe(accepted);
  });
});

describe('a suite', () => {
  const suite = { name: 'sums', dataset: { samples: [{ id: '1', input: { prompt: '1 + 1' }, target: '2' }] }, scorers: [{ kind: 'exact_match' }] };

  test.each([
    { what: 'with the least that it needs', change: {}, accepted: true },
    { what: 'without samples', change: { dataset: { samples: [] } }, accepted: false },
    { what: 'without a scorer', change: { scorers: [] }, accepted: false },
    { what: 'with a scorer that nobody has', change: { scorers: [{ kind: 'vibes' }] }, accepted: false },
    { what: 'with fields that nobody reads', change: { datset: {} }, accepted: false },
  ])('$what: accepted $accepted', ({ change, accepted }) => {
    expect(NewSuite.safeParse({ ...suite, ...change }).success).toBe(accepted);
  });
});

test('a comparison needs two runs and a margin above zero', () => {
  const run = `run_${'0'.repeat(32)}`;
  expect(ComparisonRequest.safeParse({ baseline: run, candidate: run, margin: 0.02 }).success).toBe(true);
  expect(ComparisonRequest.safeParse({ baseline: run, candidate: run, margin: 0 }).success).toBe(false);
  expect(ComparisonRequest.safeParse({ baseline: run }).success).toBe(false);
});
