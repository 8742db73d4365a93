import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { AppError } from '@weighbridge/shared-domain';
import { unreadable } from './publication.ts';

/** A place inside the import folder of the installation. `path` is what the caller wrote; it appears in messages, `root` never does. */
export interface ImportPlace {
  /** Absolute path of the folder that imports may read; set by the operator. */
  readonly root: string;
  /** Relative to `root`, with `/` between folders. */
  readonly path: string;
}

const outside = (path: string): AppError =>
  new AppError('request.invalid', `import path climbs out of the import folder: ${JSON.stringify(path)}`, {
    detail: 'The path leads out of the import folder.',
    faults: [{ pointer: '/body/path', message: 'must be a relative path that stays inside the import folder' }],
  });

/** The real path of a place, links followed. Whatever ends outside the root is refused before anything is said about its existence. */
export async function resolveImportPlace({ root, path }: ImportPlace): Promise<string> {
  if (path === '' || path.includes('\0') || path.includes('\\') || isAbsolute(path) || path.split('/').includes('..')) throw outside(path);
  const realRoot = await realpath(root).catch((error: unknown) => {
    throw new AppError('service.unavailable', `the import folder ${root} cannot be read`, { cause: error, detail: 'This installation has no import folder.' });
  });
  const wanted = resolve(realRoot, path);
  const real = await realpath(wanted).catch((error: unknown) => {
    throw unreadable(path, 'there is no such file or folder, or it may not be read', error);
  });
  if (!isInside(realRoot, real)) throw outside(path);
  return real;
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}

/** Opens a regular file for reading, runs `use`, and closes it. `realFile` is free of links: one that appears meanwhile is not followed; pipes and devices do not block. */
export async function withImportFile<T>(realFile: string, path: string, use: (file: FileHandle, bytes: number) => Promise<T>): Promise<T> {
  const file = await open(realFile, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch((error: unknown) => {
    throw unreadable(path, 'the file cannot be opened', error);
  });
  try {
    const stat = await file.stat();
    if (stat.isDirectory()) throw unreadable(path, 'this is a folder, and a file is needed');
    if (!stat.isFile()) throw unreadable(path, 'this is not a regular file');
    return await use(file, stat.size);
  } finally {
    await file.close();
  }
}

/** The first `length` bytes, or all if there are fewer. */
export async function readStart(file: FileHandle, length: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
