export interface NumberedLine {
  /** From 1; blank lines count too. */
  readonly number: number;
  /** Null: longer than the limit. */
  readonly text: string | null;
}

const newline = 0x0a;

/** The lines of a chunked text, without blank ones. A line over `maxLineBytes` is given as null and never held in memory. */
export async function* splitLines(chunks: AsyncIterable<Buffer>, maxLineBytes: number): AsyncGenerator<NumberedLine, void, undefined> {
  let parts: Buffer[] = [];
  let bytes = 0;
  let number = 0;
  const take = (piece: Buffer) => {
    bytes += piece.length;
    if (bytes > maxLineBytes) parts = [];
    else parts.push(piece);
  };
  const finish = (): NumberedLine | null => {
    number += 1;
    const text = bytes > maxLineBytes ? null : Buffer.concat(parts).toString('utf8');
    parts = [];
    bytes = 0;
    return text !== null && text.trim() === '' ? null : { number, text };
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      take(chunk.subarray(from, at));
      from = at + 1;
      const line = finish();
      if (line !== null) yield line;
    }
    if (from < chunk.length) take(chunk.subarray(from));
  }
  if (bytes > 0) {
    const line = finish();
    if (line !== null) yield line;
  }
}
