import { BatchRequest, inferenceEndpoints } from '@weighbridge/inference-contracts';
import { parseJsonBody, readBody, validationError } from '@weighbridge/shared-adapters/http';
import type { RawHandler } from '@weighbridge/shared-adapters/http';
import { newId } from '@weighbridge/shared-adapters/ids';
import { BatchId } from '@weighbridge/shared-domain';
import { createBatch } from '../operations/create-batch.ts';
import type { CreateBatchDeps } from '../operations/create-batch.ts';
import { runOnce } from '../operations/run-once.ts';
import type { RunOnceDeps } from '../operations/run-once.ts';
import { namedUseCaseOf, requesterOf } from '../requester.ts';

export type CreateBatchRouteDeps = CreateBatchDeps & RunOnceDeps;

export const createBatchRoute =
  (deps: CreateBatchRouteDeps): RawHandler<typeof inferenceEndpoints.createBatch> =>
  async ({ caller, header, note, req, res }) => {
    const requester = requesterOf(caller, header);
    const parsed = BatchRequest.safeParse(parseJsonBody(await readBody(req)));
    if (!parsed.success) throw validationError('body', parsed.error);
    const request = parsed.data;
    const namedUseCase = namedUseCaseOf(header);
    const { reply, replayed } = await runOnce(
      deps,
      {
        key: header('idempotency-key'),
        projectId: requester.projectId,
        keyId: requester.keyId ?? caller.kind,
        path: inferenceEndpoints.createBatch.path,
        fingerprint: { body: request, useCase: namedUseCase ?? null },
        resourceId: newId('batch'),
        leaseMs: 30_000,
      },
      async ({ resourceId }) => {
        const batch = await createBatch(deps, { id: BatchId.parse(resourceId), requester, namedUseCase, request });
        return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(batch)) };
      },
    );
    if (replayed) note({ replayed: true });
    res.writeHead(reply.status, { 'content-length': reply.body.length, ...reply.headers, ...(replayed ? { 'idempotent-replayed': 'true' } : {}) });
    res.end(reply.body);
  };
