import { writeFileSync } from 'node:fs';
import { Failure } from './failure.ts';

/** To standard output, whole: a process that ends right after does not cut it off. */
export function print(text: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(text.endsWith('\n') ? text : `${text}\n`, () => resolve()));
}

/** To the file, or to standard output where there is none or it is `-`. */
export async function printTo(path: string | undefined, text: string): Promise<void> {
  if (path === undefined || path === '-') return print(text);
  try {
    writeFileSync(path, text);
  } catch (cause) {
    throw new Failure(`${path} cannot be written: ${(cause as Error).message}`, { cause });
  }
}

/** A paragraph of at most `width` characters a line, indented. */
export function wrap(text: string, indent = '', width = 100): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width - indent.length) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one) => `${indent}${one}`).join('\n');
}
