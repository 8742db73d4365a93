import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@weighbridge/shared-domain';
import type { Publication, PublishedFile } from '../publication.ts';
import { ArchiveBudget, archiveLimits, badArchive } from './archive-limits.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import { readTar } from './read-tar.ts';
import { readZip } from './read-zip.ts';

export interface OpenArchiveOptions {
  /** What the archive is called, for the suggested name. */
  readonly name?: string | undefined;
  readonly limits?: Partial<ArchiveLimits>;
  readonly signal?: AbortSignal;
  /** Where a zip is kept while it is read; the system's folder where absent. */
  readonly temporaryFolder?: string;
}

/** Enough to tell zip, gzip and tar apart. */
const sniffedBytes = 512;

/**
 * A zip, tar or tar.gz as it comes in, as a publication. Of weights only the headers are kept, and everything goes through SHA-256. Bounded in bytes in and
 * out, in entries, in how much it grows and in memory; nothing is unpacked to disk, archives inside are not opened, and what a zip needs on disk is gone when this returns.
 * Throws AppError `artifact.unreadable` for what is broken, climbs out, or holds links, and `request.too_large` at the limits.
 */
export async function openArchive(source: AsyncIterable<Uint8Array>, { name, limits: given = {}, signal, temporaryFolder = tmpdir() }: OpenArchiveOptions = {}): Promise<Publication> {
  const limits: ArchiveLimits = { ...archiveLimits, ...given };
  const budget = new ArchiveBudget(limits);
  const { start, rest } = await beginning(source);
  const bytes = Readable.from(metered(start, rest, budget, signal), { objectMode: false });
  const files = await read(bytes, start, { budget, limits, temporaryFolder }).finally(() => bytes.destroy());
  if (files.size === 0) throw badArchive('it has no files');
  return {
    name: name?.replace(/\.(zip|tar|tgz|tar\.gz)$/i, '') ?? commonFolder(files)?.replace(/\/$/, '') ?? null,
    publisher: null,
    version: null,
    files: withoutCommonFolder(files),
    focus: null,
    artifactName: (each) => each,
    sources: [],
    digestsFrom: 'the whole file, in the archive',
    ...(signal !== undefined && { signal }),
  };
}

interface Reading {
  readonly budget: ArchiveBudget;
  readonly limits: ArchiveLimits;
  readonly temporaryFolder: string;
}

async function read(bytes: Readable, start: Uint8Array, { budget, limits, temporaryFolder }: Reading): Promise<Map<string, PublishedFile>> {
  if (start[0] === 0x1f && start[1] === 0x8b) return readTar(bytes, true, budget);
  const magic = new TextDecoder('latin1').decode(start);
  if (!magic.startsWith('PK')) {
    if (magic.slice(257, 262) === 'ustar') return readTar(bytes, false, budget);
    throw badArchive(start.byteLength === 0 ? 'it is empty' : 'it is neither a zip nor a tar nor a tar.gz archive');
  }
  const path = join(temporaryFolder, `weighbridge-import-${randomUUID()}.zip`);
  try {
    await pipeline(bytes, createWriteStream(path, { flags: 'wx', mode: 0o600 })).catch((error: unknown) => {
      throw noRoom(error) ?? error;
    });
    return await readZip(path, budget, limits);
  } finally {
    await rm(path, { force: true });
  }
}

/** The disk's refusal in words; null: it was something else. */
function noRoom(error: unknown): AppError | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EFBIG'].includes(code)) return null;
  return new AppError('request.too_large', `no room for a zip: ${code}`, { cause: error, detail: 'There is no room to keep this zip while it is read. A tar.gz needs none: it is read as it comes in.' });
}

/** The first bytes, and an iterator over what follows. */
async function beginning(source: AsyncIterable<Uint8Array>): Promise<{ start: Uint8Array; rest: AsyncIterator<Uint8Array> }> {
  const rest = source[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  while (bytes < sniffedBytes) {
    const { value, done } = await rest.next();
    if (done === true) break;
    chunks.push(value);
    bytes += value.byteLength;
  }
  return { start: Buffer.concat(chunks), rest };
}

async function* metered(start: Uint8Array, rest: AsyncIterator<Uint8Array>, budget: ArchiveBudget, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  budget.packed(start.byteLength);
  if (start.byteLength > 0) yield start;
  for (;;) {
    signal?.throwIfAborted();
    const { value, done } = await rest.next();
    if (done === true) return;
    budget.packed(value.byteLength);
    yield value;
  }
}

/** The folder that everything is in, where there is one and it is no part of a layout that is known by it. */
function commonFolder(files: ReadonlyMap<string, PublishedFile>): string | null {
  const [first] = files.keys();
  const folder = first?.split('/', 1)[0];
  if (folder === undefined || !first?.includes('/') || folder === 'blobs' || folder === 'manifests') return null;
  return [...files.keys()].every((name) => name.startsWith(`${folder}/`)) ? `${folder}/` : null;
}

function withoutCommonFolder(files: ReadonlyMap<string, PublishedFile>): ReadonlyMap<string, PublishedFile> {
  const folder = commonFolder(files);
  return folder === null ? files : new Map([...files].map(([name, file]) => [name.slice(folder.length), { ...file, name: name.slice(folder.length) }]));
}
