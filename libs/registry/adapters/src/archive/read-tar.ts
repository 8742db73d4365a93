import { Transform, pipeline } from 'node:stream';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import type { PublishedFile } from '../publication.ts';
import { badArchive, entryName } from './archive-limits.ts';
import type { ArchiveBudget } from './archive-limits.ts';
import { keepEntry } from './keep-entry.ts';

/** A header that names one entry: long names and attributes come before it. More is buffered by nobody. */
const mostHeaderBytes = 1024 * 1024;

/** Reads a tar archive, packed with gzip or not, as it comes in. Links and devices are refused: a model needs none. */
export async function readTar(source: Readable, gzip: boolean, budget: ArchiveBudget): Promise<Map<string, PublishedFile>> {
  const files = new Map<string, PublishedFile>();
  const tar = extract();
  const flow = { written: 0, taken: 0 };
  const stages = [source, ...(gzip ? [createGunzip()] : []), boundedHeaders(flow), tar] as const;
  let broken: unknown;
  const piped = new Promise<void>((resolve) => {
    pipeline(stages as unknown as [NodeJS.ReadableStream, NodeJS.WritableStream], (error) => {
      broken = error;
      resolve();
    });
  });
  try {
    for await (const entry of tar) {
      flow.taken = flow.written;
      const { type, name: raw, size } = entry.header;
      const name = entryName(raw);
      if (type === 'directory' || name === '') {
        budget.folder();
        entry.resume();
        continue;
      }
      if (type !== 'file' && type !== 'contiguous-file') throw badArchive(`the entry ${JSON.stringify(name.slice(0, 100))} is a ${type ?? 'special file'}: only files and folders are read`);
      budget.entry(name);
      const file = await keepEntry(name, counted(entry as unknown as AsyncIterable<Uint8Array>, flow), budget);
      if (size !== undefined && size !== null && file.bytes !== size) throw badArchive(`the entry ${JSON.stringify(name.slice(0, 100))} ends too early`);
      files.set(name, file);
    }
  } catch (error) {
    source.destroy();
    await piped;
    throw asArchiveError(error, broken);
  }
  await piped;
  if (broken !== undefined && broken !== null) throw asArchiveError(broken, undefined);
  return files;
}

/** Ends the stream when much was written and no entry came out of it: an extended header that claims gigabytes would be buffered whole. */
function boundedHeaders(flow: { written: number; taken: number }): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      flow.written += chunk.byteLength;
      if (flow.written - flow.taken > mostHeaderBytes + 2 * chunk.byteLength) done(badArchive('an entry has a header of more than a megabyte'));
      else done(null, chunk);
    },
  });
}

/** Marks everything that was written so far as taken, with each chunk that comes out. */
async function* counted(entry: AsyncIterable<Uint8Array>, flow: { written: number; taken: number }): AsyncGenerator<Uint8Array> {
  for await (const chunk of entry) {
    flow.taken = flow.written;
    yield chunk;
  }
  flow.taken = flow.written;
}

function asArchiveError(error: unknown, cause: unknown): unknown {
  const first = error instanceof Error && error.name === 'AppError' ? error : cause instanceof Error && cause.name === 'AppError' ? cause : null;
  if (first !== null) return first;
  const told = error instanceof Error ? error.message : String(error);
  return badArchive(/premature|destroyed|aborted/i.test(told) ? 'it ends too early' : `it is no tar archive, or a broken one (${told.slice(0, 100)})`, error);
}
