import type { Job, NewJob } from '@weighbridge/inference-contracts';
import type { JobStore, NewStoredJob } from '@weighbridge/inference-data';
import type { ChatRequest } from '@weighbridge/inference-domain';
import type { BudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import type { RateDecision } from '@weighbridge/shared-adapters/rate-limit';
import type { Logger } from '@weighbridge/shared-adapters/logging';
import { AppError } from '@weighbridge/shared-domain';
import type { JobId } from '@weighbridge/shared-domain';
import { jobView } from '../job-view.ts';
import type { InferenceQueue } from '../waiting/inference-queue.ts';
import type { AcceptCallback } from './accept-callback.ts';
import type { Admit, Requester } from './admit.ts';

export interface CreateJobDeps {
  readonly admit: Admit;
  readonly acceptCallback: AcceptCallback;
  /** True when it was new; calls made at the same time are stored together. */
  readonly storeJob: (job: NewStoredJob) => Promise<boolean>;
  readonly store: Pick<JobStore, 'findJob'>;
  readonly queue: Pick<InferenceQueue, 'addDurable'>;
  readonly holds: Pick<BudgetHolds, 'release'>;
  readonly logger: Logger;
  readonly now: () => Date;
}

export interface CreateJobInput {
  readonly id: JobId;
  /** The id is of an earlier request that was lost half way: the job may be there, finished even. */
  readonly resumed: boolean;
  readonly requester: Requester;
  readonly namedUseCase: string | undefined;
  readonly job: NewJob;
  readonly onRate: (rate: RateDecision) => void;
}

const defaultLifeMs = 24 * 3_600_000;
const longestLifeMs = 30 * 24 * 3_600_000;

/** Admits and stores a background job: when this resolves, PostgreSQL has it (P1). An id that is there already is answered as it stands. */
export async function createJob(deps: CreateJobDeps, { id, resumed, requester, namedUseCase, job, onRate }: CreateJobInput): Promise<Job> {
  // Looked for before the admission, which would hold money for a job that has spent its own.
  const made = resumed ? await deps.store.findJob(id, requester.projectId) : null;
  if (made !== null) return jobView(made);
  const createdAt = deps.now();
  const expiresAt = expiryOf(job.expiresAt, createdAt);
  // Before the admission: a job whose end could not be told holds no money.
  if (job.callbackUrl !== undefined) await deps.acceptCallback(requester.projectId, job.callbackUrl);
  const request: ChatRequest = { ...job.input, model: job.model };
  const { ticket } = await deps.admit({
    jobId: id,
    requester,
    namedUseCase: job.useCaseId ?? namedUseCase,
    modelReference: job.model,
    request,
    lane: job.priority,
    tags: job.tags,
    batchId: null,
    runId: null,
    deadlineAt: expiresAt,
    countsAgainstRate: true,
    onRate,
  });
  const stored: NewStoredJob = {
    id,
    projectId: ticket.projectId,
    keyId: ticket.keyId,
    useCaseId: ticket.useCaseId,
    lane: ticket.lane,
    groupId: null,
    clientKey: null,
    position: null,
    modelReference: job.model,
    request,
    ticket,
    pool: ticket.pool,
    error: null,
    tags: job.tags,
    createdAt,
    expiresAt,
    callbackUrl: job.callbackUrl ?? null,
  };
  let isNew: boolean;
  try {
    isNew = await deps.storeJob(stored);
  } catch (error) {
    await deps.holds.release(id).catch(() => undefined);
    throw error;
  }
  if (!isNew) {
    const existing = await deps.store.findJob(id, ticket.projectId);
    if (existing !== null) return jobView(existing);
  }
  // The queue may be away: the job is stored, and housekeeping gives it to the queue again.
  await deps.queue.addDurable([{ id, projectId: ticket.projectId, lane: ticket.lane, pool: ticket.pool, dispatch: 0 }]).catch((error: unknown) => deps.logger.warn({ event: 'job_not_queued', jobId: id, err: error }));
  return newJobView(stored, createdAt);
}

const newJobView = (job: NewStoredJob, createdAt: Date): Job =>
  jobView({
    ...job,
    callbackUrl: job.callbackUrl ?? null,
    createdAt,
    batchId: null,
    runId: null,
    status: 'queued',
    dispatch: 0,
    owner: null,
    epoch: 0,
    attempts: null,
    output: null,
    tokens: null,
    costUsd: null,
    startedAt: null,
    finishedAt: null,
    finishSequence: null,
  });

function expiryOf(wanted: string | undefined, now: Date): Date {
  if (wanted === undefined) return new Date(now.getTime() + defaultLifeMs);
  const at = new Date(wanted);
  const life = at.getTime() - now.getTime();
  if (life > 0 && life <= longestLifeMs) return at;
  throw new AppError('request.invalid', `expiresAt ${wanted}`, {
    detail: 'expiresAt must lie in the future, at most 30 days from now.',
    faults: [{ pointer: '/body/expiresAt', message: 'must lie in the future, at most 30 days from now' }],
  });
}
