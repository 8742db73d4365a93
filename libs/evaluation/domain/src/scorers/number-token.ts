/** A fraction in whole numbers; the denominator is above 0. Exact, so that 10.00 is 10 and 1234567 is not 1234568. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export interface NumberToken {
  readonly text: string;
  readonly value: Rational;
}

export interface NumberSyntax {
  readonly fractions: boolean;
  readonly percent: 'ignore' | 'fraction';
}

/** Longer digits or larger exponents are no answer, and would only cost time and memory. */
const MAX_DIGITS = 400;
const MAX_EXPONENT = 400;

/** The spellings of minus, space and digit that models use, in ASCII; TeX's escapes and emphasis gone. No NFKC: it would make 10² into 102. */
export const plainNumberText = (text: string): string =>
  text
    .replace(/[\u2212\u2013\uFF0D]/g, '-')
    .replace(/[\u00A0\u202F\u2009]/g, ' ')
    .replace(/[\uFF10-\uFF19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xff10 + 0x30))
    .replace(/\{,\}/g, ',')
    .replace(/\\([$%])/g, '$1')
    .replace(/\\[,!]|[*`]/g, '');

/** A decimal with optional grouping commas and exponent; null when it is too large to be an answer. */
export function parseDecimal(text: string): Rational | null {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = /^(-?)([\d,]*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = whole.replaceAll(',', '') + fraction;
  const power = Number(exponent) - fraction.length;
  if (digits === '' || digits.length > MAX_DIGITS || Math.abs(power) > MAX_EXPONENT + MAX_DIGITS) return null;
  const magnitude = BigInt(digits) * (power > 0 ? 10n ** BigInt(power) : 1n);
  return { numerator: sign === '-' ? -magnitude : magnitude, denominator: power < 0 ? 10n ** BigInt(-power) : 1n };
}

export const divide = (value: Rational, divisor: bigint): Rational => ({ numerator: value.numerator, denominator: value.denominator * divisor });

const tokenPattern = /(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:[eE][+-]?\d+(?![\p{L}\p{N}]))?|\.\d+(?:[eE][+-]?\d+(?![\p{L}\p{N}]))?/gu;
/** What follows the numerator of a fraction: a plain whole number that is not 0 and not a link of a longer chain, as in a date. */
const denominatorPattern = /\/(0*[1-9]\d*)(?![\d/]|\.\d|,\d{3}|[eE][+-]?\d)/y;
const currency = /[$€£¥]/;
const letterOrUnderscore = /[\p{L}_]$/u;
const noSignAfter = /[\p{L}\p{N})\]%]$/u;

/** Where the token begins once its currency sign and its sign are taken in, and whether it is negative. */
function signOf(text: string, start: number): { readonly begin: number; readonly negative: boolean } {
  let begin = start;
  const takeCurrency = () => {
    if (begin > 0 && currency.test(text.charAt(begin - 1))) begin -= 1;
  };
  takeCurrency();
  const sign = text.charAt(begin - 1);
  // Two code units, so that the character before the sign is whole when it is outside the BMP.
  if ((sign !== '-' && sign !== '+') || begin === 0 || noSignAfter.test(text.slice(Math.max(0, begin - 3), begin - 1))) return { begin, negative: false };
  const beforeSign = begin;
  begin -= 1;
  if (beforeSign === start) takeCurrency();
  return { begin, negative: sign === '-' };
}

/** All numbers of the text, from left to right. Digits glued to a letter on their left are an identifier and no number. */
export function findNumbers(text: string, { fractions, percent }: NumberSyntax): NumberToken[] {
  const found: NumberToken[] = [];
  const pattern = new RegExp(tokenPattern);
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const start = match.index;
    if (letterOrUnderscore.test(text.slice(Math.max(0, start - 2), start))) continue;
    const { begin, negative } = signOf(text, start);
    let end = start + match[0].length;
    let value = parseDecimal(match[0]);
    if (fractions && text.charAt(begin - 1) !== '/') {
      denominatorPattern.lastIndex = end;
      const denominator = denominatorPattern.exec(text)?.[1];
      if (value !== null && denominator !== undefined && denominator.length <= MAX_DIGITS) {
        value = divide(value, BigInt(denominator));
        end += 1 + denominator.length;
        pattern.lastIndex = end;
      }
    }
    if (value === null) continue;
    if (text.charAt(end) === '%') {
      end += 1;
      if (percent === 'fraction') value = divide(value, 100n);
    }
    found.push({ text: text.slice(begin, end), value: negative ? { ...value, numerator: -value.numerator } : value });
  }
  return found;
}
