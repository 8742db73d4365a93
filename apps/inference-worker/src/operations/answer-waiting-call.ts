import type { MessageContext } from '@weighbridge/shared-adapters/queue';
import type { LiveReply, WaitingCall } from '@weighbridge/inference-contracts';
import { errorCodes } from '@weighbridge/shared-domain';
import type { RunningJobs } from '../running-jobs.ts';
import { recordLostAttempts } from './record-lost-attempts.ts';
import type { RecordLostAttemptsDeps } from './record-lost-attempts.ts';
import { runAttempts } from './run-attempts.ts';
import type { RunAttemptsDeps, WorkOutcome } from './run-attempts.ts';

export type AnswerWaitingCallDeps = RunAttemptsDeps & RecordLostAttemptsDeps & {
  /** To the gateway process that waits. */
  readonly reply: (gatewayId: string, message: LiveReply) => Promise<void>;
  readonly running: RunningJobs;
};

/** Attempt numbers of one delivery of a message; the next delivery begins a new hundred. */
export const attemptsPerDelivery = 100;

/** Works on a call that somebody waits for. Nothing of it is stored: it is gone with its answer. */
export async function answerWaitingCall(deps: AnswerWaitingCallDeps, gatewayId: string, call: WaitingCall, context: Pick<MessageContext, 'attempt' | 'signal'>): Promise<void> {
  const { jobId, ticket, request, stream } = call;
  let sequence = 0;
  // Messages of one publisher arrive in their order, so nobody has to wait for one before sending the next.
  const sends: Promise<void>[] = [];
  const send = (reply: LiveReply) => void sends.push(deps.reply(gatewayId, reply).catch(() => undefined));

  const redelivered = context.attempt > 1;
  const tooLate = Date.parse(ticket.deadlineAt) <= deps.now().getTime();
  // Half a stream may have reached the client, and a second answer may not follow it.
  const ends = tooLate || (redelivered && stream);
  // Answered or given up, while others of its message went on. Where the answer was lost, the gateway that misses it tells its client.
  if (redelivered && !(await recordLostAttempts(deps, ticket, ends))) return;
  if (ends) {
    if (!redelivered) await deps.holds.release(jobId);
    const code = tooLate ? 'request.timeout' : 'backend.failed';
    send({ type: 'failed', jobId, sequence, attempts: [], error: { code, message: tooLate ? errorCodes[code] : 'The worker was lost while it answered; send the request again.' } });
    await Promise.all(sends);
    return;
  }

  await deps.running.during(jobId, (cancelled) =>
    runAttempts(deps, {
      ticket,
      request,
      firstAttempt: (context.attempt - 1) * attemptsPerDelivery + 1,
      refillHold: redelivered,
      cancelled,
      letGo: context.signal,
      onSettled: (settled) => send(replyOf(jobId, sequence++, settled)),
      ...(stream ? { onDelta: (delta) => send({ type: 'delta', jobId, sequence: sequence++, delta }) } : {}),
    }),
  );
  await Promise.all(sends);
}

function replyOf(jobId: WaitingCall['jobId'], sequence: number, outcome: WorkOutcome): LiveReply {
  const head = { jobId, sequence, attempts: outcome.attempts };
  switch (outcome.status) {
    case 'succeeded': {
      if ('embeddings' in outcome.reply) {
        const { embeddings, usage } = outcome.reply;
        return { type: 'done', ...head, reply: { choices: [], usage, finishReason: 'stop', embeddings: [...embeddings] } };
      }
      const { choices, usage, finishReason, serviceTier, systemFingerprint } = outcome.reply;
      return { type: 'done', ...head, reply: { choices: [...choices], usage, finishReason, serviceTier, systemFingerprint } };
    }
    case 'failed':
      return { type: 'failed', ...head, error: outcome.error, ...(outcome.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: outcome.retryAfterSeconds }) };
    case 'cancelled':
      return { type: 'failed', ...head, error: { code: 'job.cancelled', message: errorCodes['job.cancelled'] } };
    case 'expired':
      return { type: 'failed', ...head, error: { code: 'request.timeout', message: errorCodes['request.timeout'] } };
  }
}
