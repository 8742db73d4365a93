import { importPublication, openArchive } from '@weighbridge/registry-adapters/importers';
import type { ImportDraft, ImportKind } from '@weighbridge/registry-contracts';
import { AppError } from '@weighbridge/shared-domain';
import type { RegistryDeps } from '../deps.ts';

export interface ArchiveUpload {
  readonly kind: ImportKind;
  readonly name: string | undefined;
  readonly content: AsyncIterable<Uint8Array>;
  /** As the sender announced it; null: it did not. */
  readonly bytes: number | null;
  readonly signal: AbortSignal;
}

/** Archives at once: each may keep headers of some 200 MB. */
const mostAtOnce = 2;

/** Reads an archive as it comes in. Nothing is registered, and nothing of it stays. */
export function createArchiveImporter({ archiveLimits }: Pick<RegistryDeps, 'archiveLimits'>): (upload: ArchiveUpload) => Promise<ImportDraft> {
  let running = 0;
  return async ({ kind, name, content, bytes, signal }) => {
    if (running >= mostAtOnce) throw new AppError('queue.full', 'too many archives at once', { detail: 'Other archives are being read already.', retryAfterSeconds: 10 });
    if (bytes !== null && archiveLimits.archiveBytes !== undefined && bytes > archiveLimits.archiveBytes) throw new AppError('request.too_large', 'archive too large', { detail: `An archive may have at most ${archiveLimits.archiveBytes.toLocaleString('en')} bytes.` });
    running += 1;
    try {
      return await importPublication(await openArchive(content, { name, limits: archiveLimits, signal }), kind);
    } finally {
      running -= 1;
    }
  };
}
