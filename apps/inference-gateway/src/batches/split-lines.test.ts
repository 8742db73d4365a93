import { describe, expect, test } from 'vitest';
import { splitLines } from './split-lines.ts';

async function* pieces(content: Buffer, size: number) {
  for (let from = 0; from < content.length; from += size) yield content.subarray(from, from + size);
}

async function linesOf(text: string, size: number, maxLineBytes = 100) {
  const lines = [];
  for await (const line of splitLines(pieces(Buffer.from(text), size), maxLineBytes)) lines.push(line);
  return lines;
}

describe('splitLines', () => {
  test.each([1, 2, 3, 5, 1_000])('finds the same lines in pieces of %i bytes', async (size) => {
    expect(await linesOf('first\n\nzweite größe ✓\r\n  \nlast', size)).toEqual([
      { number: 1, text: 'first' },
      { number: 3, text: 'zweite größe ✓\r' },
      { number: 5, text: 'last' },
    ]);
  });

  test.each([1, 7, 1_000])('gives a line over the limit as null and goes on after it (pieces of %i bytes)', async (size) => {
    expect(await linesOf(`ok\n${'x'.repeat(101)}\n${'y'.repeat(100)}\n`, size)).toEqual([
      { number: 1, text: 'ok' },
      { number: 2, text: null },
      { number: 3, text: 'y'.repeat(100) },
    ]);
  });

  test('an empty file has none', async () => {
    expect(await linesOf('', 10)).toEqual([]);
  });
});
