import { describe, expect, test } from 'vitest';
import { exactMoneyText, moneyText } from './money-text.ts';

describe('moneyText', () => {
  test.each([
    ['0', '$0'],
    ['0.000000000000', '$0'],
    ['1', '$1.00'],
    ['12.5', '$12.50'],
    ['1234567.891', '$1,234,567.89'],
    ['999999999999999999.999999999999', '$999,999,999,999,999,999.99'],
    ['0.5', '$0.50'],
    ['0.1234', '$0.123'],
    ['0.0912', '$0.0912'],
    ['0.02', '$0.02'],
    ['0.000123456', '$0.000123'],
    ['0.00012', '$0.00012'],
    ['0.000000000001', '$0.000000000001'],
    ['0.999999', '$0.999'],
    ['-0.0005', '−$0.0005'],
    ['-1200.1', '−$1,200.10'],
  ])('%s is %s', (usd, text) => {
    expect(moneyText(usd)).toBe(text);
  });

  test('what is no amount is refused, not shown', () => {
    expect(() => moneyText('1e-7')).toThrow(RangeError);
  });
});

describe('exactMoneyText', () => {
  test.each([
    ['0.000123456789', '$0.000123456789'],
    ['1234.5', '$1,234.5'],
    ['-7', '−$7'],
  ])('%s is %s', (usd, text) => {
    expect(exactMoneyText(usd)).toBe(text);
  });
});
