import type { AdmittedJob, BatchStore, FileStore, JobCompletion, JobStore, StoredBatch, StoredJob } from '@weighbridge/inference-data';
import { ChatRequest } from '@weighbridge/inference-domain';
import { AppError } from '@weighbridge/shared-domain';
import type { BatchId } from '@weighbridge/shared-domain';
import { isPassingRefusal } from '../admission/passing-refusal.ts';
import { forEachAtOnce } from '../for-each-at-once.ts';
import type { Admit } from '../operations/admit.ts';
import { cancelGroup } from '../operations/cancel-group.ts';
import type { CancelGroupDeps } from '../operations/cancel-group.ts';
import { followEnds } from '../operations/end-jobs.ts';
import type { InferenceQueue } from '../waiting/inference-queue.ts';
import { validateBatch } from './validate-batch.ts';
import { writeResults } from './write-results.ts';

export type AdvanceBatchDeps = Omit<CancelGroupDeps, 'store' | 'queue'> & {
  readonly admit: Admit;
  readonly store: JobStore;
  readonly batches: BatchStore;
  readonly files: FileStore;
  readonly queue: Pick<InferenceQueue, 'addDurable' | 'removeDurable'>;
  readonly now: () => Date;
  /** Lines of one batch that may be admitted and not finished: small enough to be fair, large enough to keep workers busy. */
  readonly batchWindow: number;
};

const leaseMs = 30_000;
const admissionsAtOnce = 16;
const pieceSize = 128;

/** Brings a batch as far as it can get now, under a lease, so that nobody else does the same. `owner` must be new for each call. */
export async function advanceBatch(deps: AdvanceBatchDeps, id: BatchId, owner: string): Promise<void> {
  const keepLease = () => deps.batches.leaseBatch(id, owner, leaseMs);
  if (!(await keepLease())) return;
  try {
    for (;;) {
      const batch = await deps.batches.findBatch(id, null);
      if (batch === null || !(await keepLease())) return;
      const before = batch.status;
      await step(deps, batch, keepLease);
      const after = await deps.batches.findBatch(id, null);
      if (after === null || after.status === before) return;
    }
  } finally {
    await deps.batches.releaseBatch(id, owner);
  }
}

async function step(deps: AdvanceBatchDeps, batch: StoredBatch, keepLease: () => Promise<boolean>): Promise<void> {
  switch (batch.status) {
    case 'validating':
      return validateBatch({ ...deps, keepLease, endLines: (id) => cancelGroup(deps, id) }, batch);
    case 'in_progress':
      return runLines(deps, batch, keepLease);
    case 'finalizing': {
      const files = await writeResults({ ...deps, keepLease }, batch);
      if (files === null) return;
      const expired = deps.now() >= batch.expiresAt;
      await deps.batches.moveBatch({ id: batch.id, from: ['finalizing'], to: expired ? 'expired' : 'completed', ...files });
      return;
    }
    case 'cancelling': {
      await cancelGroup(deps, batch.id);
      const files = await writeResults({ ...deps, keepLease }, batch);
      if (files !== null) await deps.batches.moveBatch({ id: batch.id, from: ['cancelling'], to: 'cancelled', ...files });
      return;
    }
    case 'failed':
    case 'completed':
    case 'expired':
    case 'cancelled':
      return;
  }
}

/** Fills the window of the batch with its next lines. Lines that are refused end with their refusal; when nobody can be admitted now, they wait. */
async function runLines(deps: AdvanceBatchDeps, batch: StoredBatch, keepLease: () => Promise<boolean>): Promise<void> {
  for (;;) {
    const room = deps.batchWindow - (await deps.store.countOutstanding(batch.id));
    if (room <= 0) break;
    const lines = await deps.store.listUnadmitted(batch.id, Math.min(room, pieceSize));
    if (lines.length === 0) break;
    const { admitted, ended, waits } = await admitLines(deps, batch, lines);
    await dispatch(deps, admitted);
    if (ended.length > 0) await followEnds({ ...deps, wakeBatches: async () => {} }, await deps.store.completeJobs(ended));
    if (waits || !(await keepLease())) return;
    if ((await deps.batches.findBatch(batch.id, null))?.status !== 'in_progress') return;
  }
  const progress = await deps.store.groupProgress(batch.id);
  if (progress !== null && progress.finished === progress.total) await deps.batches.moveBatch({ id: batch.id, from: ['in_progress'], to: 'finalizing' });
}

/** Lines that were cancelled between the two acts need no money any more. */
async function dispatch(deps: AdvanceBatchDeps, admitted: readonly AdmittedJob[]): Promise<void> {
  const jobs = await deps.store.admitJobs(admitted);
  const dispatched = new Set(jobs.map(({ id }) => id));
  await Promise.all(admitted.filter(({ id }) => !dispatched.has(id)).map(({ id }) => deps.holds.release(id)));
  await deps.queue.addDurable(jobs);
}

interface AdmittedLines {
  readonly admitted: AdmittedJob[];
  readonly ended: JobCompletion[];
  /** Some could not be admitted for a reason that will pass. */
  readonly waits: boolean;
}

async function admitLines(deps: AdvanceBatchDeps, batch: StoredBatch, lines: readonly StoredJob[]): Promise<AdmittedLines> {
  const admitted: AdmittedJob[] = [];
  const ended: JobCompletion[] = [];
  let waits = false;
  const end = (job: StoredJob, error: unknown) =>
    void ended.push({ id: job.id, owner: null, epoch: job.epoch, status: 'failed', attempts: null, output: null, tokens: null, costUsd: null, error });
  await forEachAtOnce(lines, admissionsAtOnce, async (job) => {
    if (job.request === null) return end(job, job.error);
    try {
      const { ticket } = await deps.admit({
        jobId: job.id,
        requester: { projectId: batch.projectId, keyId: batch.keyId, useCaseId: batch.useCaseId },
        namedUseCase: undefined,
        modelReference: job.modelReference,
        request: ChatRequest.parse(job.request),
        lane: 'batch',
        tags: { ...job.tags },
        batchId: batch.id,
        runId: null,
        deadlineAt: batch.expiresAt,
        countsAgainstRate: false,
      });
      admitted.push({ id: job.id, ticket, pool: ticket.pool });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (isPassingRefusal(error.code)) waits = true;
      else end(job, { code: error.code, message: error.publicMessage, extensions: error.extensions });
    }
  });
  return { admitted, ended, waits };
}
