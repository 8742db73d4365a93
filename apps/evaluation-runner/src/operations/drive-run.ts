import { setTimeout as delay } from 'node:timers/promises';
import type { EvaluationStore } from '@weighbridge/evaluation-data';
import type { Logger } from '@weighbridge/shared-adapters/logging';
import { ApiError } from '@weighbridge/shared-contracts';
import { AppError } from '@weighbridge/shared-domain';
import type { RunId } from '@weighbridge/shared-domain';
import type { GatewayClient } from '../gateway-client.ts';
import { cancelOpenJobs } from './cancel-open-jobs.ts';
import { isPassing } from './is-passing.ts';
import { LostClaim, openRun } from './run-in-progress.ts';
import type { RunInProgress } from './run-in-progress.ts';
import { sendSamples } from './send-samples.ts';
import { takeInResults } from './take-in-results.ts';

export interface DriveRunDeps {
  readonly store: EvaluationStore;
  readonly gateway: GatewayClient;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly limits?: Partial<DriveLimits>;
}

export interface DriveLimits {
  /** Most samples of one call of the gateway, which takes no more than 500. */
  readonly pageSamples: number;
  /** Most bytes of one call, unless a single sample has more. */
  readonly pageBytes: number;
  /** Samples that may be with the gateway at once: its queue and our memory stay flat, however long the suite. */
  readonly window: number;
  readonly waitMs: number;
  /** After this long the run goes back to the queue, so that others have their turn. */
  readonly sliceMs: number;
  /** How long the gateway may refuse samples for a passing reason before that becomes their result. */
  readonly blockedMs: number;
  readonly blockedPauseMs: number;
}

export const driveLimits: DriveLimits = {
  pageSamples: 500,
  pageBytes: 6_291_456,
  window: 2_000,
  waitMs: 10_000,
  sliceMs: 300_000,
  blockedMs: 900_000,
  blockedPauseMs: 1_000,
};

/** `ended`: nothing is left to do for this message. `later`: the run goes on with another one. */
export type Driven = 'ended' | 'later';

/** How often a look for results that must be there but are not may come to nothing. */
const recoverySteps = 2;

/**
 * Drives a run as far as it goes: sends samples while the window has room, takes in what has finished, ends the run when every sample has
 * its result. Whatever is stored is stored together with the position it leads to, so this may stop anywhere and be called again.
 * Throws what a retry may mend.
 */
export async function driveRun(deps: DriveRunDeps, runId: RunId, signal: AbortSignal): Promise<Driven> {
  const { store, now } = deps;
  const limits = { ...driveLimits, ...deps.limits };
  const run = await store.runs.claimRun(runId, now());
  if (run === null) return 'ended';
  const progress = await openRun(store, run, now);
  try {
    return await advance(deps, progress, limits, signal);
  } catch (error) {
    if (error instanceof LostClaim) return 'ended';
    if (error instanceof ApiError && !isPassing(error.code)) {
      await end(deps, progress, { status: 'failed', error: `${error.code}: ${error.message}` });
      return 'ended';
    }
    // Not a failed try of the message: tries are counted to notice a run that gets nowhere.
    if (progress.finished() > run.finished && !signal.aborted) {
      deps.logger.warn({ event: 'run_interrupted', runId, finished: progress.finished(), err: error });
      await delay(limits.blockedPauseMs, undefined, { signal }).catch(() => {});
      return 'later';
    }
    throw error;
  }
}

async function advance(deps: DriveRunDeps, progress: RunInProgress, limits: DriveLimits, signal: AbortSignal): Promise<Driven> {
  const { run } = progress;
  const startedAt = deps.now().getTime();
  let recovered = 0;
  let blocked = false;
  while (progress.finished() < run.planned) {
    signal.throwIfAborted();
    if (deps.now().getTime() - startedAt > limits.sliceMs) return 'later';

    const hasRoom = () => progress.position().sent < run.planned && progress.position().sent - progress.finished() < limits.window;
    if (hasRoom()) {
      const sent = await sendSamples(deps, progress, limits, signal);
      if (sent.kind === 'refused') {
        await end(deps, progress, { status: 'failed', error: sent.error });
        return 'ended';
      }
      blocked = sent.kind === 'blocked';
    } else blocked = false;

    const taken = await takeInResults(deps, progress, { limit: limits.pageSamples, waitMs: hasRoom() ? 0 : limits.waitMs }, signal);
    if (taken.jobs > 0) continue;
    if (blocked) await delay(limits.blockedPauseMs, undefined, { signal });
    else if (hasRoom() || taken.moreToCome) await progress.record([], {}); // notices that the run was cancelled, and shows that somebody has it
    else await lookAgain(deps, progress, (recovered += 1));
  }
  await endMeasured(deps, progress);
  return 'ended';
}

/** The gateway has nothing left, and results are missing: it lost something, or we did. First its results are read again from the start, then the samples sent again. */
async function lookAgain({ logger }: DriveRunDeps, progress: RunInProgress, step: number): Promise<void> {
  const missing = progress.run.planned - progress.finished();
  logger.warn({ event: 'run_results_missing', runId: progress.run.id, missing, step });
  if (step > recoverySteps) throw new AppError('service.unavailable', `${missing} samples of ${progress.run.id} have no result at the gateway`);
  await progress.record([], step === 1 ? { takenSequence: 0 } : { takenSequence: 0, sent: 0 });
}

/** Nothing measured is no success, whatever the reason. */
async function endMeasured(deps: DriveRunDeps, progress: RunInProgress): Promise<void> {
  const { scored } = progress.summary();
  const error = scored > 0 ? null : ((await deps.store.results.findFirstError(progress.run.id)) ?? 'no sample could be scored');
  await end(deps, progress, { status: scored > 0 ? 'succeeded' : 'failed', error });
}

async function end(deps: DriveRunDeps, progress: RunInProgress, { status, error }: { readonly status: 'succeeded' | 'failed'; readonly error: string | null }): Promise<void> {
  const { run, claim } = progress;
  const cancelPending = progress.position().sent > 0 && progress.finished() < run.planned;
  if (!(await deps.store.runs.endRun(claim, { status, error, cancelPending }, deps.now()))) return;
  const { scored, errors, correct } = progress.summary();
  deps.logger.info({ event: 'run_ended', runId: run.id, projectId: run.projectId, status, planned: run.planned, scored, errors, correct, durationMs: deps.now().getTime() - (run.startedAt ?? run.createdAt).getTime() });
  if (cancelPending) await cancelOpenJobs(deps, run.id);
}
