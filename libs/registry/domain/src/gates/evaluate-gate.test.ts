import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { evaluateGate } from './evaluate-gate.ts';
import type { GateDecision, GateEvaluation, GateInput } from './evaluate-gate.ts';
import { GateConditions, GateResult } from './promotion-gate.ts';

const useCase = `uc_${'0'.repeat(32)}`;
const allow: GateDecision = { decision: 'allow', reasons: [] };

/** 550 of 600 right: the Wilson interval of the largest tiny model that comes with the product. */
const evaluation: GateEvaluation = {
  runId: 'run_1',
  accuracy: 550 / 600,
  intervalLow: 0.8919,
  intervalHigh: 0.9362,
  confidence: 0.95,
  correct: 550,
  total: 600,
  costUsd: '0.6',
  costPerCorrectUsd: '0.00109091',
};

function judge(conditions: Partial<z.input<typeof GateConditions>>, input: Partial<Omit<GateInput, 'conditions'>> = {}) {
  const result = evaluateGate({ conditions: GateConditions.parse({ useCase, suite: 'tiny-tasks', ...conditions }), decision: allow, evaluation, ...input });
  expect(GateResult.parse(result)).toEqual(result);
  return { result, outcome: (name: string) => result.conditions.find((condition) => condition.name === name) };
}

describe('evaluateGate: quality', () => {
  test.each([
    { minAccuracy: 0.85, outcome: 'pass', code: 'interval_above_minimum', passed: true },
    { minAccuracy: 0.8919, outcome: 'pass', code: 'interval_above_minimum', passed: true },
    { minAccuracy: 0.9, outcome: 'inconclusive', code: 'interval_includes_minimum', passed: false },
    { minAccuracy: 0.93, outcome: 'inconclusive', code: 'interval_includes_minimum', passed: false },
    { minAccuracy: 0.9362, outcome: 'inconclusive', code: 'interval_includes_minimum', passed: false },
    { minAccuracy: 0.94, outcome: 'fail', code: 'interval_below_minimum', passed: false },
  ])('91.7% (89.2 to 93.6) against a minimum of $minAccuracy: $outcome', ({ minAccuracy, outcome, code, passed }) => {
    const { result, outcome: of } = judge({ minAccuracy });

    expect(of('quality')).toMatchObject({ outcome, code });
    expect(result.passed).toBe(passed);
  });

  test('an undecided minimum says how many more samples would decide it', () => {
    const { outcome } = judge({ minAccuracy: 0.9 });

    // 600 samples leave 2.477 points below 91.667%; to leave 1.667 it takes (2.477 / 1.667)^2 = 2.208 times as many.
    expect(outcome('quality')?.evidence['furtherSamples']).toBe(725);
  });

  test.each([
    ['no finished run', {}, { evaluation: null }, 'nothing_measured'],
    ['neither minimum nor baseline', {}, {}, 'nothing_decided'],
    ['a share outside its own interval', { minAccuracy: 0.5 }, { evaluation: { ...evaluation, accuracy: 0.5 } }, 'not_comparable'],
    ['more right than asked', { minAccuracy: 0.5 }, { evaluation: { ...evaluation, correct: 601 } }, 'not_comparable'],
    ['an interval that is not a number', { minAccuracy: 0.5 }, { evaluation: { ...evaluation, intervalLow: Number.NaN } }, 'not_comparable'],
  ])('%s is inconclusive and does not promote', (_, conditions, input, code) => {
    const { result, outcome } = judge(conditions, input);

    expect(result).toMatchObject({ passed: false, outcome: 'inconclusive' });
    expect(outcome('quality')).toMatchObject({ outcome: 'inconclusive', code });
  });
});

describe('evaluateGate: licence', () => {
  const reasons = [{ code: 'non-commercial', license: 'CC-BY-NC-4.0', clause: '1(i)', version: 'x@1', via: [], message: 'not for commercial use' }];

  test.each([
    { decision: 'allow', outcome: 'pass' },
    { decision: 'allow_with_obligations', outcome: 'pass' },
    { decision: 'review', outcome: 'fail' },
    { decision: 'deny', outcome: 'fail' },
  ] as const)('$decision: $outcome, with the reasons as evidence', ({ decision, outcome }) => {
    const { result, outcome: of } = judge({ minAccuracy: 0.8 }, { decision: { decision, reasons } });

    expect(of('license')).toMatchObject({ outcome, evidence: { decision, reasons } });
    expect(result.passed).toBe(outcome === 'pass');
  });

  test.each([
    { decision: 'review', outcome: 'pass', code: 'license_review_approved' },
    { decision: 'deny', outcome: 'fail', code: 'license_deny' },
  ] as const)('an approval turns a review only: $decision is $outcome', ({ decision, outcome, code }) => {
    const approval = { id: 'apr_1', approvedBy: 'key_1', expiresAt: '2027-01-01T00:00:00.000Z' };
    const { outcome: of } = judge({ minAccuracy: 0.8 }, { decision: { decision, reasons }, approval });

    expect(of('license')).toMatchObject({ outcome, code, evidence: { decision, reasons, approval } });
  });

  test('one failure outweighs what is undecided', () => {
    const { result } = judge({}, { decision: { decision: 'deny', reasons }, evaluation: null });

    expect(result.outcome).toBe('fail');
  });
});

describe('evaluateGate: samples', () => {
  test.each([
    { minSamples: 600, unscored: 0, outcome: 'pass', code: 'enough_samples' },
    { minSamples: 601, unscored: 0, outcome: 'inconclusive', code: 'too_few_samples' },
    { minSamples: 100, unscored: 6, outcome: 'pass', code: 'enough_samples' },
    { minSamples: 100, unscored: 7, outcome: 'inconclusive', code: 'missing_could_flip' },
  ])('600 scored, $unscored not, $minSamples asked for: $outcome', ({ minSamples, unscored, outcome, code }) => {
    const { outcome: of } = judge({ minAccuracy: 0.8, minSamples }, { evaluation: { ...evaluation, unscored } });

    expect(of('samples')).toMatchObject({ outcome, code });
  });
});

describe('evaluateGate: cost per correct answer', () => {
  // $0.001 per sample over 89.19% to 93.62%: between $0.001068… and $0.001121…
  test.each([
    { max: '0.0012', outcome: 'pass', code: 'cost_within_limit' },
    { max: '0.0011', outcome: 'inconclusive', code: 'interval_includes_limit' },
    { max: '0.00106', outcome: 'fail', code: 'cost_above_limit' },
    { max: '0', outcome: 'fail', code: 'cost_above_limit' },
  ])('a limit of $$max: $outcome', ({ max, outcome, code }) => {
    const { outcome: of } = judge({ minAccuracy: 0.8, maxCostPerCorrectUsd: max });

    expect(of('cost')).toMatchObject({ outcome, code, evidence: { costPerCorrectUpperUsd: '0.001121201929' } });
  });

  test.each([
    ['an unknown price is not free', { ...evaluation, costUsd: null, costPerCorrectUsd: null }, 'inconclusive', 'cost_unknown'],
    ['a local model may cost nothing', { ...evaluation, costUsd: '0', costPerCorrectUsd: '0' }, 'pass', 'cost_within_limit'],
    ['nothing correct, so there is no upper end', { ...evaluation, accuracy: 0, intervalLow: 0, intervalHigh: 0.006, correct: 0, costPerCorrectUsd: null }, 'fail', 'cost_above_limit'],
  ])('%s', (_, run, outcome, code) => {
    const { outcome: of } = judge({ maxCostPerCorrectUsd: '0.01' }, { evaluation: run });

    expect(of('cost')).toMatchObject({ outcome, code });
  });

  test.each([
    { upper: '0.0012', low: '0.001', outcome: 'pass' },
    { upper: '0.001200000001', low: '0.001', outcome: 'inconclusive' },
    { upper: '0.002', low: '0.0012', outcome: 'inconclusive' },
    { upper: '0.002', low: '0.001200000001', outcome: 'fail' },
  ])('bounds that the run measured decide: $low to $upper against 0.0012 is $outcome', ({ low, upper, outcome }) => {
    const { outcome: of } = judge({ minAccuracy: 0.8, maxCostPerCorrectUsd: '0.0012' }, { evaluation: { ...evaluation, costPerCorrectBoundsUsd: { low, upper } } });

    expect(of('cost')?.outcome).toBe(outcome);
  });

  test('a pico-dollar too much in the whole run does not pass', () => {
    const run = { ...evaluation, accuracy: 1, intervalLow: 1, intervalHigh: 1, correct: 600 };

    expect(judge({ maxCostPerCorrectUsd: '0.001' }, { evaluation: { ...run, costUsd: '0.6' } }).outcome('cost')?.outcome).toBe('pass');
    expect(judge({ maxCostPerCorrectUsd: '0.001' }, { evaluation: { ...run, costUsd: '0.600000000001' } }).outcome('cost')?.outcome).toBe('inconclusive');
  });
});

describe('evaluateGate: not inferior to a baseline', () => {
  const comparison = { baselineRunId: 'run_0', confidence: 0.95, pairs: 1500 };
  const baseline = { model: 'abacus:production' };

  // The bounds are Tango's score bounds for the discordant pairs of the row.
  test.each([
    { row: '45 gains, 50 losses of 1500', difference: -0.003333, lowerBound: -0.014189, upperBound: 0.0075, outcome: 'pass', code: 'not_inferior' },
    { row: '60 gains, 80 losses of 1000', difference: -0.02, lowerBound: -0.039676, upperBound: -0.0005, outcome: 'inconclusive', code: 'interval_includes_margin' },
    { row: 'far worse', difference: -0.1, lowerBound: -0.12, upperBound: -0.08, outcome: 'fail', code: 'inferior' },
    { row: 'bounds the wrong way round', difference: 0, lowerBound: 0.1, upperBound: -0.1, outcome: 'inconclusive', code: 'not_comparable' },
  ])('$row with a margin of two points: $outcome', ({ difference, lowerBound, upperBound, outcome, code }) => {
    const { result, outcome: of } = judge({ baseline }, { comparison: { ...comparison, difference, lowerBound, upperBound } });

    expect(of('baseline')).toMatchObject({ outcome, code });
    expect(result.passed).toBe(outcome === 'pass');
  });

  test('what is missing on one side, and could flip the result, leaves it open', () => {
    const open = { ...comparison, difference: 0, lowerBound: -0.01, upperBound: 0.01, missingCouldFlip: true };

    expect(judge({ baseline }, { comparison: open }).outcome('baseline')).toMatchObject({ outcome: 'inconclusive', code: 'missing_could_flip' });
  });

  test('without a comparison nothing is decided', () => {
    expect(judge({ baseline, minAccuracy: 0.8 }).result).toMatchObject({ passed: false, outcome: 'inconclusive' });
  });
});
