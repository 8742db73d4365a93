export interface CopyrightLine {
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

const statement = /^[\s#*/;"']*((?:copyright\b|\(c\)|©).*)$/i;
/** Says whose and since when; "copyright notice", "copyright owner" and the like are words of licences about copyrights. */
const named = /(?:\(c\)|©|\b(?:19|20)\d\d\b)/i;
/** A form that nobody has filled in. */
const unfilled = /\[(?:yyyy|year|name)|<(?:year|name|owner|copyright)|\{(?:yyyy|year)/i;

const mostLines = 20;
const longestLine = 300;

/** The lines of a licence or notice file by which its authors state their copyright, each once, as they stand there. */
export function copyrightLines(text: string): CopyrightLine[] {
  const found: CopyrightLine[] = [];
  const seen = new Set<string>();
  for (const [index, line] of text.split(/\r\n|[\r\n]/).entries()) {
    if (line.length > longestLine) continue;
    const words = statement.exec(line)?.[1]?.trim();
    if (words === undefined || !named.test(words) || unfilled.test(words) || seen.has(words)) continue;
    seen.add(words);
    found.push({ text: words, line: index + 1 });
    if (found.length === mostLines) break;
  }
  return found;
}
