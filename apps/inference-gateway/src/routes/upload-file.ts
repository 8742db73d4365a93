import { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { RawHandler } from '@weighbridge/shared-adapters/http';
import { fileObject } from '../batches/batch-view.ts';
import { uploadFile } from '../operations/upload-file.ts';
import type { UploadFileDeps } from '../operations/upload-file.ts';
import { requesterOf } from '../requester.ts';

export const uploadFileRoute =
  (deps: UploadFileDeps): RawHandler<typeof inferenceEndpoints.uploadFile> =>
  async ({ caller, header, note, req, res }) => {
    const { projectId } = requesterOf(caller, header);
    const file = await uploadFile(deps, { projectId, request: req, maxBytes: inferenceEndpoints.uploadFile.maxBodyBytes });
    note({ fileId: file.id, bytes: file.bytes });
    const body = Buffer.from(JSON.stringify(fileObject(file)));
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    res.end(body);
  };
