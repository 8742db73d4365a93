import { GgufError, GgufReader } from './gguf-reader.ts';

/** A value of the metadata. Arrays are kept up to {@link ggufLimits}.keptArrayItems items; of longer ones (tokenizers) only the length remains. */
export type GgufValue = string | number | bigint | boolean | readonly (string | number | bigint | boolean)[] | { readonly skippedItems: number };

export interface GgufTensor {
  readonly name: string;
  /** Innermost dimension first, the reverse of safetensors. */
  readonly dimensions: readonly bigint[];
  /** Number of the ggml type, e.g. 1 = F16, 8 = Q8_0. */
  readonly type: number;
  /** Bytes from the beginning of the data section. */
  readonly offset: bigint;
}

export interface GgufHeader {
  readonly version: 2 | 3;
  readonly metadata: ReadonlyMap<string, GgufValue>;
  readonly tensors: readonly GgufTensor[];
  /** Bytes of everything before the data section, padding included. */
  readonly dataOffset: number;
}

/** `need`: the header is longer than the bytes at hand; come back with at least `bytes` of them. */
export type GgufParse = { readonly kind: 'header'; readonly header: GgufHeader } | { readonly kind: 'need'; readonly bytes: number };

/** Every length in the file is chosen by whoever made it. Real files stay far below: the largest vocabularies have some 300,000 entries, the largest models some 10,000 tensors. */
export const ggufLimits = {
  metadataEntries: 65_536,
  tensors: 262_144,
  keyBytes: 65_535,
  stringBytes: 4 * 1024 * 1024,
  arrayItems: 4_194_304,
  keptArrayItems: 256,
  nesting: 4,
  dimensions: 4,
  headerBytes: 64 * 1024 * 1024,
} as const;

/** Magic, version and the two counts. */
const smallestHeaderBytes = 24;

/**
 * Reads the header of a GGUF file, version 2 or 3 (the format's description in ggml, docs/gguf.md), from the first bytes of it.
 * Ends in a header, in the request for more bytes, or in a {@link GgufError}; in nothing else, whatever the bytes are.
 */
export function readGgufHeader(bytes: Uint8Array): GgufParse {
  try {
    return { kind: 'header', header: readHeader(new GgufReader(bytes)) };
  } catch (error) {
    if (!(error instanceof GgufError)) throw error;
    if (error.reason !== 'truncated' || error.neededBytes === undefined) throw error;
    if (error.neededBytes > ggufLimits.headerBytes) throw new GgufError('absurd', `absurd length: the header would reach byte ${error.neededBytes}`);
    return { kind: 'need', bytes: Math.max(error.neededBytes, smallestHeaderBytes) };
  }
}

/** Like {@link readGgufHeader}, for bytes that are all there are: too few are a GgufError `truncated`. */
export function parseGgufHeader(bytes: Uint8Array): GgufHeader {
  const result = readGgufHeader(bytes);
  if (result.kind === 'header') return result.header;
  throw new GgufError('truncated', `truncated: the header needs at least ${result.bytes} bytes, and there are only ${bytes.byteLength}`, result.bytes);
}

function readHeader(reader: GgufReader): GgufHeader {
  readMagic(reader);
  const version = reader.u32();
  if (version === 0x02000000 || version === 0x03000000) throw new GgufError('unsupported', 'a big-endian GGUF file: only little-endian ones are read');
  if (version !== 2 && version !== 3) throw new GgufError('unsupported', `GGUF version ${version}: only versions 2 and 3 are read`);
  const tensorCount = reader.count('tensors', ggufLimits.tensors);
  const entryCount = reader.count('metadata entries', ggufLimits.metadataEntries);

  const metadata = new Map<string, GgufValue>();
  for (let entry = 0; entry < entryCount; entry += 1) {
    const key = reader.string('a metadata key', ggufLimits.keyBytes);
    if (metadata.has(key)) throw new GgufError('malformed', `the metadata key ${quoted(key)} occurs twice`);
    metadata.set(key, readValue(reader, reader.u32(), key, 0));
  }
  const tensors: GgufTensor[] = [];
  for (let tensor = 0; tensor < tensorCount; tensor += 1) tensors.push(readTensor(reader));
  return { version, metadata, tensors, dataOffset: padded(reader.offset, alignment(metadata)) };
}

function readMagic(reader: GgufReader): void {
  const magic = [reader.u8(), reader.u8(), reader.u8(), reader.u8()];
  if (String.fromCharCode(...magic) === 'GGUF') return;
  const hex = magic.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const text = magic.every((byte) => byte >= 0x20 && byte < 0x7f) ? ` ("${String.fromCharCode(...magic)}")` : '';
  throw new GgufError('not-gguf', `not a GGUF file: it begins with ${hex}${text}`);
}

/** Bytes of one item by type number; strings (8) and arrays (9) carry their own length. */
const itemBytes: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };

function readValue(reader: GgufReader, type: number, key: string, depth: number): GgufValue {
  if (type !== 9) return readScalar(reader, type, key);
  if (depth >= ggufLimits.nesting) throw new GgufError('absurd', `absurd nesting: ${quoted(key)} has arrays in more than ${ggufLimits.nesting} levels`);
  const itemType = reader.u32();
  const length = reader.count(`items of ${quoted(key)}`, ggufLimits.arrayItems);
  const bytesEach = itemBytes[itemType];
  if (bytesEach !== undefined && length > ggufLimits.keptArrayItems) {
    reader.skip(length * bytesEach);
    return { skippedItems: length };
  }
  const kept: (string | number | bigint | boolean)[] = [];
  for (let item = 0; item < length; item += 1) {
    if (itemType === 8 && length > ggufLimits.keptArrayItems) reader.skip(reader.count(`bytes of an item of ${quoted(key)}`, ggufLimits.stringBytes));
    else if (itemType === 9) readValue(reader, itemType, key, depth + 1);
    else kept.push(readScalar(reader, itemType, key));
  }
  return itemType === 9 || length > ggufLimits.keptArrayItems ? { skippedItems: length } : kept;
}

function readScalar(reader: GgufReader, type: number, key: string): string | number | bigint | boolean {
  switch (type) {
    case 0:
      return reader.u8();
    case 1:
      return reader.i8();
    case 2:
      return reader.u16();
    case 3:
      return reader.i16();
    case 4:
      return reader.u32();
    case 5:
      return reader.i32();
    case 6:
      return reader.f32();
    case 7:
      return reader.u8() !== 0;
    case 8:
      return reader.string(`the value of ${quoted(key)}`, ggufLimits.stringBytes);
    case 10:
      return reader.u64();
    case 11:
      return reader.i64();
    case 12:
      return reader.f64();
    default:
      throw new GgufError('malformed', `${quoted(key)} has a value of the unknown type ${type}`);
  }
}

function readTensor(reader: GgufReader): GgufTensor {
  const name = reader.string('a tensor name', ggufLimits.keyBytes);
  const dimensionCount = reader.u32();
  if (dimensionCount > ggufLimits.dimensions) throw new GgufError('absurd', `absurd count: the tensor ${quoted(name)} has ${dimensionCount} dimensions`);
  const dimensions = Array.from({ length: dimensionCount }, () => reader.u64());
  return { name, dimensions, type: reader.u32(), offset: reader.u64() };
}

function alignment(metadata: ReadonlyMap<string, GgufValue>): number {
  const value = metadata.get('general.alignment');
  if (value === undefined) return 32;
  const number = typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN;
  if (!Number.isInteger(number) || number < 8 || number % 8 !== 0 || number > 1_048_576) throw new GgufError('malformed', 'general.alignment is not a multiple of 8');
  return number;
}

const padded = (offset: number, to: number): number => Math.ceil(offset / to) * to;

/** Names from the file appear in messages shortened, and with control characters escaped. */
const quoted = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
