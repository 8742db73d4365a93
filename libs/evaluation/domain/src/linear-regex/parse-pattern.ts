import { complementOf, ignoringCase, posixSets, propertySet, rangeSet, shorthandSets, unionOf } from './character-set.ts';
import type { CharacterSet } from './character-set.ts';

export type Assertion = 'text_start' | 'text_end' | 'line_start' | 'line_end' | 'word_edge' | 'no_word_edge';

export type PatternNode =
  | { readonly kind: 'empty' }
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'assert'; readonly assertion: Assertion }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly node: PatternNode; readonly min: number; readonly max: number; readonly greedy: boolean }
  | { readonly kind: 'group'; readonly node: PatternNode; readonly index: number };

export interface PatternFlags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
}

/** RE2's own limit. */
const MAX_REPEAT = 1_000;

const controlCharacters: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** Reads RE2 syntax: no look-around, no back-references. Throws a SyntaxError that says what is wrong, and where. */
export function parsePattern(pattern: string, flags: PatternFlags): { readonly node: PatternNode; readonly groups: number } {
  let position = 0;
  let groups = 0;

  const fail = (what: string, at = position): never => {
    throw new SyntaxError(`${what} at character ${at + 1}`);
  };
  const rest = (): string => pattern.slice(position);
  const take = (text: string): boolean => {
    if (!pattern.startsWith(text, position)) return false;
    position += text.length;
    return true;
  };
  const takeMatch = (expression: RegExp): RegExpExecArray | null => {
    const match = expression.exec(rest());
    if (match !== null) position += match[0].length;
    return match;
  };
  const takeCodePoint = (): number => {
    const codePoint = pattern.codePointAt(position) ?? fail('the pattern ends too early');
    position += codePoint > 0xffff ? 2 : 1;
    return codePoint;
  };
  const cased = (set: CharacterSet): PatternNode => ({ kind: 'set', set: flags.ignoreCase ? ignoringCase(set) : set });

  /** What follows a backslash, where it stands for one character or a set of them. */
  const takeEscape = (): number | CharacterSet => {
    const start = position - 1;
    const hex = takeMatch(/^x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,6})\})/);
    if (hex) {
      const codePoint = Number.parseInt(hex[1] ?? hex[2] ?? '', 16);
      return codePoint <= 0x10ffff ? codePoint : fail('there is no such character', start);
    }
    const property = takeMatch(/^(p|P)(?:([A-Za-z])|\{(\^?)([A-Za-z_]+)\})/);
    if (property) {
      const set = propertySet(property[2] ?? property[4] ?? '') ?? fail(`unknown property \\${property[0]}`, start);
      return (property[1] === 'P') !== (property[3] === '^') ? complementOf(set) : set;
    }
    const codePoint = takeCodePoint();
    const character = String.fromCodePoint(codePoint);
    const shorthand = Object.hasOwn(shorthandSets, character) ? shorthandSets[character] : undefined;
    if (shorthand) return shorthand;
    if (Object.hasOwn(controlCharacters, character)) return controlCharacters[character] ?? codePoint;
    if (/[1-9]/.test(character)) return fail('back-references are not supported', start);
    return /[A-Za-z0]/.test(character) ? fail(`unknown escape \\${character}`, start) : codePoint;
  };

  const takeClass = (): CharacterSet => {
    const start = position - 1;
    const negated = take('^');
    const sets: CharacterSet[] = [];
    for (let first = true; first || !pattern.startsWith(']', position); first = false) {
      if (position >= pattern.length) fail('a "[" is not closed', start);
      const posix = takeMatch(/^\[:(\^?)([a-z]+):\]/);
      if (posix) {
        const set = posixSets[posix[2] ?? ''] ?? fail(`unknown class ${posix[0]}`);
        sets.push(posix[1] === '^' ? complementOf(set) : set);
        continue;
      }
      const low = take('\\') ? takeEscape() : takeCodePoint();
      if (typeof low !== 'number') {
        sets.push(low);
        continue;
      }
      if (!/^-[^\]]/u.test(rest())) {
        sets.push(rangeSet(low, low));
        continue;
      }
      take('-');
      const high = take('\\') ? takeEscape() : takeCodePoint();
      if (typeof high !== 'number' || high < low) fail('a range in "[]" is out of order');
      else sets.push(rangeSet(low, high));
    }
    take(']');
    const union = flags.ignoreCase ? ignoringCase(unionOf(sets)) : unionOf(sets);
    return negated ? complementOf(union) : union;
  };

  const takeGroup = (): PatternNode => {
    const start = position - 1;
    let index: number | null = null;
    if (/^\?(?:<?[=!])/.test(rest())) fail('look-around is not supported', start);
    if (!take('?:')) {
      const named = takeMatch(/^\?P?<[A-Za-z_]\w*>/);
      if (named === null && pattern.startsWith('?', position)) fail('only (?:…) and (?<name>…) are supported; flags go into "flags"', start);
      groups += 1;
      index = groups;
    }
    const node = takeChoice();
    if (!take(')')) fail('a "(" is not closed', start);
    return index === null ? node : { kind: 'group', node, index };
  };

  const takeAtom = (): PatternNode => {
    if (take('(')) return takeGroup();
    if (take('[')) return { kind: 'set', set: takeClass() };
    if (take('.')) return { kind: 'set', set: flags.dotAll ? () => true : (codePoint) => codePoint !== 10 };
    if (take('^')) return { kind: 'assert', assertion: flags.multiline ? 'line_start' : 'text_start' };
    if (take('$')) return { kind: 'assert', assertion: flags.multiline ? 'line_end' : 'text_end' };
    if (take('\\A')) return { kind: 'assert', assertion: 'text_start' };
    if (take('\\z')) return { kind: 'assert', assertion: 'text_end' };
    if (take('\\b')) return { kind: 'assert', assertion: 'word_edge' };
    if (take('\\B')) return { kind: 'assert', assertion: 'no_word_edge' };
    if (/^(?:[*+?]|\{\d{1,5}(?:,\d{0,5})?\})/.test(rest())) fail('there is nothing to repeat');
    const one = take('\\') ? takeEscape() : takeCodePoint();
    return cased(typeof one === 'number' ? rangeSet(one, one) : one);
  };

  const takeRepeat = (node: PatternNode): PatternNode => {
    const start = position;
    const match = takeMatch(/^(?:([*+?])|\{(\d{1,5})(?:(,)(\d{1,5})?)?\})(\??)/);
    if (match === null) return node;
    const [, symbol, low, comma, high, lazy] = match;
    const min = symbol === undefined ? Number(low) : symbol === '+' ? 1 : 0;
    const max = symbol === undefined ? (comma === undefined ? min : high === undefined ? Number.POSITIVE_INFINITY : Number(high)) : symbol === '?' ? 1 : Number.POSITIVE_INFINITY;
    if (max < min || min > MAX_REPEAT || (max > MAX_REPEAT && max !== Number.POSITIVE_INFINITY)) fail(`a repeat counts up to ${MAX_REPEAT}, from low to high`, start);
    if (/^(?:[*+?]|\{\d{1,5}(?:,\d{0,5})?\})/.test(rest())) fail('a repeat cannot be repeated');
    return { kind: 'repeat', node, min, max, greedy: lazy === '' };
  };

  const takeSequence = (): PatternNode => {
    const parts: PatternNode[] = [];
    while (position < pattern.length && !/^[|)]/.test(rest())) parts.push(takeRepeat(takeAtom()));
    return parts.length === 0 ? { kind: 'empty' } : { kind: 'sequence', parts };
  };

  const takeChoice = (): PatternNode => {
    const options = [takeSequence()];
    while (take('|')) options.push(takeSequence());
    return options.length === 1 && options[0] ? options[0] : { kind: 'choice', options };
  };

  const node = takeChoice();
  if (position < pattern.length) fail('a ")" closes nothing');
  return { node, groups };
}
