import type { Response } from 'express';
import type { StoredReply } from '@weighbridge/inference-data';
import type { RawEndpointRequest } from '@weighbridge/shared-adapters/http';
import { newId } from '@weighbridge/shared-adapters/ids';
import type { Endpoint } from '@weighbridge/shared-contracts';
import { JobId } from '@weighbridge/shared-domain';
import { admitDoor, answerDoor, streamDoor } from '../operations/answer-door.ts';
import type { AdmitDoorDeps } from '../operations/answer-door.ts';
import type { CallModelDeps } from '../operations/call-model.ts';
import { runOnce } from '../operations/run-once.ts';
import type { RunOnceDeps } from '../operations/run-once.ts';
import { rateHeaders } from '../rate-headers.ts';
import { namedUseCaseOf, requesterOf } from '../requester.ts';
import { eventStreamHeaders } from '../sse.ts';
import type { Door } from './door.ts';

export type ServeDoorDeps = CallModelDeps & RunOnceDeps & AdmitDoorDeps & { readonly requestTimeoutMs: number };

/** Answers one request through the one path: idempotency, admission, queue, worker, ledger. */
export async function serveDoor(deps: ServeDoorDeps, { caller, header, signal, note, res, setHeader }: RawEndpointRequest<Endpoint>, door: Door): Promise<void> {
  const requester = requesterOf(caller, header);
  const timeoutMs = requestTimeoutMs(header('x-stainless-timeout'), deps.requestTimeoutMs);
  const idempotencyKey = header('idempotency-key');
  const { stream } = door;

  const { reply, replayed } = await runOnce(
    deps,
    {
      key: idempotencyKey,
      projectId: requester.projectId,
      keyId: requester.keyId ?? caller.kind,
      path: door.path,
      fingerprint: { body: door.body, useCase: namedUseCaseOf(header) ?? null },
      resourceId: newId('job'),
      leaseMs: timeoutMs + 30_000,
    },
    async ({ resourceId, resumed }) => {
      // What became of a call that was lost half way is not known: this is another one, with a hold of its own.
      const jobIdOf = (call: number) => (resumed || call > 0 ? newId('job') : JobId.parse(resourceId));
      const admissions = await admitDoor(deps, door, jobIdOf, {
        requester,
        namedUseCase: namedUseCaseOf(header),
        modelReference: door.modelReference,
        lane: 'interactive',
        tags: door.tags,
        batchId: null,
        runId: null,
        deadlineAt: new Date(deps.now().getTime() + timeoutMs),
        countsAgainstRate: true,
        onRate: (rate) => {
          for (const [name, value] of Object.entries(rateHeaders(rate))) setHeader(name, value);
        },
      });
      const [first] = admissions;
      if (first !== undefined) note({ jobId: first.ticket.jobId, 'gen_ai.request.model': `${first.ticket.model}@${first.ticket.version}`, decision: first.ticket.decision.outcome });
      // With a key the answer is fetched again if the connection breaks, so the work goes on without the client.
      const calls = { door, admissions, signal: idempotencyKey === undefined ? signal : undefined };
      if (stream === undefined) return answerDoor(deps, calls);
      return streamDoor(deps, { ...calls, stream, res, record: idempotencyKey !== undefined, onError: (error) => note({ errorCode: error.code }) });
    },
  );
  if (replayed) note({ replayed: true });
  if (stream !== undefined && !replayed) return;
  sendReply(res, reply, stream !== undefined, replayed);
}

function sendReply(res: Response, { status, headers, body }: StoredReply, stream: boolean, replayed: boolean): void {
  res.writeHead(status, {
    ...(stream ? eventStreamHeaders : { 'content-length': body.length }),
    ...headers,
    ...(replayed ? { 'idempotent-replayed': 'true' } : {}),
  });
  res.end(body);
}

/** The client's own timeout in seconds, where it names one: after that nobody waits any more. */
function requestTimeoutMs(stainlessTimeout: string | undefined, limitMs: number): number {
  const wantedMs = Number(stainlessTimeout) * 1_000;
  return Number.isFinite(wantedMs) && wantedMs > 0 ? Math.min(wantedMs, limitMs) : limitMs;
}
