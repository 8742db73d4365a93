import { createHash } from 'node:crypto';
import type { FileStore, NewStoredFile, StoredFile } from '@weighbridge/inference-data';

const chunkBytes = 262_144;

/** Writes one file in chunks of 256 KiB; whoever writes awaits, so that memory holds one chunk at most. */
export interface FileWriter {
  readonly write: (content: Buffer | string) => Promise<void>;
  readonly bytes: () => number;
  readonly complete: (more: { readonly purpose: string; readonly expiresAt: Date | null }) => Promise<StoredFile>;
  /** Deletes what was written. */
  readonly discard: () => Promise<void>;
}

export async function openFileWriter(files: Pick<FileStore, 'startFile' | 'appendChunk' | 'completeFile' | 'deleteFile'>, file: NewStoredFile): Promise<FileWriter> {
  const hash = createHash('sha256');
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let bytes = 0;
  let position = 0;
  const flush = async () => {
    if (pendingBytes === 0) return;
    const content = Buffer.concat(pending);
    pending = [];
    pendingBytes = 0;
    await files.appendChunk(file.id, position++, content);
  };
  await files.startFile(file);
  return {
    write: async (content) => {
      const buffer = typeof content === 'string' ? Buffer.from(content) : content;
      hash.update(buffer);
      bytes += buffer.length;
      pending.push(buffer);
      pendingBytes += buffer.length;
      if (pendingBytes >= chunkBytes) await flush();
    },
    bytes: () => bytes,
    complete: async (more) => {
      await flush();
      return files.completeFile(file.id, { bytes, sha256: hash.digest('hex'), ...more });
    },
    discard: async () => {
      await files.deleteFile(file.id, null);
    },
  };
}
