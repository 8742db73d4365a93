import { describe, expect, test } from 'vitest';
import { SignedUsdAmount, UsdAmount, formatUsd, parseUsd, sumUsd } from './money.ts';

describe('parseUsd and formatUsd', () => {
  test.each([
    { text: '0', pico: 0n },
    { text: '1', pico: 1_000_000_000_000n },
    { text: '0.0005', pico: 500_000_000n },
    { text: '0.000000000001', pico: 1n },
    { text: '-0.000000000001', pico: -1n },
    { text: '-12.5', pico: -12_500_000_000_000n },
    { text: '1234567.000000000089', pico: 1_234_567_000_000_000_089n },
    { text: '999999999999999999.999999999999', pico: 999_999_999_999_999_999_999_999_999_999n },
    { text: '-999999999999999999.999999999999', pico: -999_999_999_999_999_999_999_999_999_999n },
  ])('$text USD is $pico pico-USD, there and back', ({ text, pico }) => {
    expect(parseUsd(text)).toBe(pico);
    expect(formatUsd(pico)).toBe(text);
  });

  test.each([
    { text: '1.10', shortest: '1.1' },
    { text: '007', shortest: '7' },
    { text: '0.000000000000', shortest: '0' },
    { text: '-0', shortest: '0' },
    { text: '-0.00', shortest: '0' },
  ])('$text is written $shortest', ({ text, shortest }) => {
    expect(formatUsd(parseUsd(text))).toBe(shortest);
  });

  test.each(['', ' ', '1e3', '1,5', '.5', '5.', '+1', '--1', '0x10', '1 ', 'NaN', '0.0000000000001', '1234567890123456789', '١'])('%j is not an amount', (text) => {
    expect(() => parseUsd(text)).toThrow(RangeError);
    expect(SignedUsdAmount.safeParse(text).success).toBe(false);
    expect(UsdAmount.safeParse(text).success).toBe(false);
  });

  test('every amount of a spread over 60 binary orders of magnitude survives the way there and back', () => {
    for (let bits = 0n; bits < 60n; bits += 1n) {
      for (const pico of [(1n << bits) - 1n, 1n << bits, -((1n << bits) + 1n)]) expect(parseUsd(formatUsd(pico))).toBe(pico);
    }
  });
});

describe('schemas', () => {
  test('a plain amount is not negative, a signed one may be', () => {
    expect(UsdAmount.safeParse('-1').success).toBe(false);
    expect(SignedUsdAmount.parse('-1')).toBe('-1');
  });

  test('an amount is a string on the wire, never a number', () => {
    expect(UsdAmount.safeParse(1).success).toBe(false);
  });
});

describe('sumUsd', () => {
  test('of nothing is zero', () => {
    expect(sumUsd([])).toBe(0n);
  });

  test('is exact where binary floating point is not', () => {
    expect(formatUsd(sumUsd(['0.1', '0.2', '9007199254740993', '-0.3'].map(parseUsd)))).toBe('9007199254740993');
  });
});
