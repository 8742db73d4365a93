import { z } from 'zod';
import { scoredFromExtract, suiteError, unparsed } from './score.ts';
import type { Scorer } from './scorer.ts';

/** 1 if the JSON value in the output deeply equals the target's (key order free, array order counts, 2.0 is 2), else 0. */
export const JsonEqual = z.strictObject({
  kind: z.literal('json_equal'),
  /** `strict`: the whole output; `fenced`: the last fenced block, else the whole output; `first_value`: the first object or array in the text. */
  policy: z.enum(['strict', 'fenced', 'first_value']).default('strict'),
});
type JsonEqual = z.infer<typeof JsonEqual>;

/** A JSON value in one spelling: keys sorted, numbers as digits and exponent, so that equal values are equal strings. */
interface Canonical {
  readonly source: string;
  readonly canonical: string;
}

/** `2.0`, `2` and `20e-1` are one number; exact beyond what a double holds. */
function canonicalNumber(source: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(source) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${sign}${significant}e${BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length)}`;
}

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

/** Children are made canonical before their parent sees them, so every value that arrives here is built of strings already. */
const toCanonical: Reviver = (_key, value, { source }) => {
  if (typeof value === 'number') return canonicalNumber(source ?? String(value));
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.join(',')}]`;
  if (value === null || typeof value === 'boolean') return String(value);
  const entries = Object.entries(value as Record<string, string>).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, canonical]) => `${JSON.stringify(name)}:${canonical}`).join(',')}}`;
};

/** Null when the text is not one JSON value, or nests too deep to be read. */
function readJson(text: string): Canonical | null {
  try {
    return { source: text, canonical: String(JSON.parse(text, toCanonical as (key: string, value: unknown) => unknown)) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}

/** The content between the last pair of lines that open and close a fence; null when no fence is closed. */
function lastFencedBlock(text: string): string | null {
  const lines = text.split('\n');
  let opening = -1;
  let block: string | null = null;
  lines.forEach((line, index) => {
    const mark = line.trim();
    if (opening < 0) opening = mark.startsWith('```') ? index : -1;
    else if (mark === '```') {
      block = lines.slice(opening + 1, index).join('\n');
      opening = -1;
    }
  });
  return block;
}

const readFenced = (text: string): Canonical | null => readJson(lastFencedBlock(text) ?? text);

/** Beyond this many openings that lead nowhere the text is taken not to hold a value. */
const MAX_OPENINGS = 100;

/** Where the object or array that opens at `start` closes, brackets inside strings aside; -1 if it does not. */
function closingBracket(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let index = start; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (inString) {
      if (character === '\\') index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return index;
    }
  }
  return -1;
}

function readFirstValue(text: string): Canonical | null {
  let start = text.search(/[{[]/);
  for (let tries = 0; start >= 0 && tries < MAX_OPENINGS; tries += 1) {
    const end = closingBracket(text, start);
    const value = end < 0 ? null : readJson(text.slice(start, end + 1));
    if (value !== null) return value;
    const next = text.slice(start + 1).search(/[{[]/);
    start = next < 0 ? -1 : start + 1 + next;
  }
  return null;
}

const readers: Record<JsonEqual['policy'], (text: string) => Canonical | null> = { strict: readJson, fenced: readFenced, first_value: readFirstValue };

export const jsonEqual: Scorer<JsonEqual> = {
  version: 1,
  score: ({ policy }, { output, targets }) => {
    const expected = targets.map(readJson);
    if (expected.includes(null)) return suiteError('bad_target');
    const value = readers[policy](output);
    if (value === null) return unparsed();
    return scoredFromExtract(expected.some((target) => target?.canonical === value.canonical) ? 1 : 0, value.source);
  },
};
