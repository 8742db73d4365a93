import type { PolicyTextFault } from './read-policy.ts';

const mostStatements = 50;
/** The engine walks expressions recursively, on a small stack. */
const deepest = 30;
const mostOperators = 50;

const tokens = /"(?:[^"\\]|\\.)*"|\/\/[^\n]*|&&|\|\||\bif\b|[!+*-]|[([{]|[)\]}]|;/gs;

/** What would be too much for the engine, found before it sees the text. Offsets are in UTF-16 units. */
export function findExcess(text: string, faultAt: (offset: number, message: string) => PolicyTextFault): PolicyTextFault[] {
  let [statements, depth, operators] = [0, 0, 0];
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (token === ';') {
      [depth, operators] = [0, 0];
      if ((statements += 1) > mostStatements) return [faultAt(index, `a policy may have at most ${mostStatements} statements`)];
    } else if ('([{'.includes(token)) {
      if ((depth += 1) > deepest) return [faultAt(index, `brackets may be nested ${deepest} deep`)];
    } else if (')]}'.includes(token)) depth -= 1;
    else if (!token.startsWith('"') && !token.startsWith('//') && (operators += 1) > mostOperators) {
      return [faultAt(index, `a statement may have at most ${mostOperators} operators: make several statements of it, or use a set with contains`)];
    }
  }
  return [];
}
