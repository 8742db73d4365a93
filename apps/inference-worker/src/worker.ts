import type { JobCompletion, JobStore } from '@weighbridge/inference-data';
import { inferenceQueues } from '@weighbridge/inference-contracts';
import type { WaitingCall } from '@weighbridge/inference-contracts';
import { createMicroBatch } from '@weighbridge/shared-adapters/micro-batch';
import { defineWorker } from '@weighbridge/shared-adapters/queue';
import type { MessageContext, QueueHome, QueueWorker } from '@weighbridge/shared-adapters/queue';
import type { Logger } from '@weighbridge/shared-adapters/logging';
import type { JobId } from '@weighbridge/shared-domain';
import { answerWaitingCall } from './operations/answer-waiting-call.ts';
import type { AnswerWaitingCallDeps } from './operations/answer-waiting-call.ts';
import { workDurableJob } from './operations/work-durable-job.ts';
import type { WorkDurableJobDeps } from './operations/work-durable-job.ts';

export type WorkerDeps = AnswerWaitingCallDeps & Omit<WorkDurableJobDeps, 'claim' | 'complete'> & {
  /** To gateways that do not know yet that replies come together. */
  readonly replyAlone: AnswerWaitingCallDeps['reply'];
  readonly home: QueueHome;
  readonly store: Pick<JobStore, 'claimJobs' | 'completeJobs'>;
  readonly logger: Logger;
  readonly pools: readonly string[];
  readonly concurrency: number;
  readonly lockMs: number;
  readonly leaseMs: number;
  readonly closeTimeoutMs: number;
};

const storeRetryMs = 500;

/** Takes jobs from the queues of its pools. Importing it starts nothing. */
export function createWorker(deps: WorkerDeps): QueueWorker {
  const claims = createMicroBatch({
    flush: async (wanted: readonly Parameters<JobStore['claimJobs']>[0][number][]) => {
      const claimed = new Map((await deps.store.claimJobs(wanted, deps.owner, deps.leaseMs)).map((job) => [job.id, job]));
      return wanted.map(({ id }) => claimed.get(id) ?? null);
    },
  });
  const completions = createMicroBatch({
    flush: async (ends: readonly JobCompletion[]) => {
      const ended = new Set((await deps.store.completeJobs(ends)).map(({ id }) => id));
      return ends.map(({ id }) => ended.has(id));
    },
  });
  const durable: WorkDurableJobDeps = {
    ...deps,
    claim: (claim) => claims.add(claim),
    complete: async (completion, letGo) => {
      for (;;) {
        try {
          return await completions.add(completion);
        } catch (error) {
          // The answer is paid for: it is kept here until PostgreSQL takes it, or until the job has to go to another worker.
          if (letGo.aborted) throw error;
          deps.logger.error({ event: 'job_not_stored', jobId: completion.id, err: error });
          await new Promise((wake) => setTimeout(wake, storeRetryMs));
        }
      }
    },
  };
  const logged = async (jobId: JobId, kind: 'waiting' | 'durable', attempt: number, work: () => Promise<void>) => {
    const startedAt = performance.now();
    await work();
    deps.logger.info({ event: 'job_worked', jobId, kind, attempt, durationMs: Math.round((performance.now() - startedAt) * 100) / 100 });
  };
  const answer = (of: AnswerWaitingCallDeps, gatewayId: string, call: WaitingCall, context: MessageContext) =>
    logged(call.jobId, 'waiting', context.attempt, () => answerWaitingCall(of, gatewayId, call, context));
  return defineWorker(
    deps.home,
    inferenceQueues,
    {
      inference: async (message, context) => {
        switch (message.kind) {
          case 'calls':
            return allEnded(message.calls.map((call) => answer(deps, message.gatewayId, call, context)));
          case 'waiting':
            return answer({ ...deps, reply: deps.replyAlone }, message.gatewayId, message, context);
          case 'durable':
            return logged(message.jobId, 'durable', context.attempt, () => workDurableJob(durable, message, context));
        }
      },
    },
    {
      suffixes: { inference: deps.pools },
      concurrency: deps.concurrency,
      logger: deps.logger,
      lockMs: deps.lockMs,
      stalledIntervalMs: Math.min(5_000, deps.lockMs / 2),
      closeTimeoutMs: deps.closeTimeoutMs,
    },
  );
}

/** A message ends with the last of its calls, and fails when one of them has to come again. */
async function allEnded(works: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(works)).find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
