import { z } from 'zod';
import { divide, findNumbers, parseDecimal, plainNumberText } from './number-token.ts';
import type { NumberToken, Rational } from './number-token.ts';
import { scoredFromExtract, suiteError, unparsed } from './score.ts';
import type { Scorer } from './scorer.ts';

/** 1 if the number found in the output equals the target within max(absTol, relTol·|target|), else 0. */
export const NumericAnswer = z.strictObject({
  kind: z.literal('numeric_answer'),
  /** Where the number is looked for: after the last `####`, in the last `\boxed{}`, the last in the text, or the first of these three that applies. */
  policy: z.enum(['auto', 'marker', 'boxed', 'last_number']).default('auto'),
  absTol: z.number().min(0).default(0),
  relTol: z.number().min(0).default(0),
  /** Whether `1/2` is one number. */
  fractions: z.boolean().default(true),
  /** `ignore`: 60% is 60; `fraction`: 60% is 0.6, in outputs and targets. */
  percent: z.enum(['ignore', 'fraction']).default('ignore'),
});
type NumericAnswer = z.infer<typeof NumericAnswer>;

/** The content of the last `\boxed{…}` whose braces balance; null when there is none. */
export function lastBoxed(text: string): string | null {
  const opening = '\\boxed{';
  for (let start = text.lastIndexOf(opening); start >= 0; start = start === 0 ? -1 : text.lastIndexOf(opening, start - 1)) {
    let depth = 1;
    for (let index = start + opening.length; index < text.length; index += 1) {
      const character = text.charAt(index);
      if (character === '{') depth += 1;
      else if (character === '}') depth -= 1;
      if (depth === 0) return text.slice(start + opening.length, index);
    }
  }
  return null;
}

function inMarker(text: string, spec: NumericAnswer): NumberToken | null {
  const marker = text.lastIndexOf('####');
  if (marker < 0) return null;
  const line = text.slice(marker + '####'.length).split('\n', 1)[0] ?? '';
  return findNumbers(line, spec)[0] ?? null;
}

const texFraction = /(-?)\\[dt]?frac\{(-?\d+)\}\{(0*[1-9]\d*)\}/;

function inBox(content: string, spec: NumericAnswer): NumberToken | null {
  const [text, sign, numerator = '', denominator = ''] = texFraction.exec(content) ?? [];
  const value = text === undefined ? null : parseDecimal(numerator);
  if (text === undefined || value === null || denominator.length > 400) return findNumbers(content, spec).at(-1) ?? null;
  const { numerator: above, denominator: below } = divide(value, BigInt(denominator));
  return { text, value: { numerator: sign === '-' ? -above : above, denominator: below } };
}

function findAnswer(text: string, spec: NumericAnswer): NumberToken | null {
  const plain = plainNumberText(text);
  const boxed = spec.policy === 'marker' || spec.policy === 'last_number' ? null : lastBoxed(plain);
  const last = () => findNumbers(plain, spec).at(-1) ?? null;
  switch (spec.policy) {
    case 'marker':
      return inMarker(plain, spec);
    case 'boxed':
      return boxed === null ? null : inBox(boxed, spec);
    case 'last_number':
      return last();
    case 'auto':
      return inMarker(plain, spec) ?? (boxed === null ? last() : inBox(boxed, spec));
  }
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

/** |x - r| <= absTol or |x - r| <= relTol·|r|, in whole numbers. */
function isWithin(x: Rational, r: Rational, absTol: Rational, relTol: Rational): boolean {
  const gap = magnitude(x.numerator * r.denominator - r.numerator * x.denominator);
  const scale = x.denominator * r.denominator;
  return gap * absTol.denominator <= absTol.numerator * scale || gap * relTol.denominator <= relTol.numerator * magnitude(r.numerator) * x.denominator;
}

const zero: Rational = { numerator: 0n, denominator: 1n };

/** A parameter as the decimal that was written: 0.01 is one hundredth. */
const tolerance = (value: number): Rational => parseDecimal(String(value)) ?? zero;

export const numericAnswer: Scorer<NumericAnswer> = {
  version: 1,
  score: (spec, { output, targets }) => {
    const expected = targets.map((target) => findAnswer(target, { ...spec, policy: 'auto' }));
    if (expected.includes(null)) return suiteError('bad_target');
    const answer = findAnswer(output, spec);
    if (answer === null) return unparsed();
    const [absTol, relTol] = [tolerance(spec.absTol), tolerance(spec.relTol)];
    const right = expected.some((target) => target !== null && isWithin(answer.value, target.value, absTol, relTol));
    return scoredFromExtract(right ? 1 : 0, answer.text);
  },
};
