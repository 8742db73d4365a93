import { createHash } from 'node:crypto';
import { GgufError, SafetensorsError, ggufLimits, readGgufHeader, safetensorsHeaderBytes } from '@weighbridge/registry-domain';
import type { PublishedFile } from '../publication.ts';
import { unreadable } from '../publication.ts';
import type { ArchiveBudget } from './archive-limits.ts';

/** Files that are read whole when they are no larger; a licence of more is refused by its reader, which sees the size. */
const mostTextBytes = 4 * 1024 * 1024;
const indexBytes = 32 * 1024 * 1024;
/** Enough to see what a blob without a name is. */
const sniffedBytes = 16;
const firstTryBytes = 64 * 1024;

const text = /\.(json|ya?ml|md|txt|jinja)$|(^|\/)(mlmodel|modelfile|kitfile|oci-layout)$/i;
const rights = /licen[cs]e|copying|notice|use[._ -]?policy/i;
const blob = /(^|\/)sha256[-/:]?[0-9a-f]{64}$|(^|\/)manifests\//;
/** Large, and nothing in them that is read. */
const unread = /(^|\/)(tokenizer\.json|vocab\.json|merges\.txt|added_tokens\.json)$/i;

/**
 * Streams one entry through SHA-256 and keeps what a reader will ask for: small text files whole, of weights the header and no more. The rest is dropped.
 * Throws at the limits of the archive, and for headers that lie about themselves.
 */
export async function keepEntry(name: string, content: AsyncIterable<Uint8Array>, budget: ArchiveBudget): Promise<PublishedFile> {
  const hash = createHash('sha256');
  const head = new Head(name, budget);
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.byteLength;
    budget.unpacked(chunk.byteLength);
    hash.update(chunk);
    head.take(chunk);
  }
  const sha256 = hash.digest('hex');
  const kept = head.end();
  return { name, bytes, head: (length) => Promise.resolve(kept.subarray(0, length)), digest: () => Promise.resolve(sha256) };
}

/** Collects the beginning of a file until it has what is wanted of it. */
class Head {
  readonly #name: string;
  readonly #budget: ArchiveBudget;
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  /** How many bytes are wanted; grows when the beginning says that there is more to the header. */
  #wanted: number;
  #isWeights: boolean;

  constructor(name: string, budget: ArchiveBudget) {
    this.#name = name;
    this.#budget = budget;
    this.#isWeights = /\.(gguf|safetensors)$/i.test(name);
    const base = name.split('/').at(-1) ?? name;
    this.#wanted = this.#isWeights ? firstTryBytes : /\.safetensors\.index\.json$/i.test(base) ? indexBytes : blob.test(name) ? mostTextBytes : (text.test(name) || rights.test(base)) && !unread.test(name) ? mostTextBytes : sniffedBytes;
  }

  take(chunk: Uint8Array): void {
    let rest = chunk;
    while (rest.byteLength > 0 && this.#bytes < this.#wanted) {
      const part = rest.subarray(0, this.#wanted - this.#bytes);
      this.#budget.kept(part.byteLength);
      // A copy: the chunk belongs to the stream, and may be a view of something larger.
      this.#chunks.push(Uint8Array.from(part));
      this.#bytes += part.byteLength;
      rest = rest.subarray(part.byteLength);
      if (this.#bytes === this.#wanted) this.#wantMore();
    }
  }

  /** What was kept, in one piece. */
  end(): Uint8Array {
    return this.#joined();
  }

  #joined(): Uint8Array {
    if (this.#chunks.length !== 1) this.#chunks = [new Uint8Array(Buffer.concat(this.#chunks))];
    return this.#chunks[0] ?? new Uint8Array();
  }

  #wantMore(): void {
    const start = this.#joined();
    const magic = new TextDecoder('latin1').decode(start.subarray(0, 4));
    if (!this.#isWeights && !(blob.test(this.#name) && magic === 'GGUF')) return;
    try {
      if (magic === 'GGUF' || /\.gguf$/i.test(this.#name)) {
        const step = readGgufHeader(start);
        if (step.kind === 'need') this.#wanted = Math.min(Math.max(step.bytes, this.#bytes * 2), ggufLimits.headerBytes);
      } else this.#wanted = Math.max(this.#wanted, safetensorsHeaderBytes(start));
    } catch (error) {
      if (error instanceof GgufError || error instanceof SafetensorsError) throw unreadable(this.#name, error.message, error);
      throw error;
    }
  }
}
