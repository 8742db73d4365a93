import { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { Job } from '@weighbridge/inference-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { newId } from '@weighbridge/shared-adapters/ids';
import { JobId } from '@weighbridge/shared-domain';
import { createJob } from '../operations/create-job.ts';
import type { CreateJobDeps } from '../operations/create-job.ts';
import { runOnce } from '../operations/run-once.ts';
import type { RunOnceDeps } from '../operations/run-once.ts';
import { rateHeaders } from '../rate-headers.ts';
import { namedUseCaseOf, requesterOf } from '../requester.ts';

export type CreateJobRouteDeps = CreateJobDeps & RunOnceDeps;

export const createJobRoute =
  (deps: CreateJobRouteDeps): Handler<typeof inferenceEndpoints.createJob> =>
  async ({ body, caller, header, note, setHeader }) => {
    const requester = requesterOf(caller, header);
    const namedUseCase = namedUseCaseOf(header);
    const id = newId('job');
    if (header('idempotency-key') === undefined) {
      note({ jobId: id });
      return createJob(deps, { id, resumed: false, requester, namedUseCase, job: body, onRate });
    }
    const { reply, replayed } = await runOnce(
      deps,
      {
        key: header('idempotency-key'),
        projectId: requester.projectId,
        keyId: requester.keyId ?? caller.kind,
        path: inferenceEndpoints.createJob.path,
        fingerprint: { body, useCase: namedUseCase ?? null },
        resourceId: id,
        leaseMs: 30_000,
      },
      async ({ resourceId, resumed }) => {
        const job = await createJob(deps, { id: JobId.parse(resourceId), resumed, requester, namedUseCase, job: body, onRate });
        return { status: 202, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(job)) };
      },
    );
    if (replayed) setHeader('idempotent-replayed', 'true');
    const job = JSON.parse(reply.body.toString('utf8')) as Job;
    note({ jobId: job.id, replayed });
    return job;

    function onRate(rate: Parameters<typeof rateHeaders>[0]): void {
      for (const [name, value] of Object.entries(rateHeaders(rate))) setHeader(name, value);
    }
  };
