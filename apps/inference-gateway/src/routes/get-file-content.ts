import { pipeline } from 'node:stream/promises';
import type { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { FileStore } from '@weighbridge/inference-data';
import type { RawHandler } from '@weighbridge/shared-adapters/http';
import { findFile } from '../operations/find-file.ts';
import { requesterOf } from '../requester.ts';

export const getFileContentRoute =
  ({ files }: { readonly files: Pick<FileStore, 'findFile' | 'readFile'> }): RawHandler<typeof inferenceEndpoints.getFileContent> =>
  async ({ caller, header, params, signal, res }) => {
    const file = await findFile({ files }, { id: params.id, projectId: requesterOf(caller, header).projectId });
    res.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-length': file.bytes,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.filename)}`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
    await pipeline(files.readFile(file.id), res).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  };
