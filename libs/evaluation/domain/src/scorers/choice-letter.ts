import { z } from 'zod';
import { normalize } from '../normalization.ts';
import { scoredFromExtract, suiteError, unparsed } from './score.ts';
import type { Scorer } from './scorer.ts';

/** 1 if the letter (with `multi`, the set of letters) chosen in the output equals the target, else 0. */
export const ChoiceLetter = z.strictObject({
  kind: z.literal('choice_letter'),
  /** How many choices are offered, from A on. A sample's own `choices` take precedence. */
  k: z.int().min(2).max(26).default(4),
  /** The texts of the choices, in order, when they are the same for all samples. */
  texts: z.array(z.string().min(1).max(2_000)).min(2).max(26).optional(),
  multi: z.boolean().default(false),
});

interface Offer {
  readonly k: number;
  readonly texts: readonly string[] | undefined;
  readonly multi: boolean;
}

const emphasis = /[*_`$]/g;
const texText = /\\(?:text|mathrm|mathbf|textbf)\{([^{}]*)\}/g;

/** NFKC without emphasis, and without TeX's text commands, which nest up to three deep. */
function plainChoiceText(output: string): string {
  let text = output.normalize('NFKC').replace(emphasis, '');
  for (let depth = 0; depth < 3; depth += 1) text = text.replace(texText, '$1');
  return text;
}

const isOffered = (letter: string, { k }: Offer): boolean => {
  const position = letter.toUpperCase().charCodeAt(0) - 65;
  return position >= 0 && position < k;
};

/** The offered ones of the letters read, as a sorted set; null when none is. */
function offeredSet(letters: string, offer: Offer): string | null {
  const offered = new Set(Array.from(letters.toUpperCase()).filter((letter) => isOffered(letter, offer)));
  return offered.size === 0 ? null : [...offered].sort().join('');
}

interface Reading {
  readonly letters: string;
  readonly bracketed: boolean;
  /** Where it ends in the text. */
  readonly end: number;
}

const matchAt = (pattern: RegExp, text: string, at: number): string | null => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
};

const oneLetter = /[A-Za-z]/y;
const loneLetter = /[A-Za-z](?![A-Za-z])/y;
const capitals = /[A-Z]{2,26}(?![A-Za-z])/y;
const separator = /\s{0,5}(?:,\s{0,5}(?:and\b\s{0,5})?|and\b\s{1,5}|&\s{0,5})/y;

/** One letter; with `multi` also `A, C`, `A and C`, or a run of distinct offered capitals like `AC`. */
function readLetters(text: string, at: number, offer: Offer): Reading | null {
  if (!offer.multi) {
    const letter = matchAt(oneLetter, text, at);
    return letter === null ? null : { letters: letter, bracketed: false, end: at + 1 };
  }
  const run = matchAt(capitals, text, at);
  if (run !== null) {
    const isList = new Set(run).size === run.length && Array.from(run).every((letter) => isOffered(letter, offer));
    return isList ? { letters: run, bracketed: false, end: at + run.length } : null;
  }
  let letters = matchAt(loneLetter, text, at);
  if (letters === null) return null;
  let end = at + 1;
  for (;;) {
    const next = end + (matchAt(separator, text, end)?.length ?? 0);
    const letter = next === end ? null : matchAt(loneLetter, text, next);
    if (letter === null) return { letters, bracketed: false, end };
    letters += letter;
    end = next + 1;
  }
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']' };
const gap = /\s{0,5}/y;

function readBracketed(text: string, offer: Offer): Reading | null {
  const close = closing[text.charAt(0)];
  if (close === undefined) return null;
  const inside = readLetters(text, 1 + (matchAt(gap, text, 1)?.length ?? 0), offer);
  if (inside === null) return null;
  const end = inside.end + (matchAt(gap, text, inside.end)?.length ?? 0);
  return text.charAt(end) === close ? { letters: inside.letters, bracketed: true, end: end + 1 } : null;
}

// Everything after the word is optional and read in one pass; the bounds keep a long run of white space from being read again and again.
const marker =
  /(?<![\p{L}\p{N}])(?:answer|option|choice)(?![\p{L}\p{N}])\s{0,20}(?:(?:is|was|(?:would|should)\s{1,20}be)(?![\p{L}\p{N}])\s{0,20})?[:=\-–—]?\s{0,20}/giu;
const boxed = /\\boxed\{([^{}]{1,200})\}/g;
/** Longer than any list of 26 letters. */
const MARKER_REACH = 400;
const pronoun = /^I\s+\p{Ll}/u;
const rightEdge = /^(?![\p{L}\p{N}'’])/u;

/** Reads the letters right after a marker; a lower-case one must look like a choice and not like an article. */
function afterMarker(rest: string, offer: Offer): string | null {
  const reading = readBracketed(rest, offer) ?? readLetters(rest, 0, offer);
  if (reading === null) return null;
  const following = rest.slice(reading.end);
  if (!rightEdge.test(following)) return null;
  if (!reading.bracketed) {
    if (reading.letters === 'I' && pronoun.test(rest)) return null;
    if (/^[a-z]/.test(rest) && !/^(?:[.)]|[^\S\n]*(?:\n|$))/.test(following)) return null;
  }
  return offeredSet(reading.letters, offer);
}

/** Step 2: the text is just the letter, in either case. */
function wholeAnswer(text: string, offer: Offer): string | null {
  const trimmed = text.trim();
  const reading = readBracketed(trimmed, offer) ?? readLetters(trimmed, 0, offer);
  return reading !== null && /^[.):]?$/.test(trimmed.slice(reading.end)) ? offeredSet(reading.letters, offer) : null;
}

/** Step 1: the last explicit marker wins, because models correct themselves. */
function explicitMarker(text: string, offer: Offer): string | null {
  const spoken = [...text.matchAll(marker)].map((match) => {
    const end = match.index + match[0].length;
    return { at: match.index, letters: afterMarker(text.slice(end, end + MARKER_REACH), offer) };
  });
  const inBoxes = [...text.matchAll(boxed)].map((match) => ({ at: match.index, letters: wholeAnswer(match[1] ?? '', offer) }));
  const found = [...spoken, ...inBoxes].filter(({ letters }) => letters !== null).sort((a, b) => a.at - b.at);
  return found.at(-1)?.letters ?? null;
}

/** Step 3. */
function leadingLetter(text: string, offer: Offer): string | null {
  const letter = /^([A-Z])[)\].:](?=\s|$)/.exec(text.trimStart())?.[1];
  return letter === undefined ? null : offeredSet(letter, offer);
}

/** Step 4. */
const lastLine = (text: string, offer: Offer): string | null => wholeAnswer(text.trimEnd().split('\n').at(-1) ?? '', offer);

/** Step 5: the choice whose words occur in the text; of several, the longest, if it holds all the others. */
function choiceText(text: string, { texts }: Offer): string | null {
  const padded = (words: string) => ` ${words} `;
  const haystack = padded(normalize(text, 'squad'));
  const hits = (texts ?? [])
    .map((choice, index) => ({ letter: String.fromCharCode(65 + index), words: normalize(choice, 'squad') }))
    .filter(({ words }) => words !== '' && haystack.includes(padded(words)))
    .sort((a, b) => b.words.length - a.words.length);
  const [longest, ...others] = hits;
  if (longest === undefined) return null;
  return others.every(({ words }) => words !== longest.words && padded(longest.words).includes(padded(words))) ? longest.letter : null;
}

export const choiceLetter: Scorer<z.infer<typeof ChoiceLetter>> = {
  version: 1,
  score: (spec, { output, targets, choices }) => {
    const texts = choices ?? spec.texts;
    const offer: Offer = { k: texts?.length ?? spec.k, texts, multi: spec.multi };
    // A target may name a letter that is not offered; no output can then equal it.
    const expected = targets.map((target) => wholeAnswer(target, { ...offer, k: 26 }));
    if (expected.includes(null)) return suiteError('bad_target');
    const text = plainChoiceText(output);
    const letters =
      explicitMarker(text, offer) ?? wholeAnswer(text, offer) ?? leadingLetter(text, offer) ?? lastLine(text, offer) ?? choiceText(text, offer);
    return letters === null ? unparsed() : scoredFromExtract(expected.includes(letters) ? 1 : 0, letters);
  },
};
