import { evaluationHousekeepingQueues, evaluationQueues } from '@weighbridge/evaluation-contracts';
import { DeferredMessage, defineWorker } from '@weighbridge/shared-adapters/queue';
import type { Producer, QueueHome, QueueWorker } from '@weighbridge/shared-adapters/queue';
import { ApiError } from '@weighbridge/shared-contracts';
import { AppError } from '@weighbridge/shared-domain';
import { driveRun } from './operations/drive-run.ts';
import type { DriveRunDeps } from './operations/drive-run.ts';
import { cancelOpenJobs } from './operations/cancel-open-jobs.ts';
import { resumeRuns } from './operations/resume-runs.ts';

export const runnerQueues = { ...evaluationQueues, ...evaluationHousekeepingQueues } as const;

export interface WorkerDeps extends DriveRunDeps {
  readonly home: QueueHome;
  readonly producer: Producer<typeof runnerQueues>;
  /** How long a consumer that is not heard of keeps its run. */
  readonly lockMs?: number;
}

export interface RunnerWorker extends QueueWorker {
  /** Makes sure that housekeeping comes round. */
  schedule(): Promise<void>;
}

/** Runs that a process drives at once. Each mostly waits for the gateway. */
const runsAtOnce = 8;
const housekeepingEveryMs = 15_000;
/** A run survives any number of restarts; one that ends its process this often is the cause. */
const mostLostWorkers = 20;

/** Consumes `evaluation` and `housekeeping.evaluation`. Closing it hands its runs back at once: they go on elsewhere from where they are. */
export function createWorker(deps: WorkerDeps): RunnerWorker {
  const { home, producer, logger, lockMs } = deps;
  const stopping = new AbortController();
  const worker = defineWorker(
    home,
    runnerQueues,
    {
      evaluation: async ({ runId }, { signal }) => {
        const driven = await driveRun(deps, runId, AbortSignal.any([signal, stopping.signal])).catch((error: unknown) => {
          if (stopping.signal.aborted) return 'later' as const;
          throw error;
        });
        if (driven === 'later') throw new DeferredMessage(0);
      },
      housekeeping: () => resumeRuns(deps),
    },
    {
      logger,
      suffixes: { housekeeping: ['evaluation'] },
      concurrency: { evaluation: runsAtOnce, housekeeping: 1 },
      maxStalledCount: mostLostWorkers,
      ...(lockMs === undefined ? {} : { lockMs }),
      onFailedTry: ({ queue, payload, error, final }) => {
        const message = evaluationQueues.evaluation.payload.safeParse(payload);
        if (queue !== 'evaluation' || !final || !message.success) return;
        void giveUp(deps, message.data.runId, error).catch((cause: unknown) => logger.error({ event: 'run_not_failed', runId: message.data.runId, err: cause }));
      },
    },
  );
  return {
    ...worker,
    schedule: async () => {
      const { attempts, backoffMs } = runnerQueues.housekeeping;
      await producer.bullQueue('housekeeping', { suffix: 'evaluation' }).upsertJobScheduler(
        'resume-runs',
        { every: housekeepingEveryMs },
        { name: 'housekeeping', data: { v: 1, task: 'resume-runs' }, opts: { attempts, backoff: { type: 'declared', delay: backoffMs } } },
      );
    },
    close: async () => {
      stopping.abort(new Error('the service is stopping'));
      await worker.close();
    },
  };
}

async function giveUp(deps: WorkerDeps, runId: Parameters<typeof driveRun>[1], error: unknown): Promise<void> {
  const known = error instanceof ApiError ? `${error.code}: ${error.message}` : error instanceof AppError ? `${error.code}: ${error.publicMessage}` : 'service.internal: the run could not be finished, and its tries are used up';
  const failed = await deps.store.runs.failRun(runId, known, deps.now());
  if (failed !== null && failed.sent > 0) await cancelOpenJobs(deps, runId);
}
