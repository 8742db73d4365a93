import type { ServerResponse } from 'node:http';
import type { StoredReply } from '@weighbridge/inference-data';
import { completionBody } from '@weighbridge/inference-domain';
import type { ChatChoice, ChatRequest, CompletionHead } from '@weighbridge/inference-domain';
import { asAppError } from '@weighbridge/shared-adapters/http';
import type { AdmissionTicket } from '@weighbridge/inference-contracts';
import { TokenUsage, formatUsd, parseUsd, sumUsd } from '@weighbridge/shared-domain';
import type { AppError } from '@weighbridge/shared-domain';
import { createChatStream } from '../chat-stream.ts';
import { openAiErrorBody } from '../openai-errors.ts';
import { openEventStream } from '../sse.ts';
import type { ReplyDone } from '../waiting/waiting-calls.ts';
import type { Admission } from './admit.ts';
import { callModel } from './call-model.ts';
import type { CallModelDeps } from './call-model.ts';
import type { RunReply } from './run-once.ts';

export interface ChatCall {
  readonly admission: Admission;
  readonly request: ChatRequest;
  readonly signal: AbortSignal | undefined;
}

const headOf = ({ jobId, admittedAt }: AdmissionTicket, model: string): CompletionHead => ({
  id: `chatcmpl-${jobId.slice('job_'.length)}`,
  created: Math.floor(Date.parse(admittedAt) / 1_000),
  model,
});

/** What every answer says about itself in its headers. */
export const answerHeaders = ({ jobId, decision, model, version }: AdmissionTicket): Readonly<Record<string, string>> => ({
  'x-weighbridge-decision': decision.outcome,
  'x-weighbridge-model': `${model}@${version}`,
  'x-weighbridge-job': jobId,
});

/** All attempts are paid, those that failed too. */
const costOf = ({ attempts }: ReplyDone): string => formatUsd(sumUsd(attempts.map(({ costUsd }) => parseUsd(costUsd))));
// The worker has built the choices from a parsed answer, and both ends are of one release.
const choicesOf = ({ reply }: ReplyDone): ChatChoice[] => reply.choices as ChatChoice[];

/** Waits for the answer and gives it whole. */
export async function answerChat(deps: CallModelDeps, { admission, request, signal }: ChatCall): Promise<StoredReply> {
  const done = await callModel(deps, { admission, request, signal });
  const { serviceTier, systemFingerprint } = done.reply;
  const body = completionBody({
    ...headOf(admission.ticket, request.model),
    choices: choicesOf(done),
    usage: TokenUsage.parse(done.reply.usage),
    ...(typeof serviceTier === 'string' ? { serviceTier } : {}),
    ...(typeof systemFingerprint === 'string' ? { systemFingerprint } : {}),
  });
  return {
    status: 200,
    headers: { 'content-type': 'application/json', ...answerHeaders(admission.ticket), 'x-weighbridge-cost-usd': costOf(done) },
    body: Buffer.from(JSON.stringify(body)),
  };
}

export interface StreamedChatCall extends ChatCall {
  readonly res: ServerResponse;
  /** Whether the stream is kept to be given again. */
  readonly record: boolean;
  /** Told of an error that the client was told inside the stream. */
  readonly onError: (error: AppError) => void;
}

/** Writes the answer as it comes. An error before the first event is thrown; a later one is an event of its own, and `[DONE]` then does not come. */
export async function streamChat(deps: CallModelDeps, { admission, request, signal, res, record, onError }: StreamedChatCall): Promise<RunReply> {
  const headers = answerHeaders(admission.ticket);
  const events = openEventStream(res, { headers, record });
  const chunks = createChatStream({ head: headOf(admission.ticket, request.model), includeUsage: request.stream_options?.include_usage === true, send: (data) => events.send(data) });
  const reply = (remember: boolean): RunReply => ({ status: 200, headers, body: events.recorded(), ...(remember ? {} : { remember: false }) });
  try {
    const done = await callModel(deps, { admission, request, signal, onDelta: chunks.delta });
    chunks.finish({ choices: choicesOf(done), usage: TokenUsage.parse(done.reply.usage), costUsd: costOf(done) });
    events.end();
    return reply(true);
  } catch (thrown) {
    const error = asAppError(thrown);
    if (!events.started()) {
      events.discard();
      throw error;
    }
    onError(error);
    if (!res.destroyed) {
      try {
        events.send(JSON.stringify({ error: openAiErrorBody(error) }));
        events.end();
      } catch {
        // It does not read: there is nobody to tell.
        res.destroy();
      }
    }
    return reply(false);
  }
}
