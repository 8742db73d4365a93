import type { EvaluationStore, RunClaim, StoredMeasure, StoredResult, StoredRun, StoredSuite } from '@weighbridge/evaluation-data';
import { createRunAccumulator } from '@weighbridge/evaluation-domain';
import type { RunAccumulator, RunSummary } from '@weighbridge/evaluation-domain';
import { AppError, noTokens } from '@weighbridge/shared-domain';

/** Another consumer has the run now, or it was ended: nothing of this one counts any more. */
export class LostClaim extends Error {}

/** How far a run is; what `record` moves. */
export interface RunPosition {
  readonly sent: number;
  readonly takenSequence: number;
  readonly blockedSince: Date | null;
}

/** A run in the hands of this consumer: its suite, how far it is, and the summary of what it has. */
export interface RunInProgress {
  readonly run: StoredRun;
  readonly suite: StoredSuite;
  readonly claim: RunClaim;
  readonly position: () => RunPosition;
  readonly finished: () => number;
  readonly summary: () => RunSummary;
  /** Stores results and the new position in one transaction. Throws {@link LostClaim}; the run must then be left alone, as after any other error. */
  readonly record: (results: readonly StoredResult[], next: Partial<RunPosition>) => Promise<void>;
}

const rebuildPage = 1_000;

const addTo = (accumulator: RunAccumulator, { slice, score, parsed, tokens, costPicoUsd }: StoredMeasure) =>
  accumulator.add({ slice, score, parsed, usage: tokens ?? noTokens, costPicoUsd });

/** Picks a claimed run up where its stored results are: the summary is made from them anew, a page at a time. */
export async function openRun(store: EvaluationStore, run: StoredRun, now: () => Date): Promise<RunInProgress> {
  const suite = await store.suites.findRevision(run.suiteId);
  if (suite === null) throw new AppError('service.internal', `run ${run.id} has no suite ${run.suiteId}`);
  const accumulator = createRunAccumulator();
  let finished = 0;
  for (let from = 0; from < run.planned; ) {
    const measures = await store.results.listMeasures(run.id, from, rebuildPage);
    for (const measure of measures) addTo(accumulator, measure);
    finished += measures.length;
    if (measures.length < rebuildPage) break;
    from = (measures.at(-1)?.position ?? from) + 1;
  }

  const claim = { id: run.id, epoch: run.epoch };
  let position: RunPosition = { sent: run.sent, takenSequence: run.takenSequence, blockedSince: run.blockedSince };
  return {
    run,
    suite,
    claim,
    position: () => position,
    finished: () => finished,
    summary: () => accumulator.finish(),
    record: async (results, next) => {
      const moved = { ...position, ...next };
      await store.transaction(async (client) => {
        if (!(await store.runs.lockClaimed(client, claim))) throw new LostClaim();
        const fresh = new Set(await store.results.insertResults(client, run.id, results));
        const finishedMore = fresh.size;
        for (const result of results) if (fresh.delete(result.sampleId)) addTo(accumulator, result);
        await store.runs.saveProgress(client, claim, { ...moved, finishedMore, summary: accumulator.finish() }, now());
        finished += finishedMore;
      });
      position = moved;
    },
  };
}
