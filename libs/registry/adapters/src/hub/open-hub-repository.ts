import { createHash } from 'node:crypto';
import type { Publication, PublishedFile } from '../publication.ts';
import { unreadable } from '../publication.ts';
import { downloadFolder } from './download-folder.ts';
import type { Hub, HubFile, HubRepository } from './hub.ts';

/** Larger ones have no digest that anybody states, and are no metadata. */
const mostHashedBytes = 1024 * 1024;

/**
 * A repository of the Hub as a publication: its small files are fetched when a reader asks for them, of weights only the ranges that hold their headers.
 * Digests are those of the Hub's large file storage. Artifacts are named as a download of the same commit would name them.
 */
export async function openHubRepository(hub: Hub, repo: string, revision: string, { baseUrl, retrievedOn, signal }: { readonly baseUrl: string; readonly retrievedOn: string; readonly signal?: AbortSignal }): Promise<Publication> {
  const repository = await hub.info(repo, revision, signal);
  const [owner, name] = repo.includes('/') ? repo.split('/') : [null, repo];
  return {
    name: name ?? null,
    publisher: owner ?? null,
    version: /^[0-9a-f]{7,40}$/.test(revision) || revision === 'main' ? repository.commit.slice(0, 12) : revision,
    files: new Map(repository.files.map((file) => [file.name, fileOf(hub, repository, file, signal)])),
    focus: null,
    artifactName: (file) => `${downloadFolder(repo, repository.commit)}/${file}`,
    sources: [{ title: `${repo} at ${repository.commit}`, url: `${baseUrl}/${repo}/tree/${repository.commit}`, retrievedOn }],
    digestsFrom: 'the large file storage of the Hub',
    ...(signal !== undefined && { signal }),
  };
}

function fileOf(hub: Hub, { repo, commit }: HubRepository, { name, bytes, sha256, blobId }: HubFile, signal: AbortSignal | undefined): PublishedFile {
  let known: Uint8Array = new Uint8Array();
  const head = async (length: number): Promise<Uint8Array> => {
    const wanted = Math.min(length, bytes);
    if (known.byteLength < wanted) {
      known = Buffer.concat([known, await hub.bytes({ repo, commit, name }, known.byteLength, wanted - known.byteLength, signal)]);
      if (known.byteLength === bytes && blobId !== null && gitDigest(known) !== blobId) throw unreadable(name, `what came from the Hub is not what its commit names (${blobId})`);
    }
    return known.subarray(0, wanted);
  };
  const digest = async (): Promise<string | null> => {
    if (sha256 !== null || bytes > mostHashedBytes) return sha256;
    return createHash('sha256').update(await head(bytes)).digest('hex');
  };
  return { name, bytes, head, digest };
}

/** The digest by which git knows a file. */
export const gitDigest = (content: Uint8Array): string => createHash('sha1').update(`blob ${content.byteLength}\0`).update(content).digest('hex');
