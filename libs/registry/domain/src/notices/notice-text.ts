import type { Notice, NoticeEntry, NoticeLicense, NoticeLine } from './notice.ts';

export interface NoticeTextOptions {
  /** What the notice is for, e.g. `support-bot@2` or the name of a project. */
  readonly subject: string;
  /** Name of the use that it was narrowed to. */
  readonly useCase?: string | undefined;
}

const relationPhrases = { finetune: 'fine-tuned from', adapter: 'an adapter of', quantized: 'quantised from', merge: 'merged from', distilled: 'trained on outputs of' } as const;

/**
 * The notice as the plain text that ships with a product. Lines that must be shown word for word stand alone on their line, unbroken; what a licence
 * asks of the reader rather than of the text follows under its licence. The same notice is the same text.
 */
export function noticeText(notice: Notice, { subject, useCase }: NoticeTextOptions): string {
  const parts = [
    [`NOTICE for ${subject}`, ...(useCase === undefined ? [] : [`Narrowed to what the use "${useCase}" asks for.`])],
    section('Words to show', 'Show each of these lines where it says.', notice.display.flatMap(shownLine)),
    section('Notice lines', 'Put these lines into a text file named "Notice" that goes with every copy.', notice.file.flatMap(shownLine)),
    section('Models', 'What this contains, and what that was made from.', notice.entries.flatMap(entryLines)),
    section('Licences', 'Recipients of copies get the text of each licence along with this notice where its clauses say so.', notice.licenses.flatMap(licenseLines)),
    section('Open points', 'This notice is not complete before these are settled.', notice.open.map((point) => `- ${point}`)),
  ];
  return `${parts.filter((part) => part.length > 0).map((part) => part.map(oneLine).join('\n').trimEnd()).join('\n\n')}\n`;
}

/** Titles and names come from publishers: a line break in one must not begin a line, or a section, of its own. */
const oneLine = (line: string): string => line.replaceAll(/[\r\n\u0085\u2028\u2029]+/g, ' ');

const section = (title: string, lead: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : [title, '='.repeat(title.length), lead, '', ...lines]);

const shownLine = ({ line, because, conditional }: NoticeLine): string[] => [line, ...because.map((why) => `    ${conditional ? 'Only if the condition holds: ' : ''}${why}`), ''];

const entryLines = ({ ref, publisher, releasedOn, license, licenseDeclared, copyright, sources, madeFrom }: NoticeEntry): string[] => [
  `${ref}, by ${publisher}${releasedOn === null ? '' : `, released ${releasedOn}`}`,
  `    Licence: ${license ?? `not known${licenseDeclared === null ? '' : ' (declared in words that were not recognised)'}`}`,
  ...copyright.map((line) => `    ${line}`),
  ...madeFrom.map(({ ref: base, relation }) => `    ${relationPhrases[relation]} ${base}`),
  ...sources.map(({ title, url }) => `    Source: ${url === null || url === title ? title : `${title}, ${url}`}`),
  '',
];

const licenseLines = ({ id, name, where, versions, duties }: NoticeLicense): string[] => [
  `${name} (${id})`,
  `    ${where}`,
  `    Applies to: ${versions.join(', ')}`,
  ...duties.map(({ text, clause, conditional }) => `    - ${conditional ? '(if it applies) ' : ''}${text} [${clause}]`),
  '',
];
