import type { MessageContext } from '@weighbridge/shared-adapters/queue';
import { AdmissionTicket, AttemptRecord } from '@weighbridge/inference-contracts';
import type { InferenceMessage } from '@weighbridge/inference-contracts';
import type { Claim, JobCompletion, StoredJob } from '@weighbridge/inference-data';
import { ModelRequest, completionBody, embeddingListBody } from '@weighbridge/inference-domain';
import { errorCodes, formatUsd, noTokens, parseUsd, sumUsd } from '@weighbridge/shared-domain';
import type { JobId, TokenUsage } from '@weighbridge/shared-domain';
import { z } from 'zod';
import type { JobEvents } from '../job-events.ts';
import type { JobLeases } from '../job-leases.ts';
import type { RunningJobs } from '../running-jobs.ts';
import { attemptsPerDelivery } from './answer-waiting-call.ts';
import { recordLostAttempts } from './record-lost-attempts.ts';
import type { RecordLostAttemptsDeps } from './record-lost-attempts.ts';
import { holdsOfTakenOver } from './retake-hold.ts';
import type { RetakeHoldDeps } from './retake-hold.ts';
import { runAttempts } from './run-attempts.ts';
import type { RunAttemptsDeps, WorkOutcome } from './run-attempts.ts';

export type WorkDurableJobDeps = RunAttemptsDeps & RecordLostAttemptsDeps & RetakeHoldDeps & {
  /** Null: the job is finished, or another worker has it. */
  readonly claim: (claim: Claim) => Promise<StoredJob | null>;
  /** Stores the end of a job; tried until PostgreSQL has it. False: the job was ended or taken over meanwhile. */
  readonly complete: (completion: JobCompletion, letGo: AbortSignal) => Promise<boolean>;
  readonly leases: JobLeases;
  readonly running: RunningJobs;
  readonly events: JobEvents;
};

export type DurableMessage = Extract<InferenceMessage, { kind: 'durable' }>;

const StoredInput = z.object({ ticket: AdmissionTicket, request: ModelRequest, attempts: z.array(AttemptRecord).nullable() });

/** Works on a job that PostgreSQL keeps. May run twice for one message: the claim lets only one go on, and the end is written once (P2). */
export async function workDurableJob(deps: WorkDurableJobDeps, { jobId, dispatch }: DurableMessage, context: MessageContext): Promise<void> {
  const job = await deps.claim({ id: jobId, dispatch, takeover: context.attempt > 1 });
  if (job === null) return;
  const { ticket, request, attempts } = StoredInput.parse(job);
  deps.events.changed(job, 'running');

  const takenOver = job.epoch > 1;
  if (takenOver) await recordLostAttempts(deps, ticket, false);
  const outcome = await deps.running.during(jobId, (cancelled) =>
    deps.leases.during({ id: jobId, epoch: job.epoch }, (lost) =>
      runAttempts(takenOver ? { ...deps, holds: holdsOfTakenOver(deps, ticket) } : deps, {
        ticket,
        request,
        firstAttempt: (job.epoch - 1) * attemptsPerDelivery + 1,
        refillHold: takenOver,
        cancelled,
        lost,
        letGo: context.signal,
      }),
    ),
  );
  const ended = await deps.complete(completionOf(job, deps.owner, attempts ?? [], outcome, deps.now()), context.signal);
  if (ended) deps.events.changed(job, outcome.status);
}

function completionOf(job: StoredJob, owner: string, earlier: readonly AttemptRecord[], outcome: WorkOutcome, now: Date): JobCompletion {
  const attempts = [...earlier, ...outcome.attempts];
  return {
    id: job.id,
    owner,
    epoch: job.epoch,
    status: outcome.status,
    attempts,
    output: outcome.status === 'succeeded' ? outputOf(job, outcome, now) : null,
    tokens: attempts.map(({ tokens }) => tokens).reduce(addTokens, noTokens),
    costUsd: formatUsd(sumUsd(attempts.map(({ costUsd }) => parseUsd(costUsd)))),
    error: errorOf(outcome),
  };
}

function outputOf(job: StoredJob, { reply }: Extract<WorkOutcome, { status: 'succeeded' }>, now: Date): unknown {
  if ('embeddings' in reply) {
    const format = (job.request as Partial<ModelRequest>)['encoding_format'] === 'base64' ? 'base64' : 'float';
    return embeddingListBody({ model: job.modelReference, embeddings: reply.embeddings, usage: reply.usage, format });
  }
  return completionBody({
    id: completionId(job.id),
    created: Math.floor(now.getTime() / 1_000),
    model: job.modelReference,
    choices: [...reply.choices],
    usage: reply.usage,
    ...(reply.serviceTier === undefined ? {} : { serviceTier: reply.serviceTier }),
    ...(reply.systemFingerprint === undefined ? {} : { systemFingerprint: reply.systemFingerprint }),
  });
}

/** OpenAI's prefix, which tools look for, on the job's own id. */
const completionId = (jobId: JobId): string => `chatcmpl-${jobId.slice('job_'.length)}`;

function errorOf(outcome: WorkOutcome): unknown {
  switch (outcome.status) {
    case 'succeeded':
      return null;
    case 'failed':
      return outcome.error;
    case 'cancelled':
      return { code: 'job.cancelled', message: errorCodes['job.cancelled'] };
    case 'expired':
      return { code: 'job.expired', message: errorCodes['job.expired'] };
  }
}

const addTokens = (a: TokenUsage, b: TokenUsage): TokenUsage => ({
  inputTokens: a.inputTokens + b.inputTokens,
  cachedInputTokens: a.cachedInputTokens + b.cachedInputTokens,
  cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
  outputTokens: a.outputTokens + b.outputTokens,
  reasoningTokens: a.reasoningTokens + b.reasoningTokens,
});
