import type { EvaluationStore } from '@weighbridge/evaluation-data';
import { ApiError } from '@weighbridge/shared-contracts';
import type { GatewayClient } from '../gateway-client.ts';
import type { RunInProgress } from './run-in-progress.ts';
import { scoreSample } from './score-sample.ts';

export interface TakeInResultsDeps {
  readonly store: { readonly suites: Pick<EvaluationStore['suites'], 'findSamples'> };
  readonly gateway: Pick<GatewayClient, 'listFinishedEvaluationJobs'>;
}

export interface TakeInOptions {
  readonly limit: number;
  /** How long the gateway may wait for the first finished job. */
  readonly waitMs: number;
}

/** How many finished jobs came, and whether the gateway has open ones left. */
export interface TakenIn {
  readonly jobs: number;
  readonly moreToCome: boolean;
}

/** The gateway knows no job of the run: it has taken none yet, or lost them. */
const noJobs = { data: [], finished: 0, total: 0 };

/** Scores the jobs that have finished since the last look, and stores their results with the number of the last one. */
export async function takeInResults({ store, gateway }: TakeInResultsDeps, progress: RunInProgress, { limit, waitMs }: TakeInOptions, signal: AbortSignal): Promise<TakenIn> {
  const { run, suite } = progress;
  const query = { runId: run.id, after: progress.position().takenSequence, limit, waitMs };
  const { data, finished, total } = await gateway.listFinishedEvaluationJobs({ query }, { signal }).catch((error: unknown) => {
    if (error instanceof ApiError && error.code === 'resource.not_found') return noJobs;
    throw error;
  });
  const last = data.at(-1);
  if (last === undefined) return { jobs: 0, moreToCome: finished < total };

  const samples = await store.suites.findSamples(suite.id, data.map(({ key }) => key));
  const byId = new Map(samples.map((placed) => [placed.sample.id, placed]));
  const results = data.flatMap((job) => {
    const placed = byId.get(job.key);
    return placed === undefined ? [] : [scoreSample(suite, placed, job)];
  });
  await progress.record(results, { takenSequence: last.sequence, blockedSince: null });
  return { jobs: data.length, moreToCome: finished < total || data.length === limit };
}
