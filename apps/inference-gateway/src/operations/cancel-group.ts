import type { JobStore } from '@weighbridge/inference-data';
import type { BatchId, RunId } from '@weighbridge/shared-domain';
import { cancelledError } from './cancel-job.ts';
import { followEnds } from './end-jobs.ts';
import type { EndJobsDeps } from './end-jobs.ts';

export type CancelGroupDeps = EndJobsDeps & { readonly store: Pick<JobStore, 'cancelGroup'> };

const pieceSize = 500;

/** Ends everything of a batch or run that is not finished, and refuses what would still come. Returns how many that were. */
export async function cancelGroup(deps: CancelGroupDeps, groupId: BatchId | RunId): Promise<number> {
  let cancelled = 0;
  for (;;) {
    const ended = await deps.store.cancelGroup(groupId, cancelledError, pieceSize);
    if (ended.length === 0) return cancelled;
    cancelled += ended.length;
    await followEnds(deps, ended);
  }
}
