import { describe, expect, test } from 'vitest';
import { GgufError } from './gguf-reader.ts';
import { ggufLimits, parseGgufHeader, readGgufHeader } from './gguf.ts';

const fromHex = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

/** The smallest useful file: no tensors, architecture llama, licence MIT. */
const smallest = fromHex(
  '474755460300000000000000000000000200000000000000140000000000000067656e6572616c2e6172636869746563747572650800000005000000000000006c6c616d610f0000000000000067656e6572616c2e6c6963656e73650800000003000000000000004d4954',
);

/** Writes the pieces of a header one after the other: numbers of 4 or 8 bytes, strings with their length. */
function header(...pieces: ({ u32: number } | { u64: number | bigint } | { text: string } | { raw: number[] })[]): Uint8Array {
  const bytes: number[] = [];
  const little = (value: bigint, width: number) => {
    for (let byte = 0n; byte < BigInt(width); byte += 1n) bytes.push(Number((value >> (8n * byte)) & 0xffn));
  };
  for (const piece of pieces) {
    if ('u32' in piece) little(BigInt(piece.u32), 4);
    else if ('u64' in piece) little(BigInt(piece.u64), 8);
    else if ('raw' in piece) bytes.push(...piece.raw);
    else {
      const text = new TextEncoder().encode(piece.text);
      little(BigInt(text.byteLength), 8);
      bytes.push(...text);
    }
  }
  return Uint8Array.from(bytes);
}

const magic = { raw: [0x47, 0x47, 0x55, 0x46] };
const start = (tensors: number | bigint, entries: number | bigint, version = 3) => [magic, { u32: version }, { u64: tensors }, { u64: entries }];

const full = header(
  ...start(2, 9),
  { text: 'general.architecture' }, { u32: 8 }, { text: 'llama' },
  { text: 'llama.block_count' }, { u32: 4 }, { u32: 4 },
  { text: 'llama.context_length' }, { u32: 10 }, { u64: 256 },
  { text: 'llama.rope.freq_base' }, { u32: 6 }, { raw: [0, 0x40, 0x1c, 0x46] },
  { text: 'general.tags' }, { u32: 9 }, { u32: 8 }, { u64: 2 }, { text: 'a' }, { text: 'ü' },
  { text: 'tokenizer.ggml.scores' }, { u32: 9 }, { u32: 6 }, { u64: 300 }, { raw: Array.from({ length: 1_200 }, () => 0) },
  { text: 'tokenizer.ggml.tokens' }, { u32: 9 }, { u32: 8 }, { u64: 300 },
  ...Array.from({ length: 300 }, (_, token) => ({ text: `t${token}` })),
  { text: 'nested' }, { u32: 9 }, { u32: 9 }, { u64: 1 }, { u32: 4 }, { u64: 1 }, { u32: 7 },
  { text: 'flag' }, { u32: 7 }, { raw: [1] },
  { text: 'token_embd.weight' }, { u32: 2 }, { u64: 64 }, { u64: 480 }, { u32: 1 }, { u64: 0 },
  { text: 'output_norm.weight' }, { u32: 1 }, { u64: 64 }, { u32: 0 }, { u64: 61_440 },
);

describe('parseGgufHeader', () => {
  test('reads the smallest useful file', () => {
    const parsed = parseGgufHeader(smallest);

    expect(Object.fromEntries(parsed.metadata)).toEqual({ 'general.architecture': 'llama', 'general.license': 'MIT' });
    expect(parsed).toMatchObject({ version: 3, tensors: [], dataOffset: 128 });
  });

  test('reads values of every kind and the tensors, and keeps only the length of long lists', () => {
    const parsed = parseGgufHeader(full);

    expect(Object.fromEntries(parsed.metadata)).toEqual({
      'general.architecture': 'llama',
      'llama.block_count': 4,
      'llama.context_length': 256n,
      'llama.rope.freq_base': 10_000,
      'general.tags': ['a', 'ü'],
      'tokenizer.ggml.scores': { skippedItems: 300 },
      'tokenizer.ggml.tokens': { skippedItems: 300 },
      nested: { skippedItems: 1 },
      flag: true,
    });
    expect(parsed.tensors).toEqual([
      { name: 'token_embd.weight', dimensions: [64n, 480n], type: 1, offset: 0n },
      { name: 'output_norm.weight', dimensions: [64n], type: 0, offset: 61_440n },
    ]);
    expect(parsed.dataOffset % 32).toBe(0);
  });

  test('reads version 2, and bytes that begin in the middle of a buffer', () => {
    const shifted = new Uint8Array(smallest.byteLength + 3);
    shifted.set(smallest, 3);
    shifted[7] = 2;

    expect(parseGgufHeader(shifted.subarray(3)).version).toBe(2);
  });

  const deepArray = Array.from({ length: 6 }, () => [{ u32: 9 }, { u64: 1 }]).flat();
  test.each([
    ['a ZIP file', fromHex('504b0304140000000800'), 'not-gguf', 'not a GGUF file: it begins with 50 4b 03 04'],
    ['a JSON file', new TextEncoder().encode('{"a": 1}'), 'not-gguf', 'not a GGUF file: it begins with 7b 22 61 22 ("{"a"")'],
    ['an empty file', new Uint8Array(), 'truncated', 'truncated'],
    ['a cut file', smallest.subarray(0, 60), 'truncated', 'truncated'],
    ['version 1', header(...start(0, 0, 1)), 'unsupported', 'GGUF version 1'],
    ['a big-endian file', header(...start(0, 0, 0x03000000)), 'unsupported', 'big-endian'],
    ['2^64-1 tensors', header(...start(2n ** 64n - 1n, 0)), 'absurd', 'absurd count: the file claims 18446744073709551615 tensors'],
    ['2^63 metadata entries', header(...start(0, 2n ** 63n)), 'absurd', 'absurd count'],
    ['a key of 2^40 bytes', header(...start(0, 1), { u64: 2n ** 40n }), 'absurd', 'bytes of a metadata key'],
    ['a value of 2^50 bytes', header(...start(0, 1), { text: 'a' }, { u32: 8 }, { u64: 2n ** 50n }), 'absurd', 'the value of "a"'],
    ['a list of 2^60 items', header(...start(0, 1), { text: 'a' }, { u32: 9 }, { u32: 0 }, { u64: 2n ** 60n }), 'absurd', 'items of "a"'],
    ['lists in lists in lists', header(...start(0, 1), { text: 'a' }, { u32: 9 }, ...deepArray), 'absurd', 'absurd nesting'],
    ['an unknown value type', header(...start(0, 1), { text: 'a' }, { u32: 13 }), 'malformed', 'unknown type 13'],
    ['a key that occurs twice', header(...start(0, 2), { text: 'a' }, { u32: 7 }, { raw: [1] }, { text: 'a' }, { u32: 7 }, { raw: [1] }), 'malformed', 'occurs twice'],
    ['a tensor with 5 dimensions', header(...start(1, 0), { text: 't' }, { u32: 5 }), 'absurd', '5 dimensions'],
    ['an alignment of zero', header(...start(0, 1), { text: 'general.alignment' }, { u32: 4 }, { u32: 0 }), 'malformed', 'general.alignment'],
  ] as const)('%s is refused with a sentence', (_, bytes, reason, sentence) => {
    const refusal = thrownBy(() => parseGgufHeader(bytes));

    expect(refusal).toBeInstanceOf(GgufError);
    expect(refusal).toMatchObject({ reason, message: expect.stringContaining(sentence) });
  });
});

describe('readGgufHeader', () => {
  test('asks for more bytes at every cut, always for more than there are, and never for more than the header', () => {
    for (let cut = 0; cut < full.byteLength; cut += 1) {
      const step = readGgufHeader(full.subarray(0, cut));

      if (step.kind !== 'need') throw new Error(`a header of ${full.byteLength} bytes was read from ${cut}`);
      expect(step.bytes).toBeGreaterThan(cut);
      expect(step.bytes).toBeLessThanOrEqual(full.byteLength);
    }
    expect(readGgufHeader(full).kind).toBe('header');
  });

  test('five thousand broken headers end in a value or a GgufError', () => {
    const random = seededRandom(20_261_124);
    const outcomes = { header: 0, need: 0, refused: 0 };
    for (let round = 0; round < 5_000; round += 1) {
      const broken = mutated(random() < 0.3 ? smallest : full, random);
      const outcome = outcomeOf(broken);
      outcomes[outcome] += 1;
    }

    expect(Object.values(outcomes).every((count) => count > 100), JSON.stringify(outcomes)).toBe(true);
  }, 30_000);

  test('lengths at their limits cost no memory before the bytes are there', () => {
    const greedy = header(...start(ggufLimits.tensors, ggufLimits.metadataEntries), { text: 'a' }, { u32: 9 }, { u32: 10 }, { u64: ggufLimits.arrayItems });

    expect(readGgufHeader(greedy)).toEqual({ kind: 'need', bytes: greedy.byteLength + 8 * ggufLimits.arrayItems });
  });
});

function outcomeOf(bytes: Uint8Array): 'header' | 'need' | 'refused' {
  try {
    return readGgufHeader(bytes).kind;
  } catch (error) {
    if (error instanceof GgufError) return 'refused';
    throw error;
  }
}

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

/** Flips, overwrites, cuts, doubles and inserts bytes, more often near the beginning where the counts are. */
function mutated(original: Uint8Array, random: () => number): Uint8Array {
  let bytes = Uint8Array.from(original);
  const rounds = 1 + Math.floor(random() * 4);
  for (let round = 0; round < rounds; round += 1) {
    const at = Math.floor(random() * random() * bytes.byteLength);
    const kind = Math.floor(random() * 5);
    if (kind === 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
    else if (kind === 1) bytes.set(Array.from({ length: Math.min(8, bytes.byteLength - at) }, () => (random() < 0.5 ? 0xff : Math.floor(random() * 256))), at);
    else if (kind === 2) bytes = bytes.slice(0, at);
    else if (kind === 3) bytes = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(Math.max(0, at - 16))]);
    else bytes = Uint8Array.from([...bytes.subarray(0, at), Math.floor(random() * 256), ...bytes.subarray(at)]);
  }
  return bytes;
}

/** mulberry32: the same numbers in every run, so that a failure can be repeated. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
