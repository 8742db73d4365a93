/** A NOTIFY payload must be shorter than 8000 bytes (PostgreSQL manual, NOTIFY); the rest is room for the header. */
const maxChunkBytes = 7_900;

/** `<publisher>.<message>.<part>.<parts>|<chunk>`. The numbers also keep PostgreSQL from dropping the second of two equal payloads of one transaction. */
export function toParts(publisher: string, sequence: number, text: string): string[] {
  if (text.length <= maxChunkBytes / 3 || Buffer.byteLength(text) <= maxChunkBytes) return [`${publisher}.${sequence}.0.1|${text}`];
  const chunks = chunksOf(Buffer.from(text));
  return chunks.map((chunk, index) => `${publisher}.${sequence}.${index}.${chunks.length}|${chunk}`);
}

function chunksOf(bytes: Buffer): string[] {
  const chunks: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    let end = Math.min(start + maxChunkBytes, bytes.length);
    while (end < bytes.length && isInsideCharacter(bytes[end])) end -= 1;
    chunks.push(bytes.toString('utf8', start, end));
    start = end;
  }
  return chunks;
}

/** Bytes of the form 10xxxxxx continue a UTF-8 character (RFC 3629 section 3). */
const isInsideCharacter = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/** Most publishers whose unfinished message is remembered; one that died in the middle of a message is forgotten in time. */
const maxUnfinished = 1_000;

/** Puts the parts of each publisher together. Parts of one message come in order; a message whose start was missed is dropped. */
export class PartAssembler {
  readonly #unfinished = new Map<string, { sequence: string; chunks: string[] }>();

  /** The whole text, once its last part is here. */
  add(channel: string, payload: string): string | undefined {
    const bar = payload.indexOf('|');
    const [publisher = '', sequence = '', part = '', parts] = payload.slice(0, bar).split('.');
    const chunk = payload.slice(bar + 1);
    if (parts === '1') return chunk;
    const key = `${channel} ${publisher}`;
    if (part === '0') this.#remember(key, sequence);
    const message = this.#unfinished.get(key);
    if (message?.sequence !== sequence || message.chunks.length !== Number(part)) return undefined;
    message.chunks.push(chunk);
    if (message.chunks.length < Number(parts)) return undefined;
    this.#unfinished.delete(key);
    return message.chunks.join('');
  }

  clear(): void {
    this.#unfinished.clear();
  }

  #remember(key: string, sequence: string): void {
    this.#unfinished.delete(key);
    this.#unfinished.set(key, { sequence, chunks: [] });
    if (this.#unfinished.size > maxUnfinished) for (const [oldest] of this.#unfinished) return void this.#unfinished.delete(oldest);
  }
}
