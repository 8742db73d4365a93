import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Artifact } from '@weighbridge/registry-contracts';
import { digestFile } from './digest-file.ts';

export type ArtifactCheck =
  | { readonly fileName: string; readonly state: 'matched' | 'absent' }
  /** What is there is not what was declared. */
  | { readonly fileName: string; readonly state: 'differs'; readonly bytes: number; readonly sha256: string };

/**
 * Looks each artifact up in the folders where workers and imports find them, the first that has it, and compares size and SHA-256. `absent` is no fault:
 * versions are registered before their files arrive, or without any. Links are followed inside a folder only.
 */
export async function checkArtifacts(folders: readonly string[], artifacts: readonly Pick<Artifact, 'fileName' | 'bytes' | 'sha256'>[], signal?: AbortSignal): Promise<ArtifactCheck[]> {
  const checks: ArtifactCheck[] = [];
  // One after the other: disks are faster so, and a registration has time.
  for (const artifact of artifacts) checks.push(await checkArtifact(folders, artifact, signal));
  return checks;
}

async function checkArtifact(folders: readonly string[], { fileName, bytes, sha256 }: Pick<Artifact, 'fileName' | 'bytes' | 'sha256'>, signal: AbortSignal | undefined): Promise<ArtifactCheck> {
  for (const folder of folders) {
    const path = await find(folder, fileName);
    if (path === null) continue;
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null);
    if (handle === null) continue;
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) continue;
      const found = await digestFile(handle, signal);
      return found.bytes === bytes && found.sha256 === sha256 ? { fileName, state: 'matched' } : { fileName, state: 'differs', ...found };
    } finally {
      await handle.close();
    }
  }
  return { fileName, state: 'absent' };
}

async function find(folder: string, fileName: string): Promise<string | null> {
  if (fileName.includes('\0') || fileName.includes('\\')) return null;
  try {
    const root = await realpath(folder);
    const real = await realpath(resolve(root, fileName));
    const way = relative(root, real);
    return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? null : real;
  } catch {
    return null;
  }
}
