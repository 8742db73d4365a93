import { readdir, stat } from 'node:fs/promises';
import { posix } from 'node:path';
import { ggufPartName, ollamaReference } from '@weighbridge/registry-domain';
import { digestFile } from './digest-file.ts';
import { readStart, resolveImportPlace, withImportFile } from './import-file.ts';
import type { ImportPlace } from './import-file.ts';
import { mostFiles, unreadable } from './publication.ts';
import type { Publication, PublishedFile } from './publication.ts';

/** Hidden folders of tools, and caches, hold nothing that was published. */
const skippedFolder = /^(\.git|\.cache|\.huggingface|__pycache__|node_modules)$/;
const mostFolders = 6;

/**
 * A path inside the import folder as a publication: a folder with all that is in it, a single file (with the other parts of a split one), or a manifest of
 * Ollama's store with the blobs beside it. Links are followed as far as the import folder reaches.
 * Throws AppError `request.invalid` for a path that leads out of the folder and `artifact.unreadable` for what is missing or has too many files.
 */
export async function openFolder(place: ImportPlace, signal?: AbortSignal): Promise<Publication> {
  const real = await resolveImportPlace(place);
  const path = posix.normalize(place.path).replace(/\/+$/, '');
  const isFolder = (await stat(real)).isDirectory();
  const store = isFolder ? null : storeOf(path);
  const base = isFolder ? path : (store?.root ?? posix.dirname(path));
  const wanted = isFolder || store !== null ? () => true : partsOf(posix.basename(path));
  const files = new Map<string, PublishedFile>();
  await list({ place, base, wanted, signal, files, nested: isFolder || store !== null }, '');
  return { ...nameOf(isFolder ? path : (store?.root ?? path)), files, focus: store?.manifest ?? null, artifactName: (name) => posix.normalize(posix.join(base, name)), sources: [], digestsFrom: 'the whole file', ...(signal !== undefined && { signal }) };
}

/** `store/manifests/host/namespace/model/tag`, taken apart at the store. */
function storeOf(path: string): { readonly root: string; readonly manifest: string } | null {
  if (ollamaReference(path) === null) return null;
  const parts = path.split('/');
  const at = parts.lastIndexOf('manifests');
  return { root: parts.slice(0, at).join('/') || '.', manifest: parts.slice(at).join('/') };
}

/** The file itself and, if it is a part of a split one, the others. */
function partsOf(name: string): (candidate: string) => boolean {
  const split = ggufPartName(name);
  if (split === null) return (candidate) => candidate === name;
  return (candidate) => {
    const other = ggufPartName(candidate);
    return other !== null && other.base === split.base && other.parts === split.parts;
  };
}

interface Listing {
  readonly place: ImportPlace;
  readonly base: string;
  readonly wanted: (name: string) => boolean;
  readonly nested: boolean;
  readonly signal: AbortSignal | undefined;
  readonly files: Map<string, PublishedFile>;
}

async function list(listing: Listing, folder: string): Promise<void> {
  const { place, base, files, wanted, nested } = listing;
  const path = posix.join(base, folder);
  const real = await resolveImportPlace({ root: place.root, path });
  const entries = (await readdir(real, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (files.size + entries.length > mostFiles && nested) throw unreadable(place.path, `the folder has more than ${mostFiles} entries, and that is the most that is read`);
  for (const entry of entries) {
    const name = posix.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (nested && !skippedFolder.test(entry.name) && name.split('/').length <= mostFolders) await list(listing, name);
    } else if (wanted(name) && (entry.isFile() || entry.isSymbolicLink())) {
      const file = await openFile(listing, name);
      if (file !== null) files.set(name, file);
    }
  }
}

/** Null: a link to a folder. */
async function openFile({ place, base, signal }: Listing, name: string): Promise<PublishedFile | null> {
  const path = posix.join(base, name);
  const at = { root: place.root, path };
  const real = await resolveImportPlace(at);
  const found = await stat(real);
  if (!found.isFile()) {
    if (found.isDirectory()) return null;
    throw unreadable(path, 'this is not a regular file');
  }
  const use = async <T>(work: Parameters<typeof withImportFile<T>>[2]): Promise<T> => withImportFile(await resolveImportPlace(at), path, work);
  return {
    name,
    bytes: found.size,
    head: (length) => use((file) => readStart(file, Math.min(length, found.size))),
    digest: () => use(async (file) => (await digestFile(file, signal)).sha256),
  };
}

/** A folder of the Hub's own cache is called `models--owner--name/snapshots/<commit>`; otherwise the last part is the name. */
function nameOf(path: string): Pick<Publication, 'name' | 'publisher' | 'version'> {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const cached = /^models--(.+?)--(.+)$/.exec(parts.at(-3) ?? '');
  if (cached !== null && parts.at(-2) === 'snapshots') return { name: cached[2] ?? null, publisher: cached[1] ?? null, version: parts.at(-1)?.slice(0, 12) ?? null };
  const downloaded = /^(.+?)--(.+?)--([0-9a-f]{12})$/.exec(parts.at(-1) ?? '');
  if (downloaded !== null) return { name: downloaded[2] ?? null, publisher: downloaded[1] ?? null, version: downloaded[3] ?? null };
  return { name: parts.at(-1) ?? null, publisher: null, version: null };
}
