import type { Response } from 'express';
import { inferenceEndpoints } from '@weighbridge/inference-contracts';
import type { StoredReply } from '@weighbridge/inference-data';
import { ChatRequest } from '@weighbridge/inference-domain';
import { parseJsonBody, readBody, validationError } from '@weighbridge/shared-adapters/http';
import type { RawHandler } from '@weighbridge/shared-adapters/http';
import { newId } from '@weighbridge/shared-adapters/ids';
import { JobId } from '@weighbridge/shared-domain';
import type { Admit } from '../operations/admit.ts';
import { answerChat, streamChat } from '../operations/answer-chat.ts';
import type { CallModelDeps } from '../operations/call-model.ts';
import { runOnce } from '../operations/run-once.ts';
import type { RunOnceDeps } from '../operations/run-once.ts';
import { rateHeaders } from '../rate-headers.ts';
import { namedUseCaseOf, requesterOf } from '../requester.ts';
import { eventStreamHeaders } from '../sse.ts';

export type CreateChatCompletionDeps = CallModelDeps & RunOnceDeps & {
  readonly admit: Admit;
  readonly requestTimeoutMs: number;
};

type Endpoint = typeof inferenceEndpoints.createChatCompletion;

export const createChatCompletionRoute =
  (deps: CreateChatCompletionDeps): RawHandler<Endpoint> =>
  async ({ caller, header, signal, note, req, res, setHeader }) => {
    const requester = requesterOf(caller, header);
    const parsed = ChatRequest.safeParse(parseJsonBody(await readBody(req, inferenceEndpoints.createChatCompletion.maxBodyBytes)));
    if (!parsed.success) throw validationError('body', parsed.error);
    const request = parsed.data;
    const timeoutMs = requestTimeoutMs(header('x-stainless-timeout'), deps.requestTimeoutMs);
    const idempotencyKey = header('idempotency-key');
    const stream = request.stream === true;

    const { reply, replayed } = await runOnce(
      deps,
      {
        key: idempotencyKey,
        projectId: requester.projectId,
        keyId: requester.keyId ?? caller.kind,
        path: '/v1/chat/completions',
        fingerprint: { body: request, useCase: namedUseCaseOf(header) ?? null },
        resourceId: newId('job'),
        leaseMs: timeoutMs + 30_000,
      },
      async ({ resourceId, resumed }) => {
        const admission = await deps.admit({
          // What became of a call that was lost half way is not known: this is another one, with a hold of its own.
          jobId: resumed ? newId('job') : JobId.parse(resourceId),
          requester,
          namedUseCase: namedUseCaseOf(header),
          modelReference: request.model,
          request,
          lane: 'interactive',
          tags: request.metadata ?? {},
          batchId: null,
          runId: null,
          deadlineAt: new Date(deps.now().getTime() + timeoutMs),
          countsAgainstRate: true,
          onRate: (rate) => {
            for (const [name, value] of Object.entries(rateHeaders(rate))) setHeader(name, value);
          },
        });
        const { ticket } = admission;
        note({ jobId: ticket.jobId, 'gen_ai.request.model': `${ticket.model}@${ticket.version}`, decision: ticket.decision.outcome });
        // With a key the answer is fetched again if the connection breaks, so the work goes on without the client.
        const call = { admission, request, signal: idempotencyKey === undefined ? signal : undefined };
        if (!stream) return answerChat(deps, call);
        return streamChat(deps, { ...call, res, record: idempotencyKey !== undefined, onError: (error) => note({ errorCode: error.code }) });
      },
    );
    if (replayed) note({ replayed: true });
    if (stream && !replayed) return;
    send(res, reply, stream, replayed);
  };

function send(res: Response, { status, headers, body }: StoredReply, stream: boolean, replayed: boolean): void {
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
