/** Words that say what one may or must do: no name of a person or organisation, and no heading, has them; a clause nearly always does. */
const operative: ReadonlySet<string> = new Set(
  `may must shall should can cannot will would need not no nor never none neither only solely without unless except excluding excluded provided providing subject if when until
   permission permissions permitted permit permits prohibit prohibits prohibited prohibition forbid forbidden allow allows allowed disallow disallowed disallows grant grants granted authorize authorized
   use uses used using user users usage commercial commercially noncommercial nonprofit personal internal research academic educational purpose purposes evaluation military government
   restrict restricts restricted restriction restrictions limit limited limitation limitations condition conditions conditional require requires required requirement obligation obligations
   agree agrees agreed accept accepts comply compliance contact request consent approval approved notify copy copies copying distribute distributed distribution redistribute redistribution
   modify modified modification modifications sell sale resell sublicense license licensed licensee licensees derivative derivatives train training deploy host hosted fee fees pay payment royalty royalties revenue
   liable liability warranty warranties indemnify terminate termination void revoke revocable harm harmful illegal unlawful law laws weapon weapons people person age country countries
   additionally additional furthermore however notwithstanding exceeds exceed than more less fewer own terms clause addendum rider exception
   不 禁 仅 限 得 须 需 必 非 可 许 授 用 商 违 应`.split(/\s+/u),
);

const smallNameWords: ReadonlySet<string> = new Set('and by of the de von van der la le du da for at in a an et al inc llc ltd co corp gmbh sa ag bv contributors contributor authors author holders holder team project et the other others listed see file or its affiliates name names com org net io www http https github gitlab'.split(' '));
const contacts = /<[^<>\s]{1,100}>|[\w.+-]{1,60}@[\w.-]{1,60}|(?:https?:\/\/|www\.)\S{1,200}/giu;
const mark = /copyright|\u00A9|\(c\)/giu;
const marked = /(?=copyright\b|\u00A9|\(c\)\s*\d)/iu;
const formula = /all rights reserved|some rights reserved|\bpresent\b|\bspdx-(?:license-identifier|filecopyrighttext)\b/giu;
const wordPattern = /[\p{Letter}\p{Number}\p{Mark}](?:[\p{Letter}\p{Number}\p{Mark}'\u2019-]*[\p{Letter}\p{Number}\p{Mark}])?|[$\u20AC\u00A3\u00A5%]/gu;

const wordsOf = (text: string): string[] => text.match(wordPattern) ?? [];

/** As words, with `Apache-2.0` as three. */
const partsOf = (text: string): string[] => text.match(/[\p{Letter}\p{Number}\p{Mark}]+/gu) ?? [];

/** Words of headings around any licence, and of sentences that say which one follows. No restriction can be made of them. */
const headingWords: ReadonlySet<string> = new Set(
  'the a an license licence licenses licensing agreement version text full file copy of code model models weights public general document legal terms and for v begin end start section appendix attachment spdx identifier licenseref name title http https www org com opensource licenses txt md html expat this is are released distributed licensed available published following follows as under software project library package repository terms'.split(
    ' ',
  ),
);

/** The words by which a licence is called: a heading made of them says nothing that the licence does not. */
export function titleWordsOf(...names: readonly string[]): ReadonlySet<string> {
  return new Set(names.flatMap((name) => partsOf(name).map((word) => word.toLowerCase())).filter((word) => word.length > 1 || /\d/u.test(word)));
}

const maxHeading = 200;

function isHeading(line: string, titleWords: ReadonlySet<string>): boolean {
  if (line.length > maxHeading) return false;
  const words = partsOf(line);
  return words.length <= 16 && words.every((word) => headingWords.has(word.toLowerCase()) || titleWords.has(word.toLowerCase()) || /^\d{1,2}$/u.test(word));
}

const year = /^\d{4}(?:-(?:\d{2,4}|present|now))?$/iu;
/** Names of people and parts of names of organisations, written as such. */
const properNames: ReadonlySet<string> = new Set(['Will', 'Grant', 'May', 'Law', 'Limited', 'Training', 'Research']);
const purpose = /\bfor\s+(?:research|training)\b/iu;

/** Years and the names of a few people or organisations, and nothing that could be a term. */
function isNames(text: string, most: number): boolean {
  const words = wordsOf(text.replaceAll(contacts, ' ').replaceAll(mark, ' ').replaceAll(formula, ' '));
  const names = words.filter((word) => !year.test(word) && !smallNameWords.has(word.toLowerCase()));
  if (names.length > most || words.some((word) => (operative.has(word.toLowerCase()) && !properNames.has(word)) || /^[$\u20AC\u00A3\u00A5%]$/u.test(word))) return false;
  if (purpose.test(text)) return false;
  if (text.match(/\p{Script=Han}/gu)?.some((character) => operative.has(character)) === true) return false;
  return names.length <= 4 || names.filter((word) => /^\p{Lowercase_Letter}/u.test(word)).length <= 1;
}

/** Copyright notices of a hundred people. */
const maxFrame = 8_000;

/**
 * Whether words of a text, where a licence begins or ends, are none of its terms: its title, copyright notices, a file's head. Anything that could be a term
 * is none of them; better a near miss than a licence that is not one.
 */
export function isFrame(passage: string, titleWords: ReadonlySet<string>): boolean {
  if (passage.length > maxFrame) return false;
  const lines = passage.split('\n').filter((line) => /[\p{Letter}\p{Number}]/u.test(line) && !isHeading(line, titleWords));
  if (lines.length === 0) return true;
  const [opening = '', ...notices] = `\n${lines.join('\n')}`.split(marked);
  return notices.length <= 100 && isHeading(opening, titleWords) && notices.every((notice) => isNames(notice, 25));
}

/** Whether words stand where a licence's text has a placeholder for them. */
export const isFilling = (passage: string): boolean => passage.length <= 1_000 && isNames(passage, 20);

/** Whether a word is a clause number at the beginning of a line, which copies add and drop. */
export function isEnumerator(text: string, start: number, end: number): boolean {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  return end - start <= 6 && /^[\s>*#(-]*$/u.test(text.slice(lineStart, start)) && /^[.):]/u.test(text.slice(end, end + 1)) && /^(?:\d{1,2}|[a-z]|[ivx]{1,4})$/iu.test(text.slice(start, end));
}
