import { blockWords, decodeBlocks, decodeCodes } from './license-fingerprint.ts';
import type { LicenseFingerprint } from './license-fingerprint.ts';

/** A fingerprint as it is compared. */
export interface PreparedFingerprint {
  readonly fingerprint: LicenseFingerprint;
  readonly codes: Uint8Array;
  readonly blocks: Uint32Array;
  /** For each word: 0, or 1 and up for the aside that it belongs to, sections before loose words in the same place. */
  readonly sectionOf: Uint8Array;
  readonly loose: Uint8Array;
  /** First and last word that no copy may lack. */
  readonly firstRequired: number;
  readonly lastRequired: number;
  readonly required: number;
}

/** Blocks of one fingerprint that occur in a text, in the order of the text. */
export interface BlockHits {
  readonly prepared: PreparedFingerprint;
  readonly block: number[];
  readonly word: number[];
}

export interface FingerprintIndex {
  readonly prepared: readonly PreparedFingerprint[];
  /** Where blocks of the fingerprints occur among the windows of a text. */
  find(keys: Uint32Array): BlockHits[];
}

/** For one fingerprint, in one text: a text that repeats a sentence without end is not followed further. */
const maxHits = 20_000;

export function createFingerprintIndex(fingerprints: readonly LicenseFingerprint[]): FingerprintIndex {
  const prepared = fingerprints.map(prepare);
  /** Block key to places, each as fingerprint times 65,536 plus block. */
  const places = new Map<number, number[]>();
  for (const [owner, { blocks }] of prepared.entries())
    for (const [block, key] of blocks.entries()) {
      const known = places.get(key);
      if (known === undefined) places.set(key, [owner * 65_536 + block]);
      else known.push(owner * 65_536 + block);
    }
  return {
    prepared,
    find(keys) {
      const hits = prepared.map((one): BlockHits => ({ prepared: one, block: [], word: [] }));
      for (let word = 0; word < keys.length; word += 1) {
        const found = places.get(keys[word] ?? 0);
        if (found === undefined) continue;
        for (const place of found) {
          const hit = hits[Math.floor(place / 65_536)];
          if (hit === undefined || hit.block.length >= maxHits) continue;
          hit.block.push(place % 65_536);
          hit.word.push(word);
        }
      }
      return hits.filter(({ block }) => block.length > 0);
    },
  };
}

function prepare(fingerprint: LicenseFingerprint): PreparedFingerprint {
  const sectionOf = new Uint8Array(fingerprint.words);
  const loose = new Uint8Array(fingerprint.words);
  for (const [index, [from, to, kind]] of fingerprint.asides.entries())
    if (kind === 'loose') loose.fill(1, from, to);
    else sectionOf.fill(index + 1, from, to);
  const isRequired = (word: number) => sectionOf[word] === 0 && loose[word] === 0;
  const required = Array.from({ length: fingerprint.words }, (_, word) => word).filter(isRequired);
  return {
    fingerprint,
    codes: decodeCodes(fingerprint.codes),
    blocks: decodeBlocks(fingerprint.blocks),
    sectionOf,
    loose,
    firstRequired: required[0] ?? 0,
    lastRequired: required.at(-1) ?? 0,
    required: required.length,
  };
}

/** Hits before one that may be the one before it in the licence: enough for a licence that stands many times in a text. */
const lookBack = 64;
/** What leaving out or passing over words costs, in words, whatever their number: an insertion does not break a licence in two. */
const mostLeap = 40;
const leapOf = (words: number): number => (words === 0 ? 0 : Math.min(1 + Math.abs(words) / 20, mostLeap));

/**
 * The series of hits that goes forward in both and holds most, with as few and short leaps as possible: the licence in the text, and one copy of it
 * where there are several. In time linear in the hits.
 */
export function chainHits({ block, word }: BlockHits, from: number, to: number): { readonly block: number; readonly word: number }[] {
  const score = new Float64Array(block.length);
  const before = new Int32Array(block.length).fill(-1);
  let best = -1;
  for (let hit = 0; hit < block.length; hit += 1) {
    const [start, place] = [word[hit] ?? 0, block[hit] ?? 0];
    if (start < from || start + blockWords > to) continue;
    let [most, chosen] = [0, -1];
    for (let previous = hit - 1; previous >= 0 && previous >= hit - lookBack; previous -= 1) {
      const [words, blocks] = [start - (word[previous] ?? 0), place - (block[previous] ?? 0)];
      if (blocks <= 0 || words < blockWords || score[previous] === 0) continue;
      const reached = (score[previous] ?? 0) - leapOf(words - blocks * blockWords);
      if (reached > most) [most, chosen] = [reached, previous];
    }
    score[hit] = most + blockWords;
    before[hit] = chosen;
    if (best < 0 || (score[hit] ?? 0) > (score[best] ?? 0)) best = hit;
  }
  const chain: { block: number; word: number }[] = [];
  for (let hit = best; hit >= 0; hit = before[hit] ?? -1) chain.push({ block: block[hit] ?? 0, word: word[hit] ?? 0 });
  return chain.toReversed();
}
