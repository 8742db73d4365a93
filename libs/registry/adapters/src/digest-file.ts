import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/** Large enough that hashing, not reading, sets the pace; small enough for many imports at once. */
const chunkBytes = 1024 * 1024;

/** SHA-256 of a file as 64 lower-case hex digits, and the bytes that went into it. Takes one megabyte of memory, whatever the size. */
export async function digestFile(file: FileHandle): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  const buffer = new Uint8Array(chunkBytes);
  let position = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, chunkBytes, position);
    if (bytesRead === 0) return { sha256: hash.digest('hex'), bytes: position };
    hash.update(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
}
