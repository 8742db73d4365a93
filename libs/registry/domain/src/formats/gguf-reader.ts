/**
 * Why bytes are not a GGUF header that can be read. The message is a sentence for the person who brought the file.
 * `truncated` says that the bytes end too early, not that they are wrong: `neededBytes` is a lower bound of what it takes.
 */
export class GgufError extends Error {
  readonly reason: 'not-gguf' | 'unsupported' | 'absurd' | 'truncated' | 'malformed';
  readonly neededBytes: number | undefined;

  constructor(reason: GgufError['reason'], message: string, neededBytes?: number) {
    super(message);
    this.name = 'GgufError';
    this.reason = reason;
    this.neededBytes = neededBytes;
  }
}

const utf8 = new TextDecoder('utf-8');

/** Reads little-endian numbers and GGUF strings one after the other, and never past the end: too few bytes are a {@link GgufError} `truncated`. */
export class GgufReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get offset(): number {
    return this.#offset;
  }

  u8 = (): number => this.#view.getUint8(this.#take(1));
  i8 = (): number => this.#view.getInt8(this.#take(1));
  u16 = (): number => this.#view.getUint16(this.#take(2), true);
  i16 = (): number => this.#view.getInt16(this.#take(2), true);
  u32 = (): number => this.#view.getUint32(this.#take(4), true);
  i32 = (): number => this.#view.getInt32(this.#take(4), true);
  f32 = (): number => this.#view.getFloat32(this.#take(4), true);
  f64 = (): number => this.#view.getFloat64(this.#take(8), true);
  u64 = (): bigint => this.#view.getBigUint64(this.#take(8), true);
  i64 = (): bigint => this.#view.getBigInt64(this.#take(8), true);

  /** An unsigned 64-bit number that counts something, refused above `max`. */
  count(what: string, max: number): number {
    const value = this.u64();
    if (value > BigInt(max)) throw new GgufError('absurd', `absurd count: the file claims ${value} ${what}, and ${max} is the most that is read`);
    return Number(value);
  }

  string(what: string, maxBytes: number): string {
    const length = this.count(`bytes of ${what}`, maxBytes);
    const start = this.#take(length);
    return utf8.decode(this.#bytes.subarray(start, start + length));
  }

  skip(byteCount: number): void {
    this.#take(byteCount);
  }

  #take(byteCount: number): number {
    const start = this.#offset;
    const end = start + byteCount;
    if (end > this.#bytes.byteLength)
      throw new GgufError('truncated', `truncated: the header goes on at byte ${end}, and there are only ${this.#bytes.byteLength}`, end);
    this.#offset = end;
    return start;
  }
}
