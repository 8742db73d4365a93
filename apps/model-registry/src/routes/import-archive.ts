import { ImportDraft } from '@weighbridge/registry-contracts';
import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { RawHandler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { createArchiveImporter } from '../operations/import-archive.ts';

export const importArchiveRoute = (deps: Pick<RegistryDeps, 'archiveLimits'>): RawHandler<typeof registryEndpoints.importArchive> => {
  const importArchive = createArchiveImporter(deps);
  return async ({ query, header, signal, note, req, res }) => {
    const announced = Number(header('content-length') ?? Number.NaN);
    const draft = await importArchive({ kind: query.kind, name: query.name, content: req, bytes: Number.isSafeInteger(announced) ? announced : null, signal });
    note({ kind: draft.kind, findings: draft.findings.length });
    const body = Buffer.from(JSON.stringify(ImportDraft.parse(draft)));
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length, 'cache-control': 'no-store' });
    res.end(body);
  };
};
