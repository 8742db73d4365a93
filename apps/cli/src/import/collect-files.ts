import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ImportRequest } from '@weighbridge/registry-contracts';
import { GgufError, SafetensorsError, ggufLimits, readGgufHeader, safetensorsHeaderBytes } from '@weighbridge/registry-domain';
import { Failure } from '../failure.ts';

type SentFile = NonNullable<Extract<ImportRequest, { files?: unknown }>['files']>[number];

/** Told while files are read, since the digest of a large one takes its time. */
export type OnProgress = (name: string, bytes: number) => void;

export const collectLimits = {
  /** Files that the registry takes in one request. */
  files: 500,
  /** Entries of a folder that are looked at. */
  entries: 20_000,
  depth: 12,
  textBytes: 4 * 1024 * 1024,
  indexBytes: 12 * 1024 * 1024,
  /** Of all that is sent, before it is encoded. */
  sentBytes: 40 * 1024 * 1024,
} as const;

const text = /\.(json|ya?ml|md|txt|jinja)$|(^|\/)(mlmodel|modelfile|kitfile|oci-layout)$/i;
const rights = /licen[cs]e|copying|notice|use[._ -]?policy/i;
const weights = /\.(gguf|safetensors|bin|pt|pth)$/i;
/** Files of stores that go by digest: manifests, and blobs whose name does not say what they are. */
const stored = /(^|\/)manifests\/|(^|\/)sha256[-/:]?[0-9a-f]{64}$/;
/** Large, and nothing in them that an importer reads. */
const unread = /(^|\/)(tokenizer\.json|vocab\.json|merges\.txt|added_tokens\.json)$/i;
/** What version control and loaders keep beside a model. */
const passedOver = new Set(['.git', '.cache', 'node_modules', '__pycache__']);

/**
 * What the registry needs of a model that lies here: small files whole; of weights the header, the size and the digest of the whole file. No weights
 * are sent. Throws {@link Failure} for what cannot be read or is too much.
 */
export async function collectFiles(path: string, onProgress: OnProgress = () => {}): Promise<SentFile[]> {
  const found = await listFiles(path);
  if (found.length === 0) throw new Failure(`${path} has no file that says what model it is.`);
  if (found.length > collectLimits.files) throw new Failure(`${path} has ${found.length} files to read, and ${collectLimits.files} is the most: name the folder of one model.`);
  const sent: SentFile[] = [];
  let bytes = 0;
  for (const { name, file } of found) {
    const read = await readFileAt(name, file, onProgress);
    bytes += read.sentBytes;
    if (bytes > collectLimits.sentBytes) throw new Failure(`the metadata and headers of ${path} take more than ${collectLimits.sentBytes / 1024 ** 2} MB: pack the folder and send it to POST /v1/imports/archive, or put it into the import folder of the installation.`);
    sent.push(read.file);
  }
  return sent;
}

interface FoundFile {
  /** Relative, with `/` between folders. */
  readonly name: string;
  readonly file: string;
}

async function listFiles(path: string): Promise<FoundFile[]> {
  const info = await stat(path).catch((cause: unknown) => {
    throw new Failure(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  });
  if (info.isFile()) return [{ name: basename(path), file: path }];
  const found: FoundFile[] = [];
  const seen = new Set<string>();
  let entries = 0;
  const walk = async (folder: string, prefix: string, depth: number): Promise<void> => {
    // Stores of models link to their files; a link that leads back up is followed once.
    const real = await realpath(folder);
    if (seen.has(real) || depth > collectLimits.depth) return;
    seen.add(real);
    for (const name of (await readdir(folder)).toSorted()) {
      entries += 1;
      if (entries > collectLimits.entries) throw new Failure(`${path} has more than ${collectLimits.entries} entries: name the folder of one model.`);
      const file = join(folder, name);
      const entry = await stat(file).catch(() => null);
      if (entry?.isDirectory() === true && !passedOver.has(name)) await walk(file, `${prefix}${name}/`, depth + 1);
      else if (entry?.isFile() === true && isRead(`${prefix}${name}`, name)) found.push({ name: `${prefix}${name}`, file });
    }
  };
  await walk(path, '', 0);
  return found;
}

const isRead = (name: string, base: string): boolean => !unread.test(name) && (text.test(name) || rights.test(base) || weights.test(name) || stored.test(name));

async function readFileAt(name: string, path: string, onProgress: OnProgress): Promise<{ readonly file: SentFile; readonly sentBytes: number }> {
  const handle = await open(path, 'r').catch((cause: unknown) => {
    throw new Failure(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  });
  try {
    const { size } = await handle.stat();
    const head = await headOf(name, handle, size);
    if (head.byteLength === size) return { file: { name, contentBase64: head.toString('base64') }, sentBytes: size };
    onProgress(name, size);
    return { file: { name, contentBase64: head.toString('base64'), bytes: size, sha256: await digestOf(path) }, sentBytes: head.byteLength };
  } finally {
    await handle.close();
  }
}

/** All of a small text, the header of weights, nothing of a pickle. */
async function headOf(name: string, handle: FileHandle, size: number): Promise<Buffer> {
  if (/\.(bin|pt|pth)$/i.test(name)) return Buffer.alloc(0);
  const beginning = await readStart(handle, Math.min(size, 64 * 1024));
  const isGguf = beginning.subarray(0, 4).toString('latin1') === 'GGUF';
  if (/\.safetensors$/i.test(name)) return safetensorsHead(name, handle, beginning);
  if (isGguf) return ggufHead(name, handle, beginning, size);
  const most = /\.index\.json$/i.test(name) ? collectLimits.indexBytes : collectLimits.textBytes;
  if (size <= most) return readStart(handle, size);
  if (stored.test(name)) return beginning.subarray(0, 16);
  throw new Failure(`${name} has ${size.toLocaleString('en')} bytes, and ${most.toLocaleString('en')} is the most that is read of such a file.`);
}

async function safetensorsHead(name: string, handle: FileHandle, beginning: Buffer): Promise<Buffer> {
  try {
    const bytes = safetensorsHeaderBytes(beginning);
    return bytes <= beginning.byteLength ? beginning.subarray(0, bytes) : await readStart(handle, bytes);
  } catch (cause) {
    if (cause instanceof SafetensorsError) throw new Failure(`${name}: ${cause.message}`, { cause });
    throw cause;
  }
}

async function ggufHead(name: string, handle: FileHandle, beginning: Buffer, size: number): Promise<Buffer> {
  for (let head = beginning; ; ) {
    const step = parseGguf(name, head);
    if (step.kind === 'header') return head;
    const wanted = Math.min(Math.max(step.bytes, head.byteLength * 2), size, ggufLimits.headerBytes);
    if (step.bytes > size || wanted <= head.byteLength) throw new Failure(`${name}: truncated: its header needs at least ${step.bytes} bytes.`);
    head = await readStart(handle, wanted);
  }
}

function parseGguf(name: string, head: Buffer): ReturnType<typeof readGgufHeader> {
  try {
    return readGgufHeader(head);
  } catch (cause) {
    if (cause instanceof GgufError) throw new Failure(`${name}: ${cause.message}`, { cause });
    throw cause;
  }
}

async function readStart(handle: FileHandle, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
