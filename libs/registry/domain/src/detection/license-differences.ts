import type { Alignment, Gap } from './align-license.ts';
import { isEnumerator, isFilling, isFrame } from './license-asides.ts';
import type { LicenseDifference } from './license-recognition.ts';
import { spelled } from './license-words.ts';
import type { LicenseWords } from './license-words.ts';
import type { Sha256Hex } from './license-fingerprint.ts';

export interface Judgement {
  /** Places that are not the licence's, in order. Empty: this part of the text is the licence. */
  readonly gaps: readonly Gap[];
  /** Copyright notices, headings and names that were left aside. */
  readonly asides: readonly string[];
}

/** Which of the places where a text and a licence differ matter. */
export function judge(alignment: Alignment, words: LicenseWords, titleWords: ReadonlySet<string>, sha256Hex: Sha256Hex): Judgement {
  const asides: string[] = [];
  const gaps = alignment.gaps.filter((gap) => {
    if (!mayLack(alignment, gap) || !mayAdd(alignment, gap, words, titleWords)) return true;
    const aside = passageOf(words, gap.text).trim();
    if (aside.length > 3) asides.push(aside);
    return false;
  });
  if (gaps.length > 0) return { gaps, asides };
  return { gaps: forged(alignment, words, sha256Hex), asides };
}

/** Whether copies may lack these words of the licence: loose ones, and sections that are missing as a whole. */
function mayLack({ prepared, wordOf }: Alignment, { license: [from, to] }: Gap): boolean {
  const { sectionOf, loose, fingerprint } = prepared;
  for (let word = from; word < to; word += 1) {
    if (loose[word] === 1) continue;
    const section = fingerprint.asides[(sectionOf[word] ?? 0) - 1];
    if (section === undefined) return false;
    for (let other = section[0]; other < section[1]; other += 1) if (loose[other] === 0 && (wordOf[other] ?? -1) >= 0) return false;
  }
  return true;
}

function mayAdd({ prepared }: Alignment, { license: [from, to], text }: Gap, words: LicenseWords, titleWords: ReadonlySet<string>): boolean {
  if (text[0] === text[1]) return true;
  if (text[1] - text[0] === 1 && isEnumerator(words.text, words.starts[text[0]] ?? 0, words.ends[text[0]] ?? 0)) return true;
  const passage = passageOf(words, text);
  const isNearHole = hasHole(prepared, from, to);
  return (isNearHole && (isFilling(passage) || isFrame(passage, titleWords))) || ((to <= prepared.firstRequired || from > prepared.lastRequired) && isFrame(passage, titleWords));
}

/** Whether a placeholder stands there, or beside it with nothing but loose words between, as in "Portions Copyright 2026". */
function hasHole({ loose, fingerprint: { holes } }: Alignment['prepared'], from: number, to: number): boolean {
  let [begin, end] = [from, to];
  while (loose[begin - 1] === 1) begin -= 1;
  while (loose[end] === 1) end += 1;
  return holes.some((hole) => hole >= begin && hole <= end);
}

/** All words seemed equal, but only their digest says that they are: where it does not, the places that no digest covers. */
function forged(alignment: Alignment, words: LicenseWords, sha256Hex: Sha256Hex): Gap[] {
  const { prepared, wordOf } = alignment;
  const proves = (from: number, to: number, section: number, digest: string) => {
    const indices: number[] = [];
    for (let word = from; word < to; word += 1) if (prepared.loose[word] === 0 && prepared.sectionOf[word] === section) indices.push(wordOf[word] ?? -1);
    return indices.every((word) => word < 0) || sha256Hex(spelled(words, indices)) === digest ? [] : [gapAround(alignment, from, to)];
  };
  return [
    ...proves(0, prepared.fingerprint.words, 0, prepared.fingerprint.digest),
    ...prepared.fingerprint.asides.flatMap((aside, index) => (aside[2] === 'section' ? proves(aside[0], aside[1], index + 1, aside[3]) : [])),
  ];
}

function gapAround({ wordOf }: Alignment, from: number, to: number): Gap {
  const present = wordOf.subarray(from, to).filter((word) => word >= 0);
  return { license: [from, to], text: [present[0] ?? 0, (present.at(-1) ?? -1) + 1] };
}

const passageOf = (words: LicenseWords, [from, to]: readonly [from: number, to: number]): string => (to > from ? words.text.slice(words.starts[from], words.ends[to - 1]) : '');

/** Gaps with a word or two between them read as one. */
const mergedWithin = 2;

export function mergeGaps(gaps: readonly Gap[]): Gap[] {
  const merged: Gap[] = [];
  for (const gap of gaps) {
    const previous = merged.at(-1);
    if (previous !== undefined && gap.text[0] - previous.text[1] <= mergedWithin && gap.license[0] - previous.license[1] <= mergedWithin)
      merged[merged.length - 1] = { license: [previous.license[0], gap.license[1]], text: [previous.text[0], gap.text[1]] };
    else merged.push(gap);
  }
  return merged;
}

const shownCharacters = 2_000;
const contextWords = 12;

/** Belongs to the words that it follows; signs that are words of their own do not. */
const closingPunctuation = /^[^\s\p{Letter}\p{Number}\p{Currency_Symbol}%]{0,3}/u;
const mostSlides = 12;

/**
 * Of added words that begin as what follows them begins ("The … . The above"), the reading by which they begin with a sentence or line:
 * both are the same difference.
 */
function slide({ license, text: [from, to] }: Gap, { text, hashes, starts, ends, count }: LicenseWords): Gap['text'] {
  const begins = (word: number) => word === 0 || /[\n.!?:;]/u.test(text.slice(ends[word - 1], starts[word]));
  if (license[0] < license[1] || from === to || begins(from)) return [from, to];
  for (let back = 1; back <= mostSlides && from - back >= 0 && hashes[from - back] === hashes[to - back]; back += 1) if (begins(from - back)) return [from - back, to - back];
  for (let on = 1; on <= mostSlides && to + on <= count && hashes[from + on - 1] === hashes[to + on - 1]; on += 1) if (begins(from + on)) return [from + on, to + on];
  return [from, to];
}

/** Where a numbered clause is missing, the number of the next one stands in its place: that is nothing which the text has instead. */
function withoutNumber({ license, text: [from, to] }: Gap, { text, starts, ends }: LicenseWords): Gap {
  return license[1] > license[0] + 1 && to - from === 1 && isEnumerator(text, starts[from] ?? 0, ends[from] ?? 0) ? { license, text: [from, from] } : { license, text: [from, to] };
}

/** A gap as a person reads it. */
export function describeGap(gap: Gap, words: LicenseWords, { lineOf, headingBefore }: TextMap): LicenseDifference {
  const { license } = gap;
  const [from, to] = slide(withoutNumber(gap, words), words);
  const counts = { text: to - from, license: license[1] - license[0] };
  const offset = from < words.count ? (words.starts[from] ?? 0) : words.text.length;
  const end = words.ends[to - 1] ?? offset;
  const closing = closingPunctuation.exec(words.text.slice(end, end + 3))?.[0] ?? '';
  const passage = words.text.slice(offset, end) + closing;
  const position = counts.text === 0 && from > 0 ? (words.starts[from - 1] ?? 0) : offset;
  return {
    kind: counts.text === 0 ? 'missing' : counts.license === 0 ? 'added' : 'changed',
    passage: counts.text === 0 ? null : passage.length > shownCharacters ? `${passage.slice(0, shownCharacters)}\u2026` : passage,
    after: from === 0 ? null : words.text.slice(words.starts[Math.max(from - contextWords, 0)], words.ends[from - 1]).replaceAll(/\s+/gu, ' ').slice(-300),
    near: headingBefore(position),
    line: lineOf(position),
    words: counts,
  };
}

const headings = [/^\s*#{1,6}\s+\S/u, /^\s*(?:section|article|clause|attachment|appendix|exhibit|schedule|annex)\b.{0,80}$/iu, /^\s*\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4})[.)]\s+\S/iu, /^[^\p{Lowercase_Letter}]*\p{Uppercase_Letter}{3}[^\p{Lowercase_Letter}]{0,80}$/u];
const shownHeading = 100;

/** Where one is in a text. */
export interface TextMap {
  /** Line of an offset, from 1. */
  readonly lineOf: (offset: number) => number;
  /** The last heading, or beginning of a numbered clause, that an offset stands in or under. */
  readonly headingBefore: (offset: number) => string | null;
}

/** Read through once, and only when something is asked. */
export function createTextMap(text: string): TextMap {
  let lines: { readonly starts: readonly number[]; readonly headings: readonly number[] } | undefined;
  const read = () => (lines ??= readLines(text));
  return {
    lineOf: (offset) => countUpTo(read().starts, offset),
    headingBefore: (offset) => {
      const found = read().headings;
      const start = found[countUpTo(found, offset) - 1];
      return start === undefined ? null : lineAt(text, start).trim().replaceAll(/\s+/gu, ' ');
    },
  };
}

const lineAt = (text: string, start: number): string => {
  const end = text.indexOf('\n', start);
  return text.slice(start, Math.min(end < 0 ? text.length : end, start + shownHeading));
};

function readLines(text: string): { readonly starts: number[]; readonly headings: number[] } {
  const starts = [0];
  for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
  return { starts, headings: starts.filter((start) => headings.some((pattern) => pattern.test(lineAt(text, start)))) };
}

/** Of ascending numbers, how many are not above a limit. */
function countUpTo(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
