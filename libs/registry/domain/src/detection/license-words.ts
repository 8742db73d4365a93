/**
 * A text as its words: letters and digits in one case. White space, punctuation, bullets, quotes, Markdown, HTML tags and hyphenation make no word,
 * so they make no difference; currency and percent signs do, since they mean something.
 */
export interface LicenseWords {
  /** What the offsets below count in: the text with tags and link targets blanked and characters unified; its lines are those of the text. */
  readonly text: string;
  readonly count: number;
  /** Of each word; equal for spellings that mean the same (licence, license). Not proof against forgery: sameness is proved by a digest of the words. */
  readonly hashes: Uint32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** 1 where the word stands in the text letter by letter, without a hyphen, quote or invisible character inside. */
  readonly plain: Uint8Array;
}

/** Spellings that the SPDX matching guidelines count as the same, and the two schemes of a web address. */
const sameWords: Readonly<Record<string, string>> = {
  licence: 'license',
  licences: 'licenses',
  licenced: 'licensed',
  sublicence: 'sublicense',
  https: 'http',
  acknowledgement: 'acknowledgment',
  authorisation: 'authorization',
  authorised: 'authorized',
  organisation: 'organization',
  organisations: 'organizations',
  recognised: 'recognized',
  favour: 'favor',
  fulfil: 'fulfill',
  judgement: 'judgment',
  programme: 'program',
  whilst: 'while',
};

const htmlTag = /<\/?(?:a|abbr|article|b|blockquote|body|br|center|code|dd|div|dl|dt|em|font|footer|h[1-6]|head|header|hr|html|i|img|li|link|main|meta|ol|p|pre|section|small|span|strong|sub|sup|table|tbody|td|th|thead|title|tr|tt|u|ul)(?:\s+[\w:-]+=(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>]+)){0,10}\s*\/?>/giu;
const entity = /&(?:#\d{1,5}|#x[\da-f]{1,4}|[a-z]{2,8});/giu;
const quoteEntity = /^&(?:#39|#8217|#x27|#x2019|apos|rsquo);$/iu;
const linkTarget = /\]\([^()\s]{1,300}\)/gu;

const blank = (part: string): string => part.replaceAll(/[^\n]/gu, ' ');
/** An apostrophe inside a word, and as many characters as were there. */
const apostrophe = (part: string): string => `\u2019${'\u200B'.repeat(part.length - 1)}`;

/** Ligatures, letters of full width and enclosed ones: each becomes a few plain ones. What becomes many is left alone, since time is bounded. */
const compatible = /[\u2460-\u24FF\uFB00-\uFB06\uFF01-\uFF5E]/gu;
/** One way of writing each character. */
export const unified = (text: string): string => (/[^\p{ASCII}]/u.test(text) ? text.replaceAll(compatible, (character) => character.normalize('NFKC')).normalize('NFC') : text);

function legible(text: string): string {
  let result = unified(text);
  if (result.includes('<')) result = result.replaceAll(htmlTag, blank);
  if (result.includes('&')) result = result.replaceAll(entity, (part) => (quoteEntity.test(part) ? apostrophe(part) : blank(part)));
  return result.includes('](') ? result.replaceAll(linkTarget, blank) : result;
}

type CharacterClass = 0 | 1 | 2 | 3 | 4 | 5 | 6;
const separator = 0;
const letter = 1;
const quote = 2;
const hyphen = 3;
/** A word of its own: a currency, a percent sign, a Chinese character. */
const alone = 4;
/** Part of a word that has begun: `OpenRAIL++`. */
const suffix = 5;
/** Soft hyphens, zero-width spaces: as if they were not there. */
const invisible = 6;

function classify(character: string): CharacterClass {
  if (/[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/u.test(character)) return invisible;
  if (/['\u2018\u2019\u02BC`\u00B4]/u.test(character)) return quote;
  if (/[-\u2010\u2011]/u.test(character)) return hyphen;
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Currency_Symbol}%\u2264\u2265]/u.test(character)) return alone;
  if (character === '+') return suffix;
  return /[\p{Letter}\p{Number}\p{Mark}]/u.test(character) ? letter : separator;
}

/** Filled as characters are met: one byte for each of the 65,536, plus one so that 0 means "not met". */
const classes = new Uint8Array(65_536);
function classOf(code: number): CharacterClass {
  const known = classes[code] ?? 0;
  if (known > 0) return (known - 1) as CharacterClass;
  const found = classify(String.fromCodePoint(code));
  classes[code] = found + 1;
  return found;
}

const lower = (code: number): number => (code < 128 ? (code >= 65 && code <= 90 ? code + 32 : code) : (String.fromCodePoint(code).toLowerCase().codePointAt(0) ?? code));

/** Spreads the bits, so that the highest tell as much as the lowest (the finaliser of MurmurHash3). */
export function spread(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85_eb_ca_6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2_b2_ae_35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

const seed = 0x81_1c_9d_c5;
const step = (hash: number, code: number): number => Math.imul(hash ^ lower(code), 0x01_00_01_93);

function hashOf(word: string): number {
  let hash = seed;
  for (let index = 0; index < word.length; index += 1) hash = step(hash, word.charCodeAt(index));
  return spread(hash);
}

const sameSpellings: ReadonlyMap<string, string> = new Map(Object.entries(sameWords));
const sameHashes = new Map(Object.entries(sameWords).map(([word, same]) => [hashOf(word), hashOf(same)]));

/** A text as words, in one pass. */
export function readWords(given: string): LicenseWords {
  const text = legible(given);
  const capacity = Math.ceil(text.length / 2) + 1;
  let hashes = new Uint32Array(Math.min(capacity, 4_096));
  let starts = new Int32Array(hashes.length);
  let ends = new Int32Array(hashes.length);
  let plain = new Uint8Array(hashes.length);
  let count = 0;
  const add = (hash: number, start: number, end: number, isPlain: boolean) => {
    if (count === hashes.length) {
      const larger = hashes.length * 2;
      hashes = enlarged(hashes, new Uint32Array(larger));
      starts = enlarged(starts, new Int32Array(larger));
      ends = enlarged(ends, new Int32Array(larger));
      plain = enlarged(plain, new Uint8Array(larger));
    }
    const spreadHash = spread(hash);
    hashes[count] = sameHashes.get(spreadHash) ?? spreadHash;
    starts[count] = start;
    ends[count] = end;
    plain[count] = isPlain ? 1 : 0;
    count += 1;
  };

  let start = -1;
  let hash = seed;
  let isPlain = true;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const kind = classOf(code);
    if (kind === invisible) {
      isPlain = false;
      continue;
    }
    if (kind === letter || (kind === suffix && start >= 0)) {
      if (start < 0) {
        start = index;
        hash = seed;
        isPlain = true;
      }
      hash = step(hash, code);
      continue;
    }
    if (start >= 0) {
      const next = kind === quote ? nextInWord(text, index) : kind === hyphen ? nextAfterHyphen(text, index) : -1;
      if (next > 0) {
        isPlain = false;
        index = next - 1;
        continue;
      }
      add(hash, start, index, isPlain);
      start = -1;
    }
    if (kind === alone) add(step(seed, code), index, index + 1, true);
  }
  if (start >= 0) add(hash, start, text.length, isPlain);
  return { text, count, hashes: hashes.subarray(0, count), starts: starts.subarray(0, count), ends: ends.subarray(0, count), plain: plain.subarray(0, count) };
}

function enlarged<T extends Uint32Array | Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Where the word goes on right after an apostrophe; -1 when it ends. */
function nextInWord(text: string, index: number): number {
  let next = index + 1;
  while (next < text.length && classOf(text.charCodeAt(next)) === invisible) next += 1;
  return next < text.length && classOf(text.charCodeAt(next)) === letter ? next : -1;
}

/** As above after a hyphen, which may stand at the end of a line; `- ` and a capital after the break begin something new. */
function nextAfterHyphen(text: string, index: number): number {
  const next = nextInWord(text, index);
  if (next > 0) return next;
  const match = /^[ \t]*\r?\n[ \t>*#/]*(?=\p{Lowercase_Letter})/u.exec(text.slice(index + 1, index + 60));
  return match === null ? -1 : index + 1 + match[0].length;
}

/** The words as one string, the same for texts whose words are the same: what a digest proves. */
export function spelled(words: LicenseWords, indices: readonly number[]): string {
  const parts = indices.map((index) => {
    const slice = words.text.slice(words.starts[index], words.ends[index]).toLowerCase();
    const word = words.plain[index] === 1 ? slice : slice.replaceAll(/[^\p{Letter}\p{Number}\p{Mark}\p{Currency_Symbol}%+\u2264\u2265]/gu, '');
    return sameSpellings.get(word) ?? word;
  });
  return parts.join(' ');
}
