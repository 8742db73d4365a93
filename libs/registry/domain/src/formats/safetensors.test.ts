import { describe, expect, test } from 'vitest';
import { SafetensorsError, parseSafetensorsHeader, safetensorsHeaderBytes, safetensorsParameters } from './safetensors.ts';

/** One tensor w, F32, 2 x 2, and its data. */
const sample = Uint8Array.from(
  '40000000000000007b2277223a7b226474797065223a22463332222c227368617065223a5b322c325d2c22646174615f6f666673657473223a5b302c31365d7d7d202020202020200000803f000000400000404000008040'.match(/../g) ?? [],
  (byte) => Number.parseInt(byte, 16),
);

function header(json: unknown): Uint8Array {
  const text = new TextEncoder().encode(typeof json === 'string' ? json : JSON.stringify(json));
  const bytes = new Uint8Array(8 + text.byteLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.byteLength), true);
  bytes.set(text, 8);
  return bytes;
}

describe('parseSafetensorsHeader', () => {
  test('reads the smallest file', () => {
    const parsed = parseSafetensorsHeader(sample.subarray(0, safetensorsHeaderBytes(sample)));

    expect(parsed).toEqual({ tensors: [{ name: 'w', dtype: 'F32', shape: [2, 2] }], fileBytes: sample.byteLength, dataBytes: 16 });
  });

  test('scales that quantisation adds are no parameters', () => {
    const parsed = parseSafetensorsHeader(
      header({
        __metadata__: { format: 'pt' },
        'layer.weight': { dtype: 'F8_E4M3', shape: [4, 4], data_offsets: [0, 16] },
        'layer.weight_scale_inv': { dtype: 'F32', shape: [1], data_offsets: [16, 20] },
      }),
    );

    expect(safetensorsParameters(parsed)).toBe(16);
  });

  test.each([
    ['text', new TextEncoder().encode('hello world'), 'absurd'],
    ['too few bytes', Uint8Array.of(1, 2), 'shorter than 8 bytes'],
    ['a header of 2^60 bytes', Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 16), 'absurd'],
  ])('%s is refused by its first bytes', (_, bytes, sentence) => {
    expect(() => safetensorsHeaderBytes(bytes)).toThrow(sentence);
  });

  test.each([
    ['no JSON', '{"a"', 'not JSON'],
    ['a list', [1], 'not an object'],
    ['a tensor without a shape', { w: { dtype: 'F32', data_offsets: [0, 4] } }, 'no valid type, shape and offsets'],
    ['a negative dimension', { w: { dtype: 'F32', shape: [-1], data_offsets: [0, 4] } }, 'no valid type, shape and offsets'],
    ['bytes that the shape does not give', { w: { dtype: 'F32', shape: [2], data_offsets: [0, 4] } }, 'other bytes than its shape'],
    ['an overlap', { a: { dtype: 'U8', shape: [4], data_offsets: [0, 4] }, b: { dtype: 'U8', shape: [4], data_offsets: [2, 6] } }, 'overlaps'],
    ['a hole', { a: { dtype: 'U8', shape: [4], data_offsets: [0, 4] }, b: { dtype: 'U8', shape: [4], data_offsets: [5, 9] } }, 'hole'],
  ])('%s is refused', (_, json, sentence) => {
    const read = () => parseSafetensorsHeader(header(json));

    expect(read).toThrow(SafetensorsError);
    expect(read).toThrow(sentence);
  });
});
