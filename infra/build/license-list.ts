import { readFileSync, writeFileSync } from 'node:fs';
import { licenseCatalogue } from '@weighbridge/registry-domain';
import type { License } from '@weighbridge/registry-domain';

export const licensesDocument = new URL('../../docs/licenses.md', import.meta.url);

const begin = '<!-- the list begins: node infra/build/license-list.ts -->';
const end = '<!-- the list ends -->';

const readWords: Readonly<Record<License['confidence'], string>> = { text: 'whole text', part: 'in part', secondary: 'through others', memory: 'from memory' };

/** Cells may hold no bar; identifiers stay as they are. */
const cell = (text: string): string => text.replaceAll('|', '\\|');

const row = ({ id, name, confidence, textRead, checkedOn, hfTags, source }: License): string =>
  `| \`${id}\` | ${cell(name)} | ${textRead ? readWords[confidence] : 'by name alone'} | ${checkedOn} | ${hfTags.map((tag) => `\`${tag}\``).join(' ')} | ${cell(source)} |`;

/** The catalogue as tables by family, in the order in which families first appear. */
export function licenseList(): string {
  const entries = [...licenseCatalogue.values()];
  const read = entries.filter(({ textRead }) => textRead);
  const counts = (Object.keys(readWords) as License['confidence'][]).map((confidence) => [readWords[confidence], read.filter((entry) => entry.confidence === confidence).length] as const).filter(([, count]) => count > 0);
  const summary = `${entries.length} licences: ${counts.map(([words, count]) => `${count} read ${words === 'whole text' ? 'whole' : words}`).join(', ')}, ${entries.length - read.length} known by name alone.`;
  const families = Map.groupBy(entries, ({ family }) => family);
  const tables = [...families].map(([family, members]) => [`### ${family}`, '', '| id | name | read | checked on | tags | source |', '| --- | --- | --- | --- | --- | --- |', ...members.map(row)].join('\n'));
  return [begin, '', summary, '', tables.join('\n\n'), '', end].join('\n');
}

/** The document with its list as the catalogue has it now. */
export function withLicenseList(document: string): string {
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/licenses.md has no "${begin}" … "${end}"`);
  return `${document.slice(0, from)}${licenseList()}${document.slice(to + end.length)}`;
}

if (import.meta.main) writeFileSync(licensesDocument, withLicenseList(readFileSync(licensesDocument, 'utf8')));
