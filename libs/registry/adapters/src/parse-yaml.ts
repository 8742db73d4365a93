import { isScalar, parseDocument, visit } from 'yaml';
import type { Document } from 'yaml';
import { unreadable } from './publication.ts';

const maxAliases = 50;
const mostLevels = 200;
/** Longer than the longest model card there is; a second's work or two. */
const mostCharacters = 1_000_000;

/**
 * YAML of somebody else, as plain values. Nobody writes dozens of aliases, or hundreds of levels, by mistake: those throw `artifact.unreadable`; a mere
 * mistake is `valid: false`. Anchors are counted before anything is expanded.
 */
export function parseYaml(text: string, fileName: string): { readonly value: unknown; readonly valid: boolean } {
  if (text.length > mostCharacters) throw unreadable(fileName, `it has ${text.length.toLocaleString('en')} characters of YAML, and ${mostCharacters.toLocaleString('en')} is the most that is read`);
  if (indentedLevels(text) > mostLevels) throw unreadable(fileName, `its YAML is nested deeper than ${mostLevels} levels`);
  const anchored = /(?:^|[\s,[{:-])&[A-Za-z0-9_-]+/.test(text);
  const aliases = !anchored ? 0 : (text.match(/(?:^|[\s,[{:-])\*[A-Za-z0-9_-]+/g)?.length ?? 0);
  if (aliases > maxAliases) throw unreadable(fileName, `its YAML has ${aliases} aliases, and ${maxAliases} is the most that is expanded`);
  try {
    const document = parseDocument(text, { schema: 'core', logLevel: 'error', prettyErrors: false, stringKeys: true, uniqueKeys: false });
    if (document.errors.length > 0 || repeatsKeys(document)) return { value: undefined, valid: false };
    return { value: document.toJS({ maxAliasCount: maxAliases }) as unknown, valid: true };
  } catch (error) {
    if (error instanceof RangeError || (error instanceof ReferenceError && /alias/i.test(error.message))) throw unreadable(fileName, 'its YAML is nested too deep, or expands to far more than it says', error);
    return { value: undefined, valid: false };
  }
}

/** A key twice in one map is a mistake. The parser would compare each with each, which takes hours where there are a hundred thousand. */
function repeatsKeys(document: Document.Parsed): boolean {
  let isRepeated = false;
  visit(document, {
    Map: (_, { items }) => {
      const keys = items.map(({ key }) => (isScalar(key) ? key.value : key));
      isRepeated ||= new Set(keys).size !== keys.length;
      return isRepeated ? visit.BREAK : undefined;
    },
  });
  return isRepeated;
}

/** A bound of the depth: steps of indentation and dashes before the text of a line, plus brackets that are open. */
function indentedLevels(text: string): number {
  let open = 0;
  let most = 0;
  for (const line of text.split('\n')) {
    const lead = /^[\s-]*/.exec(line)?.[0] ?? '';
    // Each dash on its own opens a list; an indentation of two or more spaces a level.
    const levels = (lead.match(/-\s/g)?.length ?? 0) + Math.floor(lead.replaceAll('-', '').length / 2);
    for (const character of line) {
      if (character === '[' || character === '{') open += 1;
      else if (character === ']' || character === '}') open = Math.max(0, open - 1);
      most = Math.max(most, open);
    }
    most = Math.max(most, lead.length === line.length ? 0 : Math.min(levels, lead.length));
  }
  return most;
}
