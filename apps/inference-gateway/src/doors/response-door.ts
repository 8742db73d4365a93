import type { AdmissionTicket } from '@weighbridge/inference-contracts';
import { createResponseStream, outputOfChoice, responseBody } from '@weighbridge/inference-domain';
import type { ChatRequest, ResponseHead, ResponsesRequest } from '@weighbridge/inference-domain';
import { openAiErrors } from '../openai-errors.ts';
import { choicesOf, costOf, createdOf, idSuffix, usageOf } from './door.ts';
import type { Door } from './door.ts';

export interface ResponseDoorInput {
  readonly path: string;
  readonly request: ResponsesRequest;
  /** The request as a chat. */
  readonly chat: ChatRequest;
  /** Unix seconds. */
  readonly now: () => number;
}

/** `POST /v1/responses` of a client that waits: nothing of it is kept. */
export function responseDoor({ path, request, chat, now }: ResponseDoorInput): Door {
  const headOf = (ticket: AdmissionTicket | undefined): ResponseHead => ({
    id: `resp_${ticket === undefined ? '' : idSuffix(ticket)}`,
    createdAt: ticket === undefined ? now() : createdOf(ticket),
    chat,
    instructions: request.instructions ?? null,
    background: false,
  });
  return {
    path,
    body: request,
    modelReference: request.model,
    requests: [chat],
    tags: request.metadata ?? {},
    answer: (calls) => {
      const head = headOf(calls[0]?.ticket);
      const { output = [], incompleteReason = null } = outputOfChoice(head.id, calls.flatMap(choicesOf)[0]);
      return responseBody(head, { status: incompleteReason === null ? 'completed' : 'incomplete', output, incompleteReason, usage: usageOf(calls), completedAt: incompleteReason === null ? now() : null });
    },
    ...(request.stream === true
      ? {
          stream: ([first], send) => {
            const events = createResponseStream({ head: headOf(first), send: (event) => send(JSON.stringify(event), event.type) });
            return {
              delta: (_call, delta) => events.delta(delta),
              finish: (calls) => void events.finish({ choices: calls.flatMap(choicesOf), usage: usageOf(calls), moreUsage: { weighbridge: { cost_usd: costOf(calls) } }, completedAt: now() }),
              fail: (error) => void events.fail({ status: 'failed', error: { code: openAiErrors[error.code].code, message: error.publicMessage } }),
            };
          },
        }
      : {}),
  };
}
