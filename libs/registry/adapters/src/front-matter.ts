import { parseYaml } from './parse-yaml.ts';
import type { PublishedFile } from './publication.ts';
import { readText, textLimits } from './publication.ts';

const maxFrontMatterChars = 256 * 1024;

export interface FrontMatter {
  /** Parsed; undefined when there is none. */
  readonly frontMatter: unknown;
  /** A sentence when there is a head that cannot be read. */
  readonly fault: string | null;
  /** The lines between the two marks, for {@link lineOfYamlKey}; they begin on the second line of the file. */
  readonly text: string;
}

/**
 * The YAML between the two `---` lines at the head of a README, parsed. Bounded in size, depth and aliases, and restricted to plain values; what
 * breaks those bounds throws `artifact.unreadable`, since nobody writes it by mistake.
 */
export async function readFrontMatter(file: PublishedFile | undefined): Promise<FrontMatter> {
  if (file === undefined) return { frontMatter: undefined, fault: null, text: '' };
  return parseFrontMatter(await readText(file, textLimits.readmeBytes), file.name);
}

function parseFrontMatter(readme: string, fileName: string): FrontMatter {
  const head = /^\uFEFF?---[ \t]*\r?\n/.exec(readme);
  if (head === null) return { frontMatter: undefined, fault: null, text: '' };
  const body = readme.slice(head[0].length, head[0].length + maxFrontMatterChars).replaceAll('\r\n', '\n');
  const end = /^---[ \t]*$/m.exec(body);
  if (end === null) return { frontMatter: undefined, fault: `The front matter of ${fileName} does not end, or is longer than 256 KB.`, text: '' };
  const text = body.slice(0, end.index);
  const { value, valid } = parseYaml(text, fileName);
  return valid ? { frontMatter: value ?? undefined, fault: null, text } : { frontMatter: undefined, fault: `The front matter of ${fileName} is not valid YAML.`, text };
}
