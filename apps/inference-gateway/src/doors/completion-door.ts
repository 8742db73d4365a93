import type { AdmissionTicket } from '@weighbridge/inference-contracts';
import { chatsOfCompletion, createTextStream, textChoices, textCompletionBody } from '@weighbridge/inference-domain';
import type { CompletionHead, CompletionRequest } from '@weighbridge/inference-domain';
import { Tags } from '@weighbridge/shared-domain';
import { openAiErrorBody } from '../openai-errors.ts';
import { choicesOf, costOf, createdOf, faultError, idSuffix, usageOf } from './door.ts';
import type { Door } from './door.ts';

/** `POST /v1/completions`: one chat call for each prompt. Throws `request.unsupported` or `request.invalid`. */
export function completionDoor(path: string, request: CompletionRequest): Door {
  const chats = chatsOfCompletion(request);
  if (!chats.ok) throw faultError(chats.faults);
  const answersPerPrompt = request.n ?? 1;
  const headOf = (ticket: AdmissionTicket | undefined): CompletionHead => ({
    id: `cmpl-${ticket === undefined ? '' : idSuffix(ticket)}`,
    created: ticket === undefined ? 0 : createdOf(ticket),
    model: request.model,
  });
  return {
    path,
    body: request,
    modelReference: request.model,
    requests: chats.value,
    tags: Tags.safeParse(request['metadata']).data ?? {},
    answer: (calls) =>
      textCompletionBody(
        headOf(calls[0]?.ticket),
        calls.flatMap((call, prompt) => textChoices(choicesOf(call), prompt * answersPerPrompt)),
        usageOf(calls),
      ),
    ...(request.stream === true
      ? {
          stream: ([first], send) => {
            const head = headOf(first);
            const text = createTextStream({ head, includeUsage: request.stream_options?.include_usage === true, answersPerPrompt, send: (chunk) => send(JSON.stringify(chunk)) });
            return {
              delta: text.delta,
              finish: (calls) => {
                text.finish(calls.map(choicesOf), usageOf(calls), { weighbridge: { cost_usd: costOf(calls) } });
                send('[DONE]');
              },
              fail: (error) => send(JSON.stringify({ error: openAiErrorBody(error) })),
            };
          },
        }
      : {}),
  };
}
