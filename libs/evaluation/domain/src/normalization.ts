import { z } from 'zod';

/**
 * How texts are made comparable before a scorer looks at them; each profile is at its version 1.
 * `none`: as it is. `trim`: no white space at the ends. `fold`: NFKC, lower case, runs of white space as one space, trimmed.
 * `squad`: lower case, ASCII punctuation and English articles deleted, white space as in `fold` (as the SQuAD 1.1 script does).
 */
export const NormalizationProfile = z.enum(['none', 'trim', 'fold', 'squad']);
export type NormalizationProfile = z.infer<typeof NormalizationProfile>;

/** Unicode's White_Space, which is not JavaScript's `\s`. */
const whiteSpace = /\p{White_Space}/u;
const whiteSpaceRun = /\p{White_Space}+/gu;
const asciiPunctuation = /[!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]/g;
// Look-arounds and not \b, which is ASCII-only: it would delete the last letter of "día" as an article.
const article = /(?<![\p{L}\p{N}\p{M}_])(?:a|an|the)(?![\p{L}\p{N}\p{M}_])/gu;

/** Strips white space at both ends. A loop, because a pattern anchored at the end takes quadratic time on long runs of white space. */
export function trimWhiteSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && whiteSpace.test(text.charAt(start))) start += 1;
  while (end > start && whiteSpace.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

const squeeze = (text: string): string => trimWhiteSpace(text.replace(whiteSpaceRun, ' '));

const profiles: Record<NormalizationProfile, (text: string) => string> = {
  none: (text) => text,
  trim: trimWhiteSpace,
  fold: (text) => squeeze(text.normalize('NFKC').toLowerCase()),
  squad: (text) => squeeze(text.toLowerCase().replace(asciiPunctuation, '').replace(article, ' ')),
};

export const normalize = (text: string, profile: NormalizationProfile): string => profiles[profile](text);

/**
 * Output and target under one profile. A target that `squad` leaves nothing of ("A", "The") is compared under `fold` on both sides;
 * else every output of mere punctuation would equal it.
 */
export function normalizePair(output: string, target: string, profile: NormalizationProfile): { readonly output: string; readonly target: string } {
  const normalized = normalize(target, profile);
  const used = profile === 'squad' && normalized === '' ? 'fold' : profile;
  return { output: normalize(output, used), target: used === profile ? normalized : normalize(target, used) };
}

export interface Preparation {
  /** Drop everything through the last `</think>`; an output that never closes its `<think>` has no answer part. */
  readonly stripReasoning: boolean;
}

/** What happens to every output before any scorer sees it: no byte order mark, line feeds only, no reasoning if so declared. */
export function prepareOutput(output: string, { stripReasoning }: Preparation): string {
  const text = output.replace(/^\uFEFF+/, '').replace(/\r\n?/g, '\n');
  if (!stripReasoning) return text;
  const close = text.lastIndexOf('</think>');
  const answer = close < 0 ? text : text.slice(close + '</think>'.length);
  return answer.includes('<think>') ? '' : answer;
}
