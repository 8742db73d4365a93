import { readWords, spelled, spread } from './license-words.ts';
import type { LicenseWords } from './license-words.ts';

/** Words of a block: long enough to be telling, short enough that a change leaves its neighbours whole. */
export const blockWords = 8;

/**
 * A licence's text in digests, from which it cannot be read: six bits for each word, to find which words differ; thirty bits for each eight words, to find
 * the text inside another; and a SHA-256 of all words, which alone says that a text is the licence.
 */
export interface LicenseFingerprint {
  readonly license: string;
  /** Which of the licence's texts, e.g. its date. */
  readonly text: string;
  readonly words: number;
  /** One character for each word. */
  readonly codes: string;
  /** Five characters for each whole block. */
  readonly blocks: string;
  /** Before which words a name, year or organisation stands in a copy. */
  readonly holes: readonly number[];
  readonly asides: readonly FingerprintAside[];
  /** SHA-256 of the words outside asides, in hex. */
  readonly digest: string;
  /** SHA-256 of the loose words before all others: the title as the text itself has it. Null: there are none. */
  readonly head: string | null;
}

/**
 * Words of the text that copies leave out. `loose`: titles, clause numbers and copyright lines, in part as well. `section`: an appendix or a preamble, whole
 * or not at all; with the SHA-256 of its words.
 */
export type FingerprintAside = readonly [from: number, to: number, kind: 'loose'] | readonly [from: number, to: number, kind: 'section', digest: string];

export type Sha256Hex = (text: string) => string;

export interface FingerprintShape {
  /** Placeholders. Global expressions; the words that they find are no part of the licence. */
  readonly holes?: readonly RegExp[];
  /** Parts that copies leave out whole. */
  readonly sections?: readonly RegExp[];
  /** Parts that copies leave out or shorten. */
  readonly loose?: readonly RegExp[];
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const values = new Uint8Array(128);
for (let index = 0; index < alphabet.length; index += 1) values[alphabet.charCodeAt(index)] = index;

export const wordCode = (hash: number): number => hash >>> 26;
export const decodeCodes = (codes: string): Uint8Array => Uint8Array.from(codes, (character) => values[character.charCodeAt(0)] ?? 0);

export function decodeBlocks(blocks: string): Uint32Array {
  const decoded = new Uint32Array(blocks.length / 5);
  for (let block = 0; block < decoded.length; block += 1) {
    let key = 0;
    for (let offset = 0; offset < 5; offset += 1) key = (key << 6) | (values[blocks.charCodeAt(block * 5 + offset)] ?? 0);
    decoded[block] = key;
  }
  return decoded;
}

const base = 0x01_00_01_b3;
let leading = 1;
for (let power = 0; power < blockWords; power += 1) leading = Math.imul(leading, base);

/** Thirty bits for the eight words from each word on; shorter than the words by seven. */
export function windowKeys({ hashes, count }: Pick<LicenseWords, 'hashes' | 'count'>): Uint32Array {
  const keys = new Uint32Array(Math.max(count - blockWords + 1, 0));
  let rolling = 0;
  for (let index = 0; index < count; index += 1) {
    rolling = (Math.imul(rolling, base) + (hashes[index] ?? 0)) | 0;
    if (index >= blockWords) rolling = (rolling - Math.imul(hashes[index - blockWords] ?? 0, leading)) | 0;
    if (index >= blockWords - 1) keys[index - blockWords + 1] = spread(rolling) >>> 2;
  }
  return keys;
}

/** Clause numbers at the beginning of a line. */
const enumerator = /^[ \t>*#-]*\(?(?:\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+|[a-z][.)]|[ivx]{1,4}[.)])(?=[\s*])/gimu;
/** A first line that stands alone and is no sentence. */
const title = /^\s*[^\n]{1,120}[^\n.,;\s][ \t]*\n(?=[ \t]*\n)/u;
const copyrightLine = /^[ \t]*(?:copyright[ \t]*(?:\(c\)|\u00A9|\d{4}|[[<{])|\(c\)[ \t]*\d{4}|\u00A9)[^\n]{0,200}\n/gimu;
/** Copyright lines further on are part of a text. */
const headCharacters = 1_000;

/** The fingerprint of a licence's true text. */
export function fingerprintOf(license: string, name: string, text: string, shape: FingerprintShape, sha256Hex: Sha256Hex): LicenseFingerprint {
  const whole = readWords(text);
  let holed = whole.text;
  const holeStarts: number[] = [];
  for (const match of (shape.holes ?? []).flatMap((hole) => [...whole.text.matchAll(hole)])) {
    holed = holed.slice(0, match.index) + ' '.repeat(match[0].length) + holed.slice(match.index + match[0].length);
    holeStarts.push(match.index);
  }
  const words = readWords(holed);
  const wordAt = (offset: number): number => firstAtOrAfter(words.starts, offset);
  const loose = [...[...(shape.loose ?? []), title, enumerator].flatMap((pattern) => rangesOf(holed, pattern, wordAt)), ...rangesOf(holed.slice(0, headCharacters), copyrightLine, wordAt)];
  const sections = (shape.sections ?? []).flatMap((pattern) => rangesOf(holed, pattern, wordAt));
  const isIn = (ranges: readonly Range[], word: number) => ranges.some(([from, to]) => word >= from && word < to);
  const indices = Array.from({ length: words.count }, (_, index) => index);
  const isLeftOut = (index: number) => isIn(loose, index) || isIn(sections, index);
  const body = indices.findIndex((index) => !isLeftOut(index));
  return {
    license,
    text: name,
    words: words.count,
    codes: indices.map((index) => alphabet[wordCode(words.hashes[index] ?? 0)] ?? '').join(''),
    blocks: encodeBlocks(words),
    holes: [...new Set(holeStarts.map(wordAt))].toSorted((a, b) => a - b),
    asides: [
      ...sections.map(([from, to]): FingerprintAside => [from, to, 'section', sha256Hex(spelled(words, indices.slice(from, to).filter((index) => !isIn(loose, index))))]),
      ...loose.map(([from, to]): FingerprintAside => [from, to, 'loose']),
    ],
    digest: sha256Hex(spelled(words, indices.filter((index) => !isLeftOut(index)))),
    head: body > 0 ? sha256Hex(spelled(words, indices.slice(0, body))) : null,
  };
}

type Range = readonly [from: number, to: number];

function rangesOf(text: string, pattern: RegExp, wordAt: (offset: number) => number): Range[] {
  const matches = pattern.global ? [...text.matchAll(pattern)] : [pattern.exec(text)].filter((match) => match !== null);
  return matches.map((match): Range => [wordAt(match.index), wordAt(match.index + match[0].length)]).filter(([from, to]) => to > from);
}

function firstAtOrAfter(sorted: Int32Array, offset: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function encodeBlocks(words: LicenseWords): string {
  const keys = windowKeys(words);
  let encoded = '';
  for (let word = 0; word + blockWords <= words.count; word += blockWords) {
    const key = keys[word] ?? 0;
    for (let shift = 24; shift >= 0; shift -= 6) encoded += alphabet[(key >>> shift) & 63] ?? '';
  }
  return encoded;
}
