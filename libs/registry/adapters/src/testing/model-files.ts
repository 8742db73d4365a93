import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';

/** Makers of the files that importers read, for tests and fuzzing. Nothing else may import this. */

const encoder = new TextEncoder();

export interface TensorSpec {
  readonly dtype: string;
  readonly shape: readonly number[];
}

const bytesOf: Readonly<Record<string, number>> = { F32: 4, BF16: 2, F16: 2, F8_E4M3: 1, I8: 1, U8: 1 };

/** The header of a safetensors file of these tensors, its length before it, and how many bytes of tensors follow. */
export function safetensorsHeader(tensors: Readonly<Record<string, TensorSpec>>, metadata: Readonly<Record<string, string>> = {}): { readonly header: Uint8Array; readonly dataBytes: number } {
  let offset = 0;
  const entries: Record<string, unknown> = Object.keys(metadata).length === 0 ? {} : { __metadata__: metadata };
  for (const [name, { dtype, shape }] of Object.entries(tensors)) {
    const end = offset + shape.reduce((product, dimension) => product * dimension, bytesOf[dtype] ?? 1);
    entries[name] = { dtype, shape, data_offsets: [offset, end] };
    offset = end;
  }
  return { header: withLength(JSON.stringify(entries)), dataBytes: offset };
}

/** Eight bytes of length, and the text. */
export function withLength(json: string, length?: bigint): Uint8Array {
  const text = encoder.encode(json);
  const bytes = new Uint8Array(8 + text.byteLength);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(text.byteLength), true);
  bytes.set(text, 8);
  return bytes;
}

export function safetensorsFile(tensors: Readonly<Record<string, TensorSpec>>, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  const { header, dataBytes } = safetensorsHeader(tensors, metadata);
  return Buffer.concat([header, new Uint8Array(dataBytes)]);
}

export type GgufEntry = string | { readonly u16: number } | { readonly u32: number } | { readonly u64: bigint } | { readonly i32: number } | { readonly f32: number } | { readonly bool: boolean } | { readonly strings: readonly string[] } | { readonly u32s: readonly number[] };

export interface GgufSpec {
  readonly metadata: Readonly<Record<string, GgufEntry>>;
  /** F16 tensors by name; dimensions innermost first. */
  readonly tensors?: Readonly<Record<string, readonly number[]>>;
}

const number = (bytes: 1 | 2 | 4 | 8, value: number | bigint): Uint8Array => {
  const buffer = Buffer.alloc(bytes);
  if (bytes === 8) buffer.writeBigUInt64LE(BigInt(value));
  else buffer.writeUIntLE(Number(value), 0, bytes);
  return buffer;
};
const string = (text: string): Uint8Array => Buffer.concat([number(8, encoder.encode(text).byteLength), encoder.encode(text)]);

function entryBytes(entry: GgufEntry): Uint8Array {
  if (typeof entry === 'string') return Buffer.concat([number(4, 8), string(entry)]);
  if ('u16' in entry) return Buffer.concat([number(4, 2), number(2, entry.u16)]);
  if ('u32' in entry) return Buffer.concat([number(4, 4), number(4, entry.u32)]);
  if ('i32' in entry) return Buffer.concat([number(4, 5), number(4, entry.i32 >>> 0)]);
  if ('u64' in entry) return Buffer.concat([number(4, 10), number(8, entry.u64)]);
  if ('bool' in entry) return Buffer.concat([number(4, 7), number(1, entry.bool ? 1 : 0)]);
  if ('f32' in entry) {
    const buffer = Buffer.alloc(4);
    buffer.writeFloatLE(entry.f32);
    return Buffer.concat([number(4, 6), buffer]);
  }
  if ('strings' in entry) return Buffer.concat([number(4, 9), number(4, 8), number(8, entry.strings.length), ...entry.strings.map(string)]);
  return Buffer.concat([number(4, 9), number(4, 4), number(8, entry.u32s.length), ...entry.u32s.map((each) => number(4, each))]);
}

/** A whole GGUF file, version 3, with zeros for weights. */
export function ggufFile({ metadata, tensors = {} }: GgufSpec): Uint8Array {
  const infos: Uint8Array[] = [];
  let offset = 0;
  for (const [name, dimensions] of Object.entries(tensors)) {
    infos.push(string(name), number(4, dimensions.length), ...dimensions.map((each) => number(8, each)), number(4, 1), number(8, offset));
    offset += Math.ceil((dimensions.reduce((product, each) => product * each, 1) * 2) / 32) * 32;
  }
  const head = Buffer.concat([encoder.encode('GGUF'), number(4, 3), number(8, Object.keys(tensors).length), number(8, Object.keys(metadata).length), ...Object.entries(metadata).flatMap(([key, value]) => [string(key), entryBytes(value)]), ...infos]);
  return Buffer.concat([head, new Uint8Array(Math.ceil(head.byteLength / 32) * 32 - head.byteLength + offset)]);
}

/** A small model of the Llama kind, as config.json says it and as its tensors are. */
export const tinyLlama = {
  config: { architectures: ['LlamaForCausalLM'], model_type: 'llama', hidden_size: 8, intermediate_size: 16, num_hidden_layers: 1, num_attention_heads: 2, num_key_value_heads: 1, vocab_size: 10, max_position_embeddings: 64, tie_word_embeddings: true, torch_dtype: 'bfloat16' },
  tensors: {
    'model.embed_tokens.weight': { dtype: 'BF16', shape: [10, 8] },
    'model.layers.0.input_layernorm.weight': { dtype: 'BF16', shape: [8] },
    'model.layers.0.mlp.down_proj.weight': { dtype: 'BF16', shape: [8, 16] },
    'model.layers.0.mlp.gate_proj.weight': { dtype: 'BF16', shape: [16, 8] },
    'model.layers.0.mlp.up_proj.weight': { dtype: 'BF16', shape: [16, 8] },
    'model.layers.0.post_attention_layernorm.weight': { dtype: 'BF16', shape: [8] },
    'model.layers.0.self_attn.k_proj.weight': { dtype: 'BF16', shape: [4, 8] },
    'model.layers.0.self_attn.o_proj.weight': { dtype: 'BF16', shape: [8, 8] },
    'model.layers.0.self_attn.q_proj.weight': { dtype: 'BF16', shape: [8, 8] },
    'model.layers.0.self_attn.v_proj.weight': { dtype: 'BF16', shape: [4, 8] },
    'model.norm.weight': { dtype: 'BF16', shape: [8] },
  } as Readonly<Record<string, TensorSpec>>,
  parameters: 80 + 8 + 128 * 3 + 8 + 32 + 64 + 64 + 32 + 8,
  gguf: {
    metadata: {
      'general.architecture': 'llama',
      'general.name': 'Tiny Llama',
      'general.license': 'mit',
      'llama.block_count': { u32: 1 },
      'llama.embedding_length': { u32: 8 },
      'llama.feed_forward_length': { u32: 16 },
      'llama.attention.head_count': { u32: 2 },
      'llama.attention.head_count_kv': { u32: 1 },
      'llama.context_length': { u32: 64 },
      'tokenizer.chat_template': '{{ messages }}',
      'tokenizer.ggml.tokens': { strings: Array.from({ length: 10 }, (_, index) => `t${index}`) },
    } as Readonly<Record<string, GgufEntry>>,
    tensors: { 'token_embd.weight': [8, 10], 'blk.0.attn_q.weight': [8, 8], 'output_norm.weight': [8] } as Readonly<Record<string, readonly number[]>>,
  },
} as const;

export interface ArchiveEntry {
  readonly name: string;
  readonly content?: Uint8Array | string;
  readonly type?: 'file' | 'symlink' | 'link' | 'directory' | 'character-device';
  readonly linkname?: string;
}

const contentOf = ({ content = '' }: ArchiveEntry): Uint8Array => (typeof content === 'string' ? encoder.encode(content) : content);

export async function tarFile(entries: readonly ArchiveEntry[]): Promise<Uint8Array> {
  const tar = pack();
  for (const entry of entries) tar.entry({ name: entry.name, type: entry.type ?? 'file', ...(entry.linkname !== undefined && { linkname: entry.linkname }) }, Buffer.from(contentOf(entry)));
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar as unknown as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export const tarGzFile = async (entries: readonly ArchiveEntry[]): Promise<Uint8Array> => gzipSync(await tarFile(entries));

export interface ZipEntry extends ArchiveEntry {
  /** What the directory says of the unpacked size, where it lies. */
  readonly claimedBytes?: number;
}

/** A zip archive, deflated (PKWARE's APPNOTE 6.3.9, sections 4.3.7 to 4.3.16). */
export function zipFile(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = encoder.encode(entry.name);
    const content = contentOf(entry);
    const packed = deflateRawSync(content);
    const sizes = Buffer.concat([number(4, crc32(content)), number(4, packed.byteLength), number(4, entry.claimedBytes ?? content.byteLength)]);
    const local = Buffer.concat([number(4, 0x04034b50), number(2, 20), number(2, 0x800), number(2, 8), number(4, 0), sizes, number(2, name.byteLength), number(2, 0), name]);
    const mode = entry.type === 'symlink' ? 0o120777 : entry.type === 'directory' ? 0o040755 : 0o100644;
    directory.push(Buffer.concat([number(4, 0x02014b50), number(2, (3 << 8) | 20), number(2, 20), number(2, 0x800), number(2, 8), number(4, 0), sizes, number(2, name.byteLength), number(2, 0), number(2, 0), number(2, 0), number(2, 0), number(4, mode * 65_536), number(4, offset), name]));
    parts.push(local, packed);
    offset += local.byteLength + packed.byteLength;
  }
  const bytes = directory.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return Buffer.concat([...parts, ...directory, number(4, 0x06054b50), number(2, 0), number(2, 0), number(2, entries.length), number(2, entries.length), number(4, bytes), number(4, offset), number(2, 0)]);
}

/** Bytes as they would come in over a connection, in pieces. */
export async function* inPieces(bytes: Uint8Array, pieceBytes = 1_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  await Promise.resolve();
}
