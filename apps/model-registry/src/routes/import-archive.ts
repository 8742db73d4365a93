import type { IncomingMessage, ServerResponse } from 'node:http';
import { ImportDraft } from '@weighbridge/registry-contracts';
import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { RawHandler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { createArchiveImporter } from '../operations/import-archive.ts';

/** How long a sender may go on with what was refused. */
const lingerMs = 5_000;

/** Throws away what still comes: an answer to a sender who is not read from may never reach them. One who goes on for long is cut off. */
function drain(req: IncomingMessage, res: ServerResponse): void {
  if (req.complete) return;
  res.setHeader('connection', 'close');
  const timer = setTimeout(() => req.destroy(), lingerMs);
  req.once('close', () => clearTimeout(timer));
  req.resume();
}

export const importArchiveRoute = (deps: Pick<RegistryDeps, 'archiveLimits'>): RawHandler<typeof registryEndpoints.importArchive> => {
  const importArchive = createArchiveImporter(deps);
  return async ({ query, header, signal, note, req, res }) => {
    const announced = Number(header('content-length') ?? Number.NaN);
    // The iterator must not end the connection with it: an answer is still to be sent.
    const content = req.iterator({ destroyOnReturn: false });
    const draft = await importArchive({ kind: query.kind, name: query.name, content, bytes: Number.isSafeInteger(announced) ? announced : null, signal }).catch((error: unknown) => {
      drain(req, res);
      throw error;
    });
    note({ kind: draft.kind, findings: draft.findings.length });
    const body = Buffer.from(JSON.stringify(ImportDraft.parse(draft)));
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length, 'cache-control': 'no-store' });
    res.end(body);
  };
};
