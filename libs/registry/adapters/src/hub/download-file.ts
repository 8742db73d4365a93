import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { AppError } from '@weighbridge/shared-domain';
import { gitDigest } from './open-hub-repository.ts';
import type { Hub, HubFile } from './hub.ts';
import { discard } from './hub-connection.ts';

export interface DownloadTarget {
  /** The model folder; nothing is written outside. */
  readonly root: string;
  /** Below the root. */
  readonly folder: string;
}

export interface DownloadOptions {
  readonly signal: AbortSignal;
  /** Bytes of the file that are there, whenever more came. */
  readonly onProgress?: (bytes: number) => void;
}

const chunkBytes = 1024 * 1024;
/** Small files have git's digest only, which is over the whole; they are read again for it. */
const mostGitBytes = 64 * 1024 * 1024;

/**
 * Fetches one file to its place, from where an earlier try ended: bytes arrive in `<name>.incomplete`, are checked against size and digest, and only then get the
 * name. A cut connection goes on with a range. Answers with the SHA-256. Throws `artifact.unreadable` when the content is not what the Hub promised (nothing of
 * it stays), `service.unavailable` when the Hub stays away (what came stays, for the next try).
 */
export async function downloadFile(hub: Hub, { repo, commit }: { readonly repo: string; readonly commit: string }, file: HubFile, target: DownloadTarget, { signal, onProgress = () => undefined }: DownloadOptions): Promise<string> {
  const path = await placeOf(target, file.name);
  const there = await digestOf(path);
  if (there !== null && there.bytes === file.bytes && (file.sha256 === null || there.sha256 === file.sha256)) {
    if (file.sha256 !== null || file.blobId === null || (await gitDigestOf(path, file.bytes)) === file.blobId) {
      onProgress(file.bytes);
      return there.sha256;
    }
  }
  const incomplete = `${path}.incomplete`;
  const handle = await open(incomplete, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o644);
  let sha256: string;
  try {
    sha256 = await fill(hub, { repo, commit }, file, handle, { signal, onProgress });
    await handle.sync();
  } catch (error) {
    // What is not what was promised is of no use to a later try.
    if (error instanceof AppError && error.code === 'artifact.unreadable') await rm(incomplete, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  await requireContent(file, sha256, incomplete);
  await rename(incomplete, path);
  return sha256;
}

/** Reads on until the file has all its bytes; gives up only when several tries in a row bring none. */
async function fill(hub: Hub, { repo, commit }: { repo: string; commit: string }, file: HubFile, handle: FileHandle, { signal, onProgress }: Required<DownloadOptions>): Promise<string> {
  let { hash, bytes } = await resumed(handle, file.bytes);
  onProgress(bytes);
  for (let fruitless = 0; bytes < file.bytes; ) {
    signal.throwIfAborted();
    const before = bytes;
    try {
      const stream = await hub.open({ repo, commit, name: file.name }, bytes, { signal });
      if (stream.linkedSha256 !== null && file.sha256 !== null && stream.linkedSha256 !== file.sha256) {
        discard(stream.body);
        throw new AppError('artifact.unreadable', `${file.name} changed`, { detail: `${file.name}: the Hub promised the SHA-256 ${file.sha256}, and now serves ${stream.linkedSha256}.` });
      }
      if (stream.from !== bytes) {
        // It knows no ranges: from the beginning.
        hash = createHash('sha256');
        bytes = 0;
      }
      for await (const chunk of stream.body) {
        const part = chunk as Buffer;
        if (bytes + part.byteLength > file.bytes) throw new AppError('artifact.unreadable', `${file.name} is too long`, { detail: `${file.name}: the Hub promised ${file.bytes} bytes, and more came.` });
        await writeAll(handle, part, bytes);
        hash.update(part);
        bytes += part.byteLength;
        onProgress(bytes);
      }
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof AppError || isDiskFault(error)) throw diskFault(error, file.name);
    }
    if (bytes >= file.bytes) break;
    fruitless = bytes > before ? 0 : fruitless + 1;
    if (fruitless >= hub.attempts) throw new AppError('service.unavailable', `the Hub cuts ${file.name} at byte ${bytes}`, { detail: `${file.name}: the connection to the Hub is cut again and again at byte ${bytes} of ${file.bytes}.`, retryAfterSeconds: 60 });
    await hub.pause(fruitless, signal);
  }
  await handle.truncate(file.bytes);
  return hash.digest('hex');
}

async function writeAll(handle: FileHandle, part: Uint8Array, at: number): Promise<void> {
  let written = 0;
  while (written < part.byteLength) written += (await handle.write(part, written, part.byteLength - written, at + written)).bytesWritten;
}

/** The digest so far of what an earlier try left; nothing, when that is longer than the file should be. */
async function resumed(handle: FileHandle, most: number): Promise<{ hash: Hash; bytes: number }> {
  const hash = createHash('sha256');
  const { size } = await handle.stat();
  if (size > most) {
    await handle.truncate(0);
    return { hash, bytes: 0 };
  }
  const buffer = new Uint8Array(chunkBytes);
  let bytes = 0;
  while (bytes < size) {
    const { bytesRead } = await handle.read(buffer, 0, chunkBytes, bytes);
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    bytes += bytesRead;
  }
  return { hash, bytes };
}

async function requireContent(file: HubFile, sha256: string, incomplete: string): Promise<void> {
  const wrong =
    file.sha256 !== null
      ? file.sha256 === sha256 ? null : `its SHA-256 is ${sha256}, and the Hub promised ${file.sha256}`
      : file.blobId === null || file.bytes > mostGitBytes || (await gitDigestOf(incomplete, file.bytes)) === file.blobId ? null : `it is not what the commit names (${file.blobId})`;
  if (wrong === null) return;
  await rm(incomplete, { force: true });
  throw new AppError('artifact.unreadable', `${file.name}: ${wrong}`, { detail: `${file.name}: ${wrong}. What came was removed.` });
}

/** Where the file goes. Folders are made; one that is a link out of the root is refused. */
async function placeOf({ root, folder }: DownloadTarget, name: string): Promise<string> {
  const path = join(root, folder, name);
  await mkdir(dirname(path), { recursive: true });
  const realRoot = await realpath(root);
  const way = relative(realRoot, await realpath(dirname(path)));
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) throw new AppError('artifact.unreadable', `${folder}/${name} leads out of the model folder`, { detail: `${name}: its folder leads out of the model folder.` });
  return join(realRoot, way, name.split('/').at(-1) ?? name);
}

async function digestOf(path: string): Promise<{ sha256: string; bytes: number } | null> {
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile()) return null;
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { hash, bytes } = await resumed(handle, Number.MAX_SAFE_INTEGER);
    return { sha256: hash.digest('hex'), bytes };
  } finally {
    await handle.close();
  }
}

async function gitDigestOf(path: string, bytes: number): Promise<string | null> {
  if (bytes > mostGitBytes) return null;
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return gitDigest(await handle.readFile());
  } finally {
    await handle.close();
  }
}

const diskCodes = new Set(['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS', 'EIO', 'EISDIR', 'ENOTDIR']);
const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '');
const isDiskFault = (error: unknown): boolean => diskCodes.has(codeOf(error)) && error instanceof Error && 'syscall' in error;

const diskFault = (error: unknown, name: string): unknown =>
  error instanceof AppError ? error : new AppError('artifact.unreadable', `${name}: ${codeOf(error)}`, { cause: error, detail: `${name}: the model folder cannot be written (${codeOf(error)}).` });
