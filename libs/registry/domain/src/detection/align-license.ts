import { chainHits } from './fingerprint-index.ts';
import type { BlockHits, PreparedFingerprint } from './fingerprint-index.ts';
import { blockWords, wordCode } from './license-fingerprint.ts';
import type { LicenseWords } from './license-words.ts';

/** Words of a licence and of a text that stand in each other's place: one of the two may be empty. Half-open. */
export interface Gap {
  readonly license: readonly [from: number, to: number];
  readonly text: readonly [from: number, to: number];
}

export interface Alignment {
  readonly prepared: PreparedFingerprint;
  /** For each word of the licence the word of the text; -1: missing. Increasing. */
  readonly wordOf: Int32Array;
  /** Words of the text from the first to the last that belongs to the licence. Half-open. */
  readonly from: number;
  readonly to: number;
  /** Where they differ, in order. */
  readonly gaps: readonly Gap[];
  readonly common: number;
}

/** Cells that comparing word by word may fill, for one text: bounds time. What is past it counts as different throughout. */
export interface Effort {
  cells: number;
}
const maxGapCells = 200_000;
const steps = new Uint8Array(maxGapCells);

/** Lays a licence along the part of a text between two words; null when too little of it is there. */
export function alignLicense(hits: BlockHits, words: LicenseWords, keys: Uint32Array, codes: Uint8Array, range: readonly [from: number, to: number], effort: Effort): Alignment | null {
  const { prepared } = hits;
  const chain = chainHits(hits, range[0], range[1]);
  const [first, last] = [chain[0], chain.at(-1)];
  if (first === undefined || last === undefined) return null;
  const size = prepared.fingerprint.words;
  const wordOf = new Int32Array(size).fill(-1);
  for (const { block, word } of chain) for (let offset = 0; offset < blockWords; offset += 1) wordOf[block * blockWords + offset] = word + offset;

  const head = first.block * blockWords;
  const tail = last.block * blockWords + blockWords;
  const reach = (license: number) => Math.ceil(license * 1.25) + 40;
  fill(prepared, codes, wordOf, [0, head], [Math.max(range[0], first.word - reach(head)), first.word], effort, 'end');
  let [previousLicense, previousText] = [head + blockWords, first.word + blockWords];
  for (const { block, word } of chain.slice(1)) {
    fill(prepared, codes, wordOf, [previousLicense, block * blockWords], [previousText, word], effort, 'both');
    [previousLicense, previousText] = [block * blockWords + blockWords, word + blockWords];
  }
  fill(prepared, codes, wordOf, [tail, size], [last.word + blockWords, Math.min(range[1], last.word + blockWords + reach(size - tail))], effort, 'begin');
  dropFalseBlocks(prepared, keys, wordOf, new Set(chain.map(({ block }) => block)));
  return measured(prepared, wordOf);
}

type Range = readonly [from: number, to: number];

/**
 * Finds equal words between two places that are known to be equal. `anchored` says which ends of the text's part are: at the other end words of the text may
 * be left over, since the licence begins or ends there.
 */
function fill(prepared: PreparedFingerprint, codes: Uint8Array, wordOf: Int32Array, license: Range, text: Range, effort: Effort, anchored: 'both' | 'begin' | 'end'): void {
  let [licenseFrom, licenseTo] = license;
  let [textFrom, textTo] = text;
  const isSame = (l: number, t: number) => prepared.codes[l] === codes[t] && prepared.loose[l] === 0;
  if (anchored !== 'end')
    while (licenseFrom < licenseTo && textFrom < textTo && isSame(licenseFrom, textFrom)) {
      wordOf[licenseFrom] = textFrom;
      licenseFrom += 1;
      textFrom += 1;
    }
  if (anchored !== 'begin')
    while (licenseFrom < licenseTo && textFrom < textTo && isSame(licenseTo - 1, textTo - 1)) {
      licenseTo -= 1;
      textTo -= 1;
      wordOf[licenseTo] = textTo;
    }
  const [rows, columns] = [licenseTo - licenseFrom, textTo - textFrom];
  const cells = (rows + 1) * (columns + 1);
  if (rows === 0 || columns === 0 || cells > maxGapCells || cells > effort.cells) return;
  effort.cells -= cells;
  matchWords(prepared, codes, wordOf, [licenseFrom, licenseTo], [textFrom, textTo], anchored);
}

/** Longest common subsequence, in which a word that copies may leave out counts less: it gives way to one that they may not. */
function matchWords(prepared: PreparedFingerprint, codes: Uint8Array, wordOf: Int32Array, license: Range, text: Range, anchored: 'both' | 'begin' | 'end'): void {
  const [rows, columns] = [license[1] - license[0], text[1] - text[0]];
  const width = columns + 1;
  let above = new Int32Array(width);
  let current = new Int32Array(width);
  for (let row = 1; row <= rows; row += 1) {
    const word = license[0] + row - 1;
    const code = prepared.codes[word];
    const gain = prepared.loose[word] === 1 ? 3 : 4;
    for (let column = 1; column <= columns; column += 1) {
      const diagonal = codes[text[0] + column - 1] === code ? (above[column - 1] ?? 0) + gain : -1;
      const up = above[column] ?? 0;
      const left = current[column - 1] ?? 0;
      // At the beginning of a licence, equal words are sought as late in the text as possible; elsewhere as early.
      const isDiagonal = anchored === 'end' ? diagonal >= up && diagonal >= left : diagonal > up && diagonal > left;
      current[column] = isDiagonal ? diagonal : Math.max(up, left);
      steps[row * width + column] = isDiagonal ? 1 : up >= left ? 2 : 3;
    }
    [above, current] = [current, above];
  }
  const matches: [license: number, text: number][] = [];
  for (let row = rows, column = columns; row > 0 && column > 0; ) {
    const step = steps[row * width + column];
    if (step === 1) {
      row -= 1;
      column -= 1;
      matches.push([license[0] + row, text[0] + column]);
    } else if (step === 2) row -= 1;
    else column -= 1;
  }
  keepRuns(prepared, wordOf, matches.toReversed(), license, text);
}

/** Six bits are equal by chance once in 64 words: one or two equal words amid others that differ are chance. */
function keepRuns(prepared: PreparedFingerprint, wordOf: Int32Array, matches: readonly (readonly [license: number, text: number])[], license: Range, text: Range): void {
  let begin = 0;
  for (let index = 1; index <= matches.length; index += 1) {
    const [previous, here] = [matches[index - 1], matches[index]];
    if (previous === undefined || (here !== undefined && here[0] === previous[0] + 1 && here[1] === previous[1] + 1)) continue;
    const run = matches.slice(begin, index);
    const [runBefore, runFirst] = [matches[begin - 1], run[0]];
    begin = index;
    if (runFirst === undefined) continue;
    const differsBefore = required(prepared, runBefore === undefined ? license[0] : runBefore[0] + 1, runFirst[0]) + (runFirst[1] - (runBefore === undefined ? text[0] : runBefore[1] + 1));
    const differsAfter = required(prepared, previous[0] + 1, here === undefined ? license[1] : here[0]) + ((here === undefined ? text[1] : here[1]) - previous[1] - 1);
    if (run.length >= 3 || Math.min(differsBefore, differsAfter) <= 1) for (const [l, t] of run) wordOf[l] = t;
  }
}

function required({ loose }: PreparedFingerprint, from: number, to: number): number {
  let count = 0;
  for (let word = from; word < to; word += 1) if (loose[word] === 0) count += 1;
  return count;
}

/** Takes back what was equal by six bits of each word, but not as a block: a changed word hides in it. */
function dropFalseBlocks({ blocks }: PreparedFingerprint, keys: Uint32Array, wordOf: Int32Array, certain: ReadonlySet<number>): void {
  for (const [block, key] of blocks.entries()) {
    const start = block * blockWords;
    const word = wordOf[start] ?? -1;
    if (certain.has(block) || word < 0 || keys[word] === key) continue;
    let isContiguous = true;
    for (let offset = 1; offset < blockWords; offset += 1) if (wordOf[start + offset] !== word + offset) isContiguous = false;
    if (isContiguous) wordOf.fill(-1, start, start + blockWords);
  }
}

/** The licence begins and ends with words that no copy lacks: titles and copyright lines around them are looked at as what surrounds it. */
function measured(prepared: PreparedFingerprint, wordOf: Int32Array): Alignment | null {
  const { loose } = prepared;
  let [first, last] = [0, wordOf.length - 1];
  const isOutside = (word: number) => loose[word] === 1 || (wordOf[word] ?? -1) < 0;
  while (first < wordOf.length && isOutside(first)) first += 1;
  while (last > first && isOutside(last)) last -= 1;
  if (first > last) return null;
  wordOf.fill(-1, 0, first);
  wordOf.fill(-1, last + 1);
  const from = wordOf[first] ?? 0;
  const gaps: Gap[] = [];
  let [licenseNext, textNext, common] = [0, from, 0];
  for (let license = first; license <= last; license += 1) {
    const text = wordOf[license] ?? -1;
    if (text < 0) continue;
    if (license > licenseNext || text > textNext) gaps.push({ license: [licenseNext, license], text: [textNext, text] });
    licenseNext = license + 1;
    textNext = text + 1;
    common += 1;
  }
  if (licenseNext < wordOf.length) gaps.push({ license: [licenseNext, wordOf.length], text: [textNext, textNext] });
  return { prepared, wordOf, from, to: textNext, gaps, common };
}

export function codesOf({ hashes }: LicenseWords): Uint8Array {
  const codes = new Uint8Array(hashes.length);
  for (let word = 0; word < hashes.length; word += 1) codes[word] = wordCode(hashes[word] ?? 0);
  return codes;
}
