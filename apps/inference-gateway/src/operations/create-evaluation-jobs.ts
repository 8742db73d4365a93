import type { EvaluationJobs } from '@weighbridge/inference-contracts';
import type { JobStore, NewStoredJob } from '@weighbridge/inference-data';
import type { ChatRequest } from '@weighbridge/inference-domain';
import type { BudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import { newId } from '@weighbridge/shared-adapters/ids';
import type { Logger } from '@weighbridge/shared-adapters/logging';
import { AppError } from '@weighbridge/shared-domain';
import type { ErrorCode } from '@weighbridge/shared-domain';
import { forEachAtOnce } from '../for-each-at-once.ts';
import { isPassingRefusal } from '../admission/passing-refusal.ts';
import type { InferenceQueue } from '../waiting/inference-queue.ts';
import type { Admit } from './admit.ts';

export interface CreateEvaluationJobsDeps {
  readonly admit: Admit;
  readonly store: Pick<JobStore, 'insertJobs' | 'listClientKeys' | 'groupProgress'>;
  readonly queue: Pick<InferenceQueue, 'addDurable'>;
  readonly holds: Pick<BudgetHolds, 'release'>;
  readonly logger: Logger;
  readonly now: () => Date;
}

export interface CreatedEvaluationJobs {
  readonly accepted: number;
  readonly refused: { readonly key: string; readonly code: ErrorCode; readonly message: string }[];
}

const lifeMs = 24 * 3_600_000;
const admissionsAtOnce = 32;

/**
 * Admits and stores samples of a run. What was refused is told by key; all others are stored, in one act. A repeated call adds nothing
 * and holds nothing twice. When admission itself is not possible now (budgets away), nothing is stored and the caller tries again.
 */
export async function createEvaluationJobs(deps: CreateEvaluationJobsDeps, { runId, projectId, keyId, useCaseId, jobs }: EvaluationJobs): Promise<CreatedEvaluationJobs> {
  const progress = await deps.store.groupProgress(runId);
  if (progress?.cancelledAt != null) throw new AppError('resource.wrong_state', `run ${runId} was cancelled`, { detail: 'This run was cancelled.' });
  if (progress !== null && progress.projectId !== projectId) throw new AppError('resource.not_found', `run ${runId} is of ${progress.projectId}`);
  const known = await deps.store.listClientKeys(runId, jobs.map(({ key }) => key));
  const createdAt = deps.now();
  const expiresAt = new Date(createdAt.getTime() + lifeMs);
  const admitted: NewStoredJob[] = [];
  const refused: CreatedEvaluationJobs['refused'] = [];
  const releaseAll = (ids: readonly NewStoredJob['id'][]) => forEachAtOnce(ids, admissionsAtOnce, (id) => deps.holds.release(id).then(() => undefined, () => undefined));

  try {
    await forEachAtOnce(jobs.filter(({ key }) => !known.has(key)), admissionsAtOnce, async ({ key, model, input }) => {
      const request: ChatRequest = { ...input, model };
      try {
        const { ticket } = await deps.admit({
          jobId: newId('job'),
          requester: { projectId, keyId, useCaseId },
          namedUseCase: undefined,
          modelReference: model,
          request,
          lane: 'evaluation',
          tags: {},
          batchId: null,
          runId,
          deadlineAt: expiresAt,
          countsAgainstRate: false,
        });
        admitted.push({
          id: ticket.jobId,
          projectId,
          keyId,
          useCaseId,
          lane: 'evaluation',
          groupId: runId,
          clientKey: key,
          position: null,
          modelReference: model,
          request,
          ticket,
          pool: ticket.pool,
          error: null,
          tags: {},
          createdAt,
          expiresAt,
        });
      } catch (error) {
        if (!(error instanceof AppError) || isPassingRefusal(error.code)) throw error;
        refused.push({ key, code: error.code, message: error.publicMessage });
      }
    });
    const stored = await deps.store.insertJobs(admitted);
    const [added, repeated] = [admitted.filter(({ id }) => stored.has(id)), admitted.filter(({ id }) => !stored.has(id))];
    await releaseAll(repeated.map(({ id }) => id));
    await deps.queue
      .addDurable(added.map(({ id, lane, pool }) => ({ id, projectId, lane, pool: pool ?? '', dispatch: 0 })))
      .catch((error: unknown) => deps.logger.warn({ event: 'jobs_not_queued', runId, err: error }));
    return { accepted: jobs.length - refused.length, refused };
  } catch (error) {
    await releaseAll(admitted.map(({ id }) => id));
    throw error;
  }
}
