import { inferenceEndpoints } from '@weighbridge/inference-contracts';
import { ResponseObject, ResponsesRequest, chatOfResponse } from '@weighbridge/inference-domain';
import type { ChatRequest } from '@weighbridge/inference-domain';
import { parseJsonBody, readBody, validationError } from '@weighbridge/shared-adapters/http';
import type { RawEndpointRequest, RawHandler } from '@weighbridge/shared-adapters/http';
import { newId } from '@weighbridge/shared-adapters/ids';
import type { Endpoint } from '@weighbridge/shared-contracts';
import { JobId } from '@weighbridge/shared-domain';
import { faultError } from '../doors/door.ts';
import { responseDoor } from '../doors/response-door.ts';
import { serveDoor } from '../doors/serve-door.ts';
import type { ServeDoorDeps } from '../doors/serve-door.ts';
import { jobIdOfResponse, storedResponse } from '../doors/stored-response.ts';
import { createJob } from '../operations/create-job.ts';
import type { CreateJobDeps } from '../operations/create-job.ts';
import { runOnce } from '../operations/run-once.ts';
import { rateHeaders } from '../rate-headers.ts';
import { namedUseCaseOf, requesterOf } from '../requester.ts';
import { sendResponseEvents } from './get-response.ts';
import type { SendResponseEventsDeps } from './get-response.ts';

export type CreateResponseDeps = ServeDoorDeps & CreateJobDeps & SendResponseEventsDeps;

const { path, maxBodyBytes } = inferenceEndpoints.createResponse;

export const createResponseRoute =
  (deps: CreateResponseDeps): RawHandler<typeof inferenceEndpoints.createResponse> =>
  async (call) => {
    const parsed = ResponsesRequest.safeParse(parseJsonBody(await readBody(call.req, maxBodyBytes)));
    if (!parsed.success) throw validationError('body', parsed.error);
    const request = parsed.data;
    const chat = chatOfResponse(request);
    if (!chat.ok) throw faultError(chat.faults);
    if (request.background === true) return createBackgroundResponse(deps, call, request, chat.value);
    return serveDoor(deps, call, responseDoor({ path, request, chat: chat.value, now: () => Math.floor(deps.now().getTime() / 1_000) }));
  };

/** A durable job: when this answers, PostgreSQL has it. */
async function createBackgroundResponse(deps: CreateResponseDeps, call: RawEndpointRequest<Endpoint>, request: ResponsesRequest, chat: ChatRequest): Promise<void> {
  const { caller, header, note, res, setHeader } = call;
  const requester = requesterOf(caller, header);
  const namedUseCase = namedUseCaseOf(header);
  const { model, ...input } = chat;
  const { reply, replayed } = await runOnce(
    deps,
    {
      key: header('idempotency-key'),
      projectId: requester.projectId,
      keyId: requester.keyId ?? caller.kind,
      path,
      fingerprint: { body: request, useCase: namedUseCase ?? null },
      resourceId: newId('job'),
      leaseMs: 30_000,
    },
    async ({ resourceId, resumed }) => {
      const job = await createJob(deps, {
        id: JobId.parse(resourceId),
        resumed,
        requester,
        namedUseCase,
        job: { model, input, priority: 'background', tags: request.metadata ?? {} },
        onRate: (rate) => {
          for (const [name, value] of Object.entries(rateHeaders(rate))) setHeader(name, value);
        },
      });
      return { status: 200, headers: { 'content-type': 'application/json', 'x-weighbridge-job': job.id }, body: Buffer.from(JSON.stringify(storedResponse(job, request.instructions))) };
    },
  );
  const { id } = ResponseObject.parse(JSON.parse(reply.body.toString('utf8')));
  note({ jobId: jobIdOfResponse(id), replayed });
  const replay = replayed ? { 'idempotent-replayed': 'true' } : {};
  if (request.stream === true) return sendResponseEvents(deps, call, { id: jobIdOfResponse(id), projectId: requester.projectId, after: -1, headers: { 'x-weighbridge-job': jobIdOfResponse(id), ...replay } });
  res.writeHead(reply.status, { 'content-length': reply.body.length, ...reply.headers, ...replay });
  res.end(reply.body);
}
