import { z } from 'zod';

/** Why bytes are not a safetensors header; the message is a sentence for the person who brought the file. */
export class SafetensorsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SafetensorsError';
  }
}

export interface SafetensorsHeader {
  readonly tensors: readonly { readonly name: string; readonly dtype: string; readonly shape: readonly number[] }[];
  /** Length that the file must have. */
  readonly fileBytes: number;
  /** Bytes of the tensors. */
  readonly dataBytes: number;
}

/** The format itself stops at 100 MB; the largest headers seen are below 20 MB, and a parsed header takes ten times its bytes of memory. */
export const maxSafetensorsHeaderBytes = 32 * 1024 * 1024;
const maxTensors = 500_000;
const lengthBytes = 8;

/** Bits of one element; types that are not here are accepted without a check of their size. */
const elementBits: Readonly<Record<string, number>> = { C64: 64, F64: 64, I64: 64, U64: 64, F32: 32, I32: 32, U32: 32, F16: 16, BF16: 16, I16: 16, U16: 16, F8_E4M3: 8, F8_E5M2: 8, F8_E8M0: 8, I8: 8, U8: 8, BOOL: 8, F4: 4 };

const Entry = z.object({
  dtype: z.string().max(20),
  shape: z.array(z.int().min(0)).max(16),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});

/** From the first 8 bytes of the file: how many bytes the header takes, those 8 included. */
export function safetensorsHeaderBytes(firstBytes: Uint8Array): number {
  if (firstBytes.byteLength < lengthBytes) throw new SafetensorsError('not a safetensors file: it is shorter than 8 bytes');
  const length = new DataView(firstBytes.buffer, firstBytes.byteOffset, firstBytes.byteLength).getBigUint64(0, true);
  if (length < 2n || length > BigInt(maxSafetensorsHeaderBytes)) throw new SafetensorsError(`not a safetensors file, or an absurd one: it claims a header of ${length} bytes`);
  return lengthBytes + Number(length);
}

/**
 * Reads a whole header (as long as {@link safetensorsHeaderBytes} says). Refuses sizes that do not match their shapes, and data
 * that overlaps or leaves holes: both are ways to hide something in a file.
 */
export function parseSafetensorsHeader(header: Uint8Array): SafetensorsHeader {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(header.subarray(lengthBytes)));
  } catch {
    throw new SafetensorsError('not a safetensors file: its header is not JSON');
  }
  const object = z.record(z.string(), z.unknown()).safeParse(json);
  if (!object.success) throw new SafetensorsError('not a safetensors file: its header is not an object');
  const ranges: [number, number][] = [];
  const tensors: { name: string; dtype: string; shape: number[] }[] = [];
  const entries = Object.entries(object.data);
  if (entries.length > maxTensors) throw new SafetensorsError(`absurd count: its header names ${entries.length} tensors, and ${maxTensors} is the most that is read`);
  for (const [name, value] of entries) {
    if (name === '__metadata__') continue;
    const entry = Entry.safeParse(value);
    if (!entry.success) throw new SafetensorsError(`the tensor ${shown(name)} has no valid type, shape and offsets`);
    const { dtype, shape, data_offsets: range } = entry.data;
    const bits = Object.hasOwn(elementBits, dtype) ? elementBits[dtype] : undefined;
    const elements = shape.reduce((total, dimension) => total * dimension, 1);
    if (bits !== undefined && range[1] - range[0] !== (elements * bits) / 8) throw new SafetensorsError(`the tensor ${shown(name)} has other bytes than its shape asks for`);
    ranges.push(range);
    tensors.push({ name, dtype, shape });
  }
  let end = 0;
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (from !== end) throw new SafetensorsError(from < end ? 'the data of two tensors overlaps' : 'the data has a hole between two tensors');
    end = to;
  }
  return { tensors, fileBytes: header.byteLength + end, dataBytes: end };
}

/** Weights in the file: elements of all tensors but the scales that quantisation adds. Packed 4-bit weights count as the container that holds them. */
export function safetensorsParameters({ tensors }: SafetensorsHeader): number {
  return tensors
    .filter(({ name }) => !/(^|\.)(weight_scale(_inv)?|input_scale|scales|qzeros|g_idx)$/.test(name))
    .reduce((total, { shape }) => total + shape.reduce((elements, dimension) => elements * dimension, 1), 0);
}

const shown = (name: string): string => JSON.stringify(name.slice(0, 60));
