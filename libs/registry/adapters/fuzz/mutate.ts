import type { Random } from './random.ts';

/** Lengths, counts and offsets where parsers go wrong. */
const numbers = [0n, 1n, 7n, 0x7fn, 0xffn, 0xffffn, 0x7fffffffn, 0xffffffffn, 0x100000000n, 0x1fffffffffffffn, 0x7fffffffffffffffn, 0x8000000000000000n, 0xffffffffffffffffn];

/** Changes some bytes: flips, numbers that lie, cuts, repetitions, and pieces of another sample. */
export function mutateBytes(sample: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  let bytes = Buffer.from(sample);
  const times = 1 + random.int(random.chance(0.2) ? 20 : 4);
  for (let time = 0; time < times && bytes.byteLength > 0; time += 1) bytes = mutateOnce(bytes, Buffer.from(other), random);
  return bytes;
}

function mutateOnce(bytes: Buffer, other: Buffer, random: Random): Buffer<ArrayBuffer> {
  const at = random.int(bytes.byteLength);
  const copy = Buffer.from(bytes);
  switch (random.int(7)) {
    case 0:
      copy[at] = (copy[at] ?? 0) ^ (1 << random.int(8));
      return copy;
    case 1:
      copy[at] = random.int(256);
      return copy;
    case 2: {
      const width = random.pick([1, 2, 4, 8]);
      const value = random.pick(numbers) & ((1n << BigInt(width * 8)) - 1n);
      const aligned = random.chance(0.5) ? at - (at % width) : at;
      for (let index = 0; index < width && aligned + index < copy.byteLength; index += 1) copy[aligned + index] = Number((value >> BigInt(8 * index)) & 0xffn);
      return copy;
    }
    case 3:
      return copy.subarray(0, at) as Buffer<ArrayBuffer>;
    case 4: {
      const end = Math.min(copy.byteLength, at + 1 + random.int(64));
      return Buffer.concat([copy.subarray(0, end), copy.subarray(at)]);
    }
    case 5: {
      const from = random.int(Math.max(1, other.byteLength));
      return Buffer.concat([copy.subarray(0, at), other.subarray(from, from + 1 + random.int(64)), copy.subarray(at)]);
    }
    default: {
      const end = Math.min(copy.byteLength, at + 1 + random.int(64));
      return Buffer.concat([copy.subarray(0, at), copy.subarray(end)]);
    }
  }
}

const oddValues: readonly ((random: Random) => unknown)[] = [
  () => null,
  () => true,
  () => -1,
  () => 0,
  () => 1.5,
  () => 1e308,
  () => 2 ** 53,
  () => -(2 ** 31),
  () => '',
  () => 'x'.repeat(10_000),
  () => '\0',
  () => '\ud800',
  () => '../../etc/passwd',
  () => [],
  () => ({}),
  () => ({ __proto__: null, constructor: 'x' }),
  (random) => Array.from({ length: random.int(50) }, (_, index) => index),
  (random) => nested(random.int(random.chance(0.1) ? 800 : 20)),
];

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

const oddKeys = ['__proto__', 'constructor', 'toString', '', '\0', 'a'.repeat(5_000), 'license', 'layers'];

/** Changes values and keys of parsed JSON, and gives the text. */
export function mutateJson(sample: unknown, random: Random): string {
  const copy = JSON.parse(JSON.stringify(sample)) as unknown;
  const times = 1 + random.int(4);
  let mutated = copy;
  for (let time = 0; time < times; time += 1) mutated = mutateValue(mutated, random);
  const text = JSON.stringify(mutated) ?? 'null';
  return random.chance(0.1) ? text.slice(0, random.int(text.length + 1)) : text;
}

function mutateValue(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random.chance(0.1)) return random.pick(oddValues)(random);
  if (Array.isArray(value)) {
    const items = value as unknown[];
    if (items.length === 0 || random.chance(0.2)) return [...items, random.pick(oddValues)(random)];
    const at = random.int(items.length);
    return random.chance(0.2) ? items.toSpliced(at, 1) : items.toSpliced(at, 1, mutateValue(items[at], random));
  }
  const entries = Object.entries(value);
  if (entries.length === 0 || random.chance(0.15)) return Object.fromEntries([...entries, [random.pick(oddKeys), random.pick(oddValues)(random)]]);
  const at = random.int(entries.length);
  const [key, member] = entries[at] ?? ['', null];
  return Object.fromEntries(random.chance(0.1) ? entries.toSpliced(at, 1) : entries.toSpliced(at, 1, [random.chance(0.05) ? random.pick(oddKeys) : key, mutateValue(member, random)]));
}

const tokens = ['---\n', '\n---\n', '&a ', '*a', '<<: *a\n', '!!binary ', '!!js/function ', '? ', ': ', '- ', '[', ']', '{', '}', '|\n', '>\n', '"', "'", '\0', '\ud800', '\ufeff', '\t', '\r\n', '#', '%YAML 1.1\n', '0x7fffffffffffffff', '.inf', '.nan', '2026-01-01', '~', 'x'.repeat(3_000), '[['.repeat(200), ' '.repeat(300), '\n- '.repeat(100), ' OR ', ' AND ', ' WITH ', '(', ')', '+', 'LicenseRef-', 'DocumentRef-x:LicenseRef-y'];

/** Changes a text: tokens that mean something to YAML and licence expressions, words swapped, pieces cut, repeated and moved. */
export function mutateText(sample: string, random: Random): string {
  let text = sample;
  const times = 1 + random.int(random.chance(0.1) ? 30 : 4);
  for (let time = 0; time < times; time += 1) {
    const at = random.int(text.length + 1);
    const end = Math.min(text.length, at + random.int(200));
    text = random.pick([
      () => text.slice(0, at) + random.pick(tokens) + text.slice(at),
      () => text.slice(0, at) + text.slice(end),
      () => text.slice(0, end) + text.slice(at),
      () => text.slice(0, at) + String.fromCharCode(random.int(0x10000)) + text.slice(at),
      () => text.slice(end) + text.slice(0, at),
    ])();
    if (text.length > 200_000) text = text.slice(0, 200_000);
  }
  return text;
}
