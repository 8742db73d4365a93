import { open, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { fromFd } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import type { PublishedFile } from '../publication.ts';
import { badArchive, entryName, tooLargeArchive } from './archive-limits.ts';
import type { ArchiveBudget, ArchiveLimits } from './archive-limits.ts';
import { keepEntry } from './keep-entry.ts';

const fileTypeMask = 0o170000;
const regularFile = 0o100000;
const folder = 0o040000;

/** Reads a zip archive out of a file: its directory is at its end. The sizes that the directory states are checked before anything is unpacked, and again while it is. */
export async function readZip(path: string, budget: ArchiveBudget, limits: ArchiveLimits): Promise<Map<string, PublishedFile>> {
  const handle = await open(path, 'r');
  try {
    return await readFrom(handle, budget, limits);
  } finally {
    await handle.close();
  }
}

async function readFrom(handle: FileHandle, budget: ArchiveBudget, limits: ArchiveLimits): Promise<Map<string, PublishedFile>> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromFd(handle.fd, { autoClose: false, lazyEntries: true, decodeStrings: true, validateEntrySizes: true, strictFileNames: true }, (error, opened) => (error === null ? resolve(opened) : reject(badArchive(`it is no zip archive, or a broken one (${error.message.slice(0, 100)})`, error))));
  });
  if (zip.entryCount > limits.entries) throw tooLargeArchive(`it has ${zip.entryCount.toLocaleString('en')} entries`);
  const files = new Map<string, PublishedFile>();
  for (;;) {
    const entry = await nextEntry(zip);
    if (entry === null) return files;
    const name = entryName(entry.fileName);
    if (entry.fileName.endsWith('/') || name === '') {
      budget.folder();
      continue;
    }
    requireFile(entry, name);
    budget.entry(name);
    files.set(name, await keepEntry(name, await contentOf(zip, entry, name), budget));
  }
}

function nextEntry(zip: ZipFile): Promise<Entry | null> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      zip.removeListener('entry', onEntry);
      zip.removeListener('end', onEnd);
      zip.removeListener('error', onError);
      act();
    };
    const onEntry = (entry: Entry) => settle(() => resolve(entry));
    const onEnd = () => settle(() => resolve(null));
    const onError = (error: Error) => settle(() => reject(/invalid characters|absolute path|invalid relative path/.test(error.message) ? badArchive(`an entry climbs out of the archive or has an absolute path (${error.message.slice(0, 100)})`, error) : badArchive(`it is no zip archive, or a broken one (${error.message.slice(0, 100)})`, error)));
    zip.once('entry', onEntry);
    zip.once('end', onEnd);
    zip.once('error', onError);
    zip.readEntry();
  });
}

function requireFile(entry: Entry, name: string): void {
  const type = (entry.externalFileAttributes >>> 16) & fileTypeMask;
  if (type !== 0 && type !== regularFile && type !== folder) throw badArchive(`the entry ${JSON.stringify(name.slice(0, 100))} is a link or a special file: only files and folders are read`);
  if (entry.isEncrypted()) throw badArchive(`the entry ${JSON.stringify(name.slice(0, 100))} is encrypted`);
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) throw badArchive(`the entry ${JSON.stringify(name.slice(0, 100))} is packed with method ${entry.compressionMethod}: only stored and deflated ones are read`);
}

function contentOf(zip: ZipFile, entry: Entry, name: string): Promise<AsyncIterable<Uint8Array>> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error === null ? resolve(translated(stream, name)) : reject(badArchive(`the entry ${JSON.stringify(name.slice(0, 100))} cannot be read (${error.message.slice(0, 100)})`, error))));
  });
}

async function* translated(stream: Readable, name: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    throw badArchive(`the entry ${JSON.stringify(name.slice(0, 100))} cannot be unpacked (${error instanceof Error ? error.message.slice(0, 100) : 'broken'})`, error);
  }
}
