import type { Source } from '@weighbridge/registry-contracts';
import { AppError } from '@weighbridge/shared-domain';

/** One file of a publication, wherever it lies. */
export interface PublishedFile {
  /** Relative to the publication, with `/` between folders. Messages and provenance name the file so. */
  readonly name: string;
  readonly bytes: number;
  /** The first `length` bytes, or all if there are fewer. May keep no more of a weight file than its header. */
  readonly head: (length: number) => Promise<Uint8Array>;
  /** SHA-256 of the whole file, 64 hex digits; null where nobody says it and the file is too far away to read. */
  readonly digest: () => Promise<string | null>;
}

/** The files of one model as somebody published it. */
export interface Publication {
  /** What it is called where it lies; a suggestion. */
  readonly name: string | null;
  readonly publisher: string | null;
  readonly version: string | null;
  readonly files: ReadonlyMap<string, PublishedFile>;
  /** The manifest that was asked for, where files of several models lie together. */
  readonly focus: string | null;
  /** Name of a file as a worker finds it in the model folder. */
  readonly artifactName: (name: string) => string;
  readonly sources: readonly Source[];
  /** Where digests come from, for the provenance. */
  readonly digestsFrom: string;
  readonly signal?: AbortSignal;
}

/** Nothing is read that is larger: limits of files that are parsed whole. */
export const textLimits = {
  configBytes: 4 * 1024 * 1024,
  readmeBytes: 2 * 1024 * 1024,
  licenseBytes: 1_000_000,
  indexBytes: 32 * 1024 * 1024,
  manifestBytes: 4 * 1024 * 1024,
} as const;

/** Files that one publication may have. */
export const mostFiles = 10_000;

const shown = (path: string): string => (path.length > 100 ? `…${path.slice(-100)}` : path);

/** The error of a file that cannot be read as what it claims to be; `why` is a sentence without its end. */
export const unreadable = (path: string, why: string, cause?: unknown): AppError =>
  new AppError('artifact.unreadable', `cannot import ${JSON.stringify(shown(path))}: ${why.slice(0, 500)}`, { detail: `${shown(path)}: ${why.slice(0, 500)}.`, ...(cause === undefined ? {} : { cause }) });

/** The whole of a small file. Throws `artifact.unreadable` when it is larger than `maxBytes`: half a licence is none. */
export async function readWhole(file: PublishedFile, maxBytes: number): Promise<Uint8Array> {
  if (file.bytes > maxBytes) throw unreadable(file.name, `it has ${file.bytes.toLocaleString('en')} bytes, and ${maxBytes.toLocaleString('en')} is the most that is read of such a file`);
  return file.head(file.bytes);
}

export const readText = async (file: PublishedFile, maxBytes: number): Promise<string> => new TextDecoder().decode(await readWhole(file, maxBytes));

/** Deeper than any configuration that means something; jsonFault and zod walk it with recursion. */
const mostLevels = 100;

/** A JSON file of the publication, parsed. Throws `artifact.unreadable` for what is no JSON, too large or too deep. */
export async function readJsonFile(file: PublishedFile, maxBytes: number): Promise<unknown> {
  const text = await readText(file, maxBytes);
  if (nestingOf(text) > mostLevels) throw unreadable(file.name, `its objects and lists are nested deeper than ${mostLevels} levels`);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw unreadable(file.name, 'this is not valid JSON', error);
  }
}

/** Most brackets open at one place, texts left out. */
function nestingOf(json: string): number {
  let depth = 0;
  let most = 0;
  let inText = false;
  for (let index = 0; index < json.length; index += 1) {
    const code = json.charCodeAt(index);
    if (inText) {
      if (code === 0x5c) index += 1;
      else if (code === 0x22) inText = false;
    } else if (code === 0x22) inText = true;
    else if (code === 0x7b || code === 0x5b) most = Math.max(most, (depth += 1));
    else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return most;
}

/** The publication as one of its folders sees it; names in messages stay whole. */
export function inFolder(publication: Publication, folder: string): Publication {
  const prefix = folder === '' ? '' : `${folder.replace(/\/+$/, '')}/`;
  if (prefix === '') return publication;
  return { ...publication, files: new Map([...publication.files].flatMap(([name, file]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), file] as const] : []))), artifactName: (name) => publication.artifactName(prefix + name) };
}

/** Works on several at once, but no more; the first failure ends it. Results in the order of the items. */
export async function mapLimited<T, R>(items: readonly T[], limit: number, work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results = Array.from<R>({ length: items.length });
  let next = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    while (next < items.length && !failed) {
      const index = next;
      next += 1;
      try {
        results[index] = await work(items[index] as T, index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
