import { noTokens, parseUsd } from '@weighbridge/shared-domain';
import { describe, expect, test } from 'vitest';
import { RunSummary, createRunAccumulator, summariseRun } from './run-summary.ts';
import type { SampleOutcome } from './run-summary.ts';

const outcome = (fields: Partial<SampleOutcome>): SampleOutcome => ({ slice: null, score: 1, parsed: null, usage: noTokens, costPicoUsd: 0n, ...fields });
const times = (count: number, fields: Partial<SampleOutcome>) => Array.from({ length: count }, () => outcome(fields));

describe('summariseRun', () => {
  test('an empty run has no accuracy and no cost per correct answer', () => {
    expect(summariseRun([])).toEqual({
      total: 0,
      scored: 0,
      errors: 0,
      correct: 0,
      parseFailures: 0,
      accuracy: null,
      bySlice: [],
      tokens: noTokens,
      costUsd: '0',
      costPerCorrectUsd: null,
    });
  });

  test('the published run of abacus-base: 550 of 600 is 91.7% (89.2 to 93.6)', () => {
    const summary = summariseRun([...times(550, {}), ...times(50, { score: 0 })]);
    expect(summary).toMatchObject({ total: 600, scored: 600, errors: 0, correct: 550 });
    expect(summary.accuracy?.method).toBe('wilson');
    expect([summary.accuracy?.value, summary.accuracy?.low, summary.accuracy?.high].map((value) => (100 * (value ?? 0)).toFixed(1))).toEqual(['91.7', '89.2', '93.6']);
  });

  test('a failure of the instrument is counted, and in no denominator', () => {
    const summary = summariseRun([...times(17, {}), ...times(3, { score: 0 }), ...times(5, { score: null })]);
    expect(summary).toMatchObject({ total: 25, scored: 20, errors: 5, correct: 17 });
    expect(summary.accuracy?.low).toBeCloseTo(0.639581, 6);
    expect(summary.accuracy?.high).toBeCloseTo(0.947631, 6);
  });

  test('a missed format is a scored 0, and counted apart', () =>
    expect(summariseRun([outcome({}), outcome({ score: 0, parsed: false }), outcome({ score: 0, parsed: true })])).toMatchObject({ scored: 3, correct: 1, parseFailures: 1 }));

  test('slices come in the order of their names; samples without one are in the total only', () => {
    const summary = summariseRun([
      outcome({ slice: 'subtract' }),
      outcome({ slice: 'add' }),
      outcome({ slice: 'add', score: 0 }),
      outcome({ slice: 'subtract', score: null }),
      outcome({}),
    ]);
    expect(summary.bySlice.map(({ slice, total, scored, errors, correct }) => ({ slice, total, scored, errors, correct }))).toEqual([
      { slice: 'add', total: 2, scored: 2, errors: 0, correct: 1 },
      { slice: 'subtract', total: 2, scored: 1, errors: 1, correct: 1 },
    ]);
    expect(summary.total).toBe(5);
  });

  test('graded scores: their mean by t, and only a 1 is correct', () => {
    const summary = summariseRun([0.8, 0.65, 0.9, 1, 0.4, 0.75, 0.55, 0.85].map((score) => outcome({ score })));
    expect(summary.correct).toBe(1);
    expect(summary.accuracy).toMatchObject({ method: 'mean-t' });
    expect(summary.accuracy?.low).toBeCloseTo(0.573689, 6);
    expect(summary.accuracy?.high).toBeCloseTo(0.901311, 6);
  });

  test('an interval of graded scores stays within 0 and 1', () => expect(summariseRun([outcome({ score: 0.9 }), outcome({})]).accuracy?.high).toBe(1));

  test('graded scores that never vary are no certainty', () => {
    const { accuracy } = summariseRun(times(50, { score: 0.5 }));
    expect(accuracy).toMatchObject({ value: 0.5, method: 'constant' });
    expect(accuracy?.low).toBeCloseTo(0.5 * 0.025 ** (1 / 50), 12);
    expect(accuracy?.high).toBeCloseTo(1 - 0.5 * 0.025 ** (1 / 50), 12);
  });

  test('one graded score has no interval', () => expect(summariseRun([outcome({ score: 0.5 })]).accuracy).toBeNull());

  test('tokens and money add up exactly, failed samples included', () => {
    const usage = { inputTokens: 10, cachedInputTokens: 1, cacheWriteTokens: 2, outputTokens: 5, reasoningTokens: 3 };
    const summary = summariseRun([
      outcome({ usage, costPicoUsd: parseUsd('0.1') }),
      outcome({ usage, costPicoUsd: parseUsd('0.2'), score: 0 }),
      outcome({ usage, costPicoUsd: parseUsd('0.000000000001'), score: null }),
    ]);
    expect(summary.tokens).toEqual({ inputTokens: 30, cachedInputTokens: 3, cacheWriteTokens: 6, outputTokens: 15, reasoningTokens: 9 });
    expect(summary.costUsd).toBe('0.300000000001');
    expect(summary.costPerCorrectUsd?.value).toBe('0.300000000001');
  });

  test('the cost per correct answer of 850 in 1000 at $0.003', () => {
    const costPicoUsd = parseUsd('0.003');
    const { costPerCorrectUsd } = summariseRun([...times(850, { costPicoUsd }), ...times(150, { costPicoUsd, score: 0 })]);
    expect(costPerCorrectUsd?.value).toBe('0.003529411765');
    expect(Number(costPerCorrectUsd?.upperBound)).toBeCloseTo(0.003607, 6);
  });

  test('nothing correct: no cost per correct answer', () => expect(summariseRun(times(5, { score: 0, costPicoUsd: 7n })).costPerCorrectUsd).toBeNull());

  test('the summary is what its schema says', () => expect(RunSummary.parse(summariseRun(times(3, { slice: 'a', costPicoUsd: 5n }))).total).toBe(3));
});

describe('createRunAccumulator', () => {
  test('a summary asked in between does not change, nor disturb what follows', () => {
    const run = createRunAccumulator();
    run.add(outcome({ slice: 'a', usage: { ...noTokens, inputTokens: 4 } }));
    const early = run.finish();
    run.add(outcome({ slice: 'a', score: 0, usage: { ...noTokens, inputTokens: 4 } }));
    expect(early).toMatchObject({ total: 1, correct: 1, tokens: { inputTokens: 4 } });
    expect(run.finish()).toMatchObject({ total: 2, correct: 1, tokens: { inputTokens: 8 }, bySlice: [{ total: 2 }] });
    expect(run.finish()).toEqual(run.finish());
  });

  test('the order of the outcomes does not matter', () => {
    const outcomes = [...times(7, { slice: 'a', costPicoUsd: 3n }), ...times(5, { slice: 'b', score: 0, costPicoUsd: 4n }), ...times(2, { score: null })];
    expect(summariseRun(outcomes.toReversed())).toEqual(summariseRun(outcomes));
  });
});
