import { alignLicense, codesOf } from './align-license.ts';
import type { Alignment, Effort, Gap } from './align-license.ts';
import type { BlockHits, FingerprintIndex } from './fingerprint-index.ts';
import { blockWords, windowKeys } from './license-fingerprint.ts';
import type { Sha256Hex } from './license-fingerprint.ts';
import { isFrame } from './license-asides.ts';
import { createTextMap, describeGap, judge, mergeGaps } from './license-differences.ts';
import type { TextMap } from './license-differences.ts';
import type { LicenseMatch, LicenseNearMiss } from './license-recognition.ts';
import { spelled } from './license-words.ts';
import type { LicenseWords } from './license-words.ts';

export interface TextComparison {
  readonly matches: readonly LicenseMatch[];
  readonly nearMisses: readonly LicenseNearMiss[];
}

/** Comparisons of one text: the texts most like it are tried, and one that holds more licences than that is a list of notices. */
const maxCandidates = 16;
const maxParts = 8;
const maxComparisons = 64;
const maxCells = 1_500_000;
/** Of the licence's words, in order: with less in common a text is not "nearly" a licence. */
const leastShare = 0.35;
const leastSimilarity = 0.4;
const shownDifferences = 100;
const shownAsides = 5;

interface Candidate {
  readonly alignment: Alignment;
  readonly gaps: readonly Gap[];
  readonly asides: string[];
  readonly score: number;
  /** Of both texts together, the share that is common. */
  readonly similarity: number;
}

/**
 * Which licences a text is, and which it nearly is, by comparing all its words: each part of the text with the licences that share most with it.
 * A text that has a licence's words and, anywhere, a word that is neither the licence's nor a frame (title, copyright notice) is a near miss of it.
 */
export function compareText(words: LicenseWords, index: FingerprintIndex, titleWords: (license: string) => ReadonlySet<string>, sha256Hex: Sha256Hex): TextComparison {
  const keys = windowKeys(words);
  const hits = index.find(keys);
  if (hits.length === 0) return { matches: [], nearMisses: [] };
  const context: Context = { words, keys, codes: codesOf(words), titleWords, sha256Hex, effort: { cells: maxCells }, comparisons: maxComparisons };
  const parts = partsOf(context, hits, [0, words.count], maxParts).toSorted((a, b) => a.alignment.from - b.alignment.from);
  return told(context, parts);
}

interface Context {
  readonly words: LicenseWords;
  readonly keys: Uint32Array;
  readonly codes: Uint8Array;
  readonly titleWords: (license: string) => ReadonlySet<string>;
  readonly sha256Hex: Sha256Hex;
  readonly effort: Effort;
  comparisons: number;
}

/** The licence that explains most of a range, and then what is left before and after it. */
function partsOf(context: Context, hits: readonly BlockHits[], range: readonly [from: number, to: number], most: number): Candidate[] {
  if (most === 0) return [];
  const likely = hits
    .map((hit) => ({ hit, blocks: blocksWithin(hit, range[0], range[1] - blockWords) }))
    .filter(({ hit, blocks }) => blocks >= 2 && blocks * blockWords >= hit.prepared.required * leastShare * 0.3)
    .toSorted((a, b) => b.blocks - a.blocks)
    .slice(0, maxCandidates);
  let best: Candidate | undefined;
  for (const { hit, blocks } of likely) {
    if (blocks * blockWords * 2 <= (best?.score ?? 0)) continue;
    const candidate = compare(context, hit, range);
    if (candidate !== null && candidate.score > (best?.score ?? 0)) best = candidate;
    // One that holds this licence and more would have more of its blocks there, and would have been tried before.
    if (candidate?.gaps.length === 0) break;
  }
  if (best === undefined) return [];
  const { from, to } = best.alignment;
  const before = partsOf(context, hits, [range[0], from], most - 1);
  return [...before, best, ...partsOf(context, hits, [to, range[1]], most - 1 - before.length)];
}

/** How many different blocks of a licence begin from one word to another, both included. */
function blocksWithin({ prepared, block, word }: BlockHits, from: number, to: number): number {
  const seen = new Uint8Array(prepared.blocks.length);
  let count = 0;
  for (let hit = firstFrom(word, from); hit < word.length && (word[hit] ?? 0) <= to; hit += 1) {
    const which = block[hit] ?? 0;
    if (seen[which] === 0) count += 1;
    seen[which] = 1;
  }
  return count;
}

/** Where the numbers from a least one begin. */
function firstFrom(sorted: readonly number[], least: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function compare(context: Context, hit: BlockHits, range: readonly [from: number, to: number]): Candidate | null {
  if (context.comparisons === 0) return null;
  context.comparisons -= 1;
  const alignment = alignLicense(hit, context.words, context.keys, context.codes, range, context.effort);
  if (alignment === null) return null;
  const { prepared, common } = alignment;
  const { gaps, asides: left } = judge(alignment, context.words, context.titleWords(prepared.fingerprint.license), context.sha256Hex);
  const missing = gaps.reduce((sum, { license }) => sum + license[1] - license[0], 0);
  const added = gaps.reduce((sum, { text }) => sum + text[1] - text[0], 0);
  const similarity = common === 0 ? 0 : (2 * common) / (2 * common + missing + added);
  if (common < prepared.required * leastShare || similarity < leastSimilarity) return null;
  return { alignment, gaps, asides: [...left], similarity, score: common - missing - added - gaps.length };
}

/** Parts with nothing left over between them are licences; words that are left over make near misses of the parts that they touch. */
function told(context: Context, parts: readonly Candidate[]): TextComparison {
  const { words } = context;
  const leftOver = parts.map((): Gap[] => []);
  for (let index = 0; index <= parts.length; index += 1) {
    const [previous, next] = [parts[index - 1], parts[index]];
    const after = previous?.alignment.to ?? 0;
    const text: Gap['text'] = [after, next === undefined ? words.count : headOf(context, next, after)];
    if (text[0] >= text[1]) continue;
    const neighbours = [previous, next].filter((part) => part !== undefined);
    const passage = words.text.slice(words.starts[text[0]], words.ends[text[1] - 1]);
    const titles = new Set(neighbours.flatMap(({ alignment }) => [...context.titleWords(alignment.prepared.fingerprint.license)]));
    if (isFrame(passage, titles)) {
      if (passage.trim().length > 3) for (const part of neighbours.slice(0, 1)) part.asides.push(passage.trim());
      continue;
    }
    if (previous !== undefined) leftOver[index - 1]?.push({ license: [previous.alignment.wordOf.length, previous.alignment.wordOf.length], text });
    if (next !== undefined) leftOver[index]?.unshift({ license: [0, 0], text });
  }
  const map = createTextMap(words.text);
  const matches = new Map<string, LicenseMatch>();
  const nearMisses = new Map<string, LicenseNearMiss>();
  for (const [index, part] of parts.entries()) {
    const { license } = part.alignment.prepared.fingerprint;
    const outside = leftOver[index] ?? [];
    if (part.gaps.length > 0 || outside.length > 0) nearMisses.set(license, joined(nearMisses.get(license), nearMissOf(part, outside, words, map)));
    else if (!matches.has(license)) matches.set(license, { license, confidence: 1, evidence: evidenceOf(part), by: 'text' });
  }
  return { matches: [...matches.values()], nearMisses: [...nearMisses.values()].toSorted((a, b) => b.similarity - a.similarity) };
}

/** Where a licence begins, with its own title where the text has that word for word. */
function headOf({ words, sha256Hex }: Context, { alignment: { prepared, from } }: Candidate, after: number): number {
  const begin = from - prepared.firstRequired;
  if (prepared.fingerprint.head === null || begin < after) return from;
  return sha256Hex(spelled(words, Array.from({ length: prepared.firstRequired }, (_, index) => begin + index))) === prepared.fingerprint.head ? begin : from;
}

function nearMissOf(part: Candidate, outside: readonly Gap[], words: LicenseWords, map: TextMap): LicenseNearMiss {
  const before = outside.filter(({ license: [, to] }) => to === 0);
  const after = outside.filter(({ license: [, to] }) => to > 0);
  const all = [...before, ...mergeGaps(part.gaps), ...after];
  return {
    license: part.alignment.prepared.fingerprint.license,
    similarity: similarityOf(part, outside),
    differences: all.slice(0, shownDifferences).map((gap) => describeGap(gap, words, map)),
    differencesLeftOut: Math.max(all.length - shownDifferences, 0),
  };
}

/** Two copies of one licence in a text are one near miss. */
function joined(known: LicenseNearMiss | undefined, more: LicenseNearMiss): LicenseNearMiss {
  if (known === undefined) return more;
  const differences = [...known.differences, ...more.differences.filter((difference) => !known.differences.some((other) => other.line === difference.line && other.passage === difference.passage))];
  return { ...known, similarity: Math.min(known.similarity, more.similarity), differences: differences.slice(0, shownDifferences), differencesLeftOut: known.differencesLeftOut + more.differencesLeftOut + Math.max(differences.length - shownDifferences, 0) };
}

/** Below 1 whatever was rounded: a near miss is never the licence. Text around it counts up to the licence's own length. */
function similarityOf({ alignment: { common }, gaps }: Candidate, outside: readonly Gap[]): number {
  const sizeOf = (some: readonly Gap[]) => some.reduce((sum, { license, text }) => sum + license[1] - license[0] + text[1] - text[0], 0);
  const different = sizeOf(gaps) + Math.min(sizeOf(outside), common);
  return Math.min(Math.floor(((2 * common) / (2 * common + different)) * 1_000) / 1_000, 0.999);
}

function evidenceOf({ alignment: { prepared }, asides }: Candidate): string[] {
  const { text } = prepared.fingerprint;
  return [
    `All ${prepared.required} words of its text${text === 'license' || text === 'spdx' ? '' : ` (${text})`}, in order and no others.`,
    ...(prepared.fingerprint.license.endsWith('-only') ? ['Whether later versions may be chosen as well is said beside the text, not in it.'] : []),
    ...asides.slice(0, shownAsides).map((aside) => `Left aside: "${aside.replaceAll(/\s+/gu, ' ').slice(0, 200)}".`),
  ];
}
