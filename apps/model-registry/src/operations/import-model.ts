import { Hub, openHubRepository } from '@weighbridge/registry-adapters/hub';
import type { HubOptions } from '@weighbridge/registry-adapters/hub';
import { importPublication, openFiles, openFolder } from '@weighbridge/registry-adapters/importers';
import type { ImportDraft, ImportRequest } from '@weighbridge/registry-contracts';
import { AppError } from '@weighbridge/shared-domain';
import type { RegistryDeps } from '../deps.ts';

export type ImportDeps = Pick<RegistryDeps, 'importDir' | 'hub' | 'now'>;

/** Reads; registers nothing. What takes long ends when nobody waits for the answer any more. */
export async function importModel({ importDir, hub, now }: ImportDeps, request: ImportRequest, signal: AbortSignal): Promise<ImportDraft> {
  if (request.kind === 'hub') return withHub(hub, async (opened) => importPublication(await openHubRepository(opened, request.repo, request.revision, { baseUrl: hub.baseUrl, retrievedOn: now().toISOString().slice(0, 10), signal }), 'auto'));
  if (request.files !== undefined) return importPublication(openFiles(request.files), request.kind);
  if (importDir === null) throw new AppError('request.unsupported', 'IMPORT_DIR is not set', { detail: 'This installation has no import folder: its operator has to set IMPORT_DIR.' });
  return importPublication(await openFolder({ root: importDir, path: request.path ?? '' }, signal), request.kind);
}

export async function withHub<T>(options: HubOptions, work: (hub: Hub) => Promise<T>): Promise<T> {
  const hub = new Hub(options);
  try {
    return await work(hub);
  } finally {
    await hub.close();
  }
}
