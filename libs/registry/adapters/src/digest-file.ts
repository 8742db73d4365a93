import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/** Large enough that hashing, not reading, sets the pace; small enough for many imports at once. */
const chunkBytes = 1024 * 1024;

/** Digests of files that have not changed since: an import is followed by a registration that asks for the same ones. */
const known = new Map<string, string>();
const mostKnown = 2_000;

/**
 * SHA-256 of a file as 64 lower-case hex digits, and the bytes that went into it. Takes one megabyte of memory, whatever the size. A file with the same
 * inode, size and times as one read before is not read again: an attacker who can set those can also replace the file after the check.
 */
export async function digestFile(file: FileHandle, signal?: AbortSignal): Promise<{ sha256: string; bytes: number }> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await file.stat({ bigint: true });
  const key = `${dev}:${ino}:${size}:${mtimeNs}:${ctimeNs}`;
  const remembered = known.get(key);
  if (remembered !== undefined) return { sha256: remembered, bytes: Number(size) };
  const hash = createHash('sha256');
  const buffer = new Uint8Array(chunkBytes);
  let position = 0;
  for (;;) {
    signal?.throwIfAborted();
    const { bytesRead } = await file.read(buffer, 0, chunkBytes, position);
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
  const sha256 = hash.digest('hex');
  if (BigInt(position) === size) remember(key, sha256);
  return { sha256, bytes: position };
}

function remember(key: string, sha256: string): void {
  const [oldest] = known.keys();
  if (known.size >= mostKnown && oldest !== undefined) known.delete(oldest);
  known.set(key, sha256);
}
