import { useMutation } from '@tanstack/react-query';
import { ImportDraft } from '@weighbridge/registry-contracts';
import { ApiError, Problem } from '@weighbridge/shared-contracts';
import { browserFetch, registry } from '../../api/clients.ts';

export type ImportSource = { readonly from: 'archive'; readonly file: File } | { readonly from: 'hub'; readonly repo: string; readonly revision: string } | { readonly from: 'path'; readonly path: string };

/** Reads a model as it is published; nothing is registered by that. */
export const useImport = () =>
  useMutation({
    mutationFn: (source: ImportSource): Promise<ImportDraft> => {
      switch (source.from) {
        case 'archive':
          return sendArchive(source.file);
        case 'hub':
          return registry.importModel({ body: { kind: 'hub', repo: source.repo, revision: source.revision } });
        case 'path':
          return registry.importModel({ body: { kind: 'auto', path: source.path } });
      }
    },
  });

/** The archive itself is the body: it is read on the way in and never held whole. */
async function sendArchive(file: File): Promise<ImportDraft> {
  const response = await browserFetch(`/api/registry/v1/imports/archive?name=${encodeURIComponent(file.name)}`, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file });
  const answer: unknown = await response.json();
  if (!response.ok) throw new ApiError(Problem.parse(answer));
  return ImportDraft.parse(answer);
}
