import type { AdmissionTicket } from '@weighbridge/inference-contracts';
import type { ChatChoice, ModelRequest, RequestFault } from '@weighbridge/inference-domain';
import { AppError, TokenUsage, formatUsd, noTokens, parseUsd, sumUsd } from '@weighbridge/shared-domain';
import type { Tags } from '@weighbridge/shared-domain';
import type { ReplyDelta, ReplyDone } from '../waiting/waiting-calls.ts';

/** One request of OpenAI's API in the terms of the one path: the calls that it needs, and how their answers are told. */
export interface Door {
  readonly path: string;
  /** As the client sent it, for the fingerprint of its Idempotency-Key. */
  readonly body: unknown;
  readonly modelReference: string;
  /** One call each. */
  readonly requests: readonly [ModelRequest, ...ModelRequest[]];
  readonly tags: Tags;
  readonly answer: (done: readonly DoneCall[]) => unknown;
  /** Absent: the client wants the answer whole. */
  readonly stream?: (tickets: readonly AdmissionTicket[], send: (data: string, event?: string) => void) => DoorStream;
}

export interface DoneCall {
  readonly ticket: AdmissionTicket;
  readonly done: ReplyDone;
}

export interface DoorStream {
  /** `call` is the place of its request. What it throws ends all calls. */
  readonly delta: (call: number, delta: ReplyDelta) => void;
  readonly finish: (done: readonly DoneCall[]) => void;
  /** Tells an error after the stream has begun. */
  readonly fail: (error: AppError) => void;
}

// The worker has built the choices from a parsed answer, and both ends are of one release.
export const choicesOf = ({ done }: DoneCall): ChatChoice[] => done.reply.choices as ChatChoice[];

/** Of all calls together. */
export const usageOf = (calls: readonly DoneCall[]): TokenUsage =>
  calls.reduce<TokenUsage>((sum, { done }) => {
    const usage = TokenUsage.parse(done.reply.usage);
    return {
      inputTokens: sum.inputTokens + usage.inputTokens,
      cachedInputTokens: sum.cachedInputTokens + usage.cachedInputTokens,
      cacheWriteTokens: sum.cacheWriteTokens + usage.cacheWriteTokens,
      outputTokens: sum.outputTokens + usage.outputTokens,
      reasoningTokens: sum.reasoningTokens + usage.reasoningTokens,
    };
  }, noTokens);

/** All attempts of all calls are paid, those that failed too. Decimal string of US dollars. */
export const costOf = (calls: readonly DoneCall[]): string => formatUsd(sumUsd(calls.flatMap(({ done }) => done.attempts.map(({ costUsd }) => parseUsd(costUsd)))));

/** What follows the prefix of an id of OpenAI's: the job's own, so that one leads to the other. */
export const idSuffix = ({ jobId }: Pick<AdmissionTicket, 'jobId'>): string => jobId.slice('job_'.length);

/** Unix seconds. */
export const createdOf = ({ admittedAt }: AdmissionTicket): number => Math.floor(Date.parse(admittedAt) / 1_000);

/** A refusal of what cannot be obeyed, or is not valid, that names each field. */
export function faultError(faults: readonly RequestFault[]): AppError {
  const named = faults.map(({ path, message }) => `${path.join('.')} ${message}`);
  return new AppError(faults.every(({ unsupported }) => unsupported) ? 'request.unsupported' : 'request.invalid', named.join('; '), {
    faults: faults.map(({ path, message }) => ({ pointer: `/${['body', ...path].join('/')}`, message })),
    detail: `${named.slice(0, 5).join('; ')}${named.length > 5 ? `; and ${named.length - 5} more` : ''}.`,
  });
}
