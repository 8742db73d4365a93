import { describe, expect, test } from 'vitest';
import { createReport, dollars, percent } from './report.ts';

describe('the tour’s report', () => {
  test('keeps every expectation with its step, broken ones too', () => {
    const lines: string[] = [];
    const report = createReport((line) => lines.push(line));

    report.step('First');
    report.expect('water is wet', true);
    report.step('Second');
    report.expect('pigs fly', false);

    expect(report.checks()).toEqual([
      { step: 'First', what: 'water is wet', held: true },
      { step: 'Second', what: 'pigs fly', held: false },
    ]);
    expect(lines.join('\n')).toContain('2. Second');
  });

  test.each([
    ['0', '$0.000000'],
    ['12.5', '$12.500000'],
    ['0.0000014', '$0.000001'],
  ])('%s dollars are shown as %s, cut and not rounded up', (usd, shown) => {
    expect(dollars(usd)).toBe(shown);
  });

  test('shares are shown as percent with one place', () => {
    expect(percent(0.8816)).toBe('88.2 %');
  });
});
