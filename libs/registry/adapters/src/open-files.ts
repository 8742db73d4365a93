import { createHash } from 'node:crypto';
import type { ImportedFile } from '@weighbridge/registry-contracts';
import { AppError } from '@weighbridge/shared-domain';
import type { z } from 'zod';
import type { Publication, PublishedFile } from './publication.ts';

/** Files that came with the request itself, as a publication. Throws `request.invalid` for a name that appears twice. */
export function openFiles(given: readonly z.output<typeof ImportedFile>[]): Publication {
  const files = new Map<string, PublishedFile>();
  for (const [index, { name, text, contentBase64, bytes, sha256 }] of given.entries()) {
    if (files.has(name)) throw new AppError('request.invalid', `file ${index} repeats a name`, { detail: `Two files are called ${JSON.stringify(name.slice(0, 100))}.`, faults: [{ pointer: `/body/files/${index}/name`, message: 'appears twice' }] });
    files.set(name, fileOf(name, text === undefined ? Buffer.from(contentBase64 ?? '', 'base64') : Buffer.from(text), bytes === undefined || sha256 === undefined ? null : { bytes, sha256 }));
  }
  return { name: null, publisher: null, version: null, files, focus: null, artifactName: (name) => name, sources: [], digestsFrom: given.some(({ sha256 }) => sha256 !== undefined) ? 'the whole file, by its sender' : 'the whole file' };
}

/** `whole`: what the sender says of a file of which only the beginning is here. */
const fileOf = (name: string, content: Buffer, whole: { readonly bytes: number; readonly sha256: string } | null): PublishedFile => ({
  name,
  bytes: whole?.bytes ?? content.byteLength,
  head: (length) => Promise.resolve(new Uint8Array(content.subarray(0, length))),
  digest: () => Promise.resolve(whole?.sha256 ?? createHash('sha256').update(content).digest('hex')),
});
