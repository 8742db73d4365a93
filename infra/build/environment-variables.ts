import ts from 'typescript';

const isVariable = (name: string): boolean => /^[A-Z][A-Z0-9_]+$/.test(name);

/** The variables that a settings schema reads: the names of the members of every `z.object({…})` in the source. */
export function variablesOfSchema(source: string): readonly string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^z\.(strict|loose)?[oO]bject$/.test(node.expression.getText()) && node.arguments[0] !== undefined && ts.isObjectLiteralExpression(node.arguments[0])) {
      for (const member of node.arguments[0].properties) {
        if (ts.isSpreadAssignment(member)) throw new Error(`settings are listed one by one, not spread: ${member.getText()}`);
        const name = member.name?.getText() ?? '';
        if (isVariable(name)) names.push(name);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('config.ts', source, ts.ScriptTarget.Latest, true));
  return names;
}

/** The variables that a compose file reads from its environment, `$$` being a dollar sign. */
export const variablesOfCompose = (text: string): readonly string[] => [
  ...new Set([...text.replaceAll('$$', '').matchAll(/\$\{([A-Z][A-Z0-9_]*)|\bargs: \[([^\]]*)\]/g)].flatMap(([, name, args]) => (name === undefined ? (args ?? '').split(',').map((arg) => arg.trim()).filter(isVariable) : [name]))),
];

export interface ExampleEntry {
  readonly name: string;
  readonly value: string;
  /** The comment line right above. */
  readonly comment: string | undefined;
}

/** The entries of an example file, those that are commented out (`#NAME=value`) too. */
export function entriesOfExample(text: string): readonly ExampleEntry[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    const [, name, value] = /^#?([A-Z][A-Z0-9_]*)=(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return [];
    const above = lines[index - 1] ?? '';
    return [{ name, value, comment: above.startsWith('# ') ? above.slice(2) : undefined }];
  });
}
