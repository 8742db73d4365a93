import { parse } from 'yaml';

const maxFrontMatterChars = 256 * 1024;

/**
 * The YAML between the two `---` lines at the head of a README, parsed; undefined when there is none. Bounded in size and in aliases,
 * and restricted to plain values. `fault` is a sentence when there is a head that cannot be read.
 */
export function parseFrontMatter(readme: string): { frontMatter: unknown; fault: string | null } {
  const head = /^\uFEFF?---[ \t]*\r?\n/.exec(readme);
  if (head === null) return { frontMatter: undefined, fault: null };
  const body = readme.slice(head[0].length, head[0].length + maxFrontMatterChars);
  const end = /^---[ \t]*$/m.exec(body.replaceAll('\r\n', '\n'));
  if (end === null) return { frontMatter: undefined, fault: 'The front matter of README.md does not end, or is longer than 256 KB.' };
  try {
    const frontMatter: unknown = parse(body.replaceAll('\r\n', '\n').slice(0, end.index), { schema: 'core', maxAliasCount: 50, logLevel: 'error', prettyErrors: false });
    return { frontMatter: frontMatter ?? undefined, fault: null };
  } catch {
    return { frontMatter: undefined, fault: 'The front matter of README.md is not valid YAML.' };
  }
}
