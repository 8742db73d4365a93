import { setTimeout as delay } from 'node:timers/promises';
import type { BudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import type { AdmissionTicket, AttemptRecord, Candidate, JobError } from '@weighbridge/inference-contracts';
import { BackendError, OUTPUT_MISMATCH, decideRetry } from '@weighbridge/inference-domain';
import type { Backend, BackendDelta, FileMismatch, ModelRequest } from '@weighbridge/inference-domain';
import type { DeploymentFacts } from '@weighbridge/registry-contracts';
import { AppError, errorCodes, noTokens, parseUsd } from '@weighbridge/shared-domain';
import type { ErrorCode } from '@weighbridge/shared-domain';
import { attemptRecord, usageEventOf } from '../attempt-record.ts';
import type { AttemptFacts } from '../attempt-record.ts';
import { callBackend } from '../call-backend.ts';
import type { ModelReply } from '../call-backend.ts';
import type { DeploymentSlots } from '../deployment-slots.ts';
import type { UsageMeter } from '../usage-meter.ts';
import type { WorkerMetrics } from '../worker-metrics.ts';

export interface RunAttemptsDeps {
  readonly findDeployment: (id: string) => DeploymentFacts | undefined;
  readonly backendFor: (deployment: DeploymentFacts) => Backend;
  readonly holds: Pick<BudgetHolds, 'start' | 'extend' | 'release'>;
  readonly meter: UsageMeter;
  readonly slots: DeploymentSlots;
  readonly metrics: WorkerMetrics;
  readonly logger: { warn(fields: object): void };
  /** Told of a model file that is not the registered one; does not wait, and does not fail. */
  readonly onFileMismatch: (deployment: DeploymentFacts, found: FileMismatch) => void;
  readonly now: () => Date;
  readonly random: () => number;
}

export interface Work {
  readonly ticket: AdmissionTicket;
  readonly request: ModelRequest;
  /** The number of the first attempt: numbers of a redelivered job never meet those of the delivery before. */
  readonly firstAttempt: number;
  /** Money may have been spent on this job before, so that the hold must be filled up before the first call. */
  readonly refillHold: boolean;
  /** Aborted when nobody wants the answer any more. */
  readonly cancelled: AbortSignal;
  /** Aborted when this process must let go of the work, which then goes back to the queue. */
  readonly letGo: AbortSignal;
  /** Aborted when another worker may have the job by now: its hold is no longer ours to end. */
  readonly lost?: AbortSignal;
  readonly onDelta?: (delta: BackendDelta) => void;
  /** Told the outcome at once, before the records of the attempts are safe in the queue: whoever waits need not wait for those. */
  readonly onSettled?: (outcome: WorkOutcome) => void;
}

export type WorkOutcome =
  | { readonly status: 'succeeded'; readonly reply: ModelReply; readonly attempts: AttemptRecord[] }
  | { readonly status: 'failed'; readonly error: JobError; readonly retryAfterSeconds?: number; readonly attempts: AttemptRecord[] }
  | { readonly status: 'cancelled' | 'expired'; readonly attempts: AttemptRecord[] };

const holdMarginMs = 120_000;
/** What Node's timers can wait; the queue's own time limit ends a try long before. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Calls backends for one job until one answers or there is no sense in going on. Every call is recorded, failed ones too,
 * and the last record says that it is the last, which settles the hold. Rejects only when the work has to go back to the queue.
 */
export async function runAttempts(deps: RunAttemptsDeps, work: Work): Promise<WorkOutcome> {
  // AbortSignal.timeout would keep what hangs on it in memory until the deadline, a day for a background job.
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), Math.min(Math.max(0, Date.parse(work.ticket.deadlineAt) - deps.now().getTime()), longestTimerMs));
  try {
    return await tryCandidates(deps, work, deadline.signal);
  } finally {
    clearTimeout(timer);
  }
}

async function tryCandidates(deps: RunAttemptsDeps, work: Work, deadline: AbortSignal): Promise<WorkOutcome> {
  const { ticket } = work;
  const attempts: AttemptRecord[] = [];
  const records: Promise<void>[] = [];
  const signal = AbortSignal.any([work.cancelled, work.letGo, ...(work.lost === undefined ? [] : [work.lost]), deadline]);
  // A job that was cancelled loses its lease as well, and goes on nowhere: it ends here, hold and all.
  const goesOnElsewhere = () => !work.cancelled.aborted && (work.letGo.aborted || work.lost?.aborted === true);
  let number = work.firstAttempt;
  let refill = work.refillHold;
  let streamed = false;
  let failure: BackendError | undefined;
  let latest = ticket.candidates[0];
  let holdEnds = false;

  const record = (facts: AttemptFacts, final: boolean) => {
    holdEnds ||= final;
    const entry = attemptRecord(ticket, facts);
    attempts.push(entry);
    deps.metrics.attempt(entry, ticket);
    records.push(deps.meter.record(usageEventOf(ticket, entry, final)));
  };
  const finish = async (outcome: WorkOutcome): Promise<WorkOutcome> => {
    const mayHaveSpent = attempts.length > 0 || work.refillHold;
    const ends = !holdEnds && !goesOnElsewhere();
    // What was spent is settled by its own records; the hold ends with an empty last one.
    if (ends && mayHaveSpent && latest !== undefined) record(emptyAttempt(deps, number, latest, outcome), true);
    work.onSettled?.(outcome);
    if (ends && !mayHaveSpent) await deps.holds.release(ticket.jobId);
    await Promise.all(records);
    return outcome;
  };

  for (const [position, candidate] of ticket.candidates.entries()) {
    const deployment = deps.findDeployment(candidate.deploymentId);
    if (deployment?.status !== 'active') continue;
    const hasNext = position < ticket.candidates.length - 1;
    for (let calls = 1; ; calls += 1) {
      if (signal.aborted) break;
      latest = candidate;
      const refused = await prepareCall(deps, ticket, number, refill);
      if (refused !== null) return finish({ status: 'failed', error: jobError(refused), attempts });
      const result = await callOnce(deps, { work, candidate, deployment, attempt: number, signal, onDelta: () => (streamed = true) });
      if (result.kind === 'reply') {
        record(result.facts, true);
        return finish({ status: 'succeeded', reply: result.reply, attempts });
      }
      failure = result.error;
      if (failure.fileMismatch !== undefined) deps.onFileMismatch(deployment, failure.fileMismatch);
      refill = refill || result.facts.usage === null || hasTokens(result.facts);
      const next = decideRetry(result.error, { attempts: calls, streamed, remainingMs: Date.parse(ticket.deadlineAt) - deps.now().getTime(), random: deps.random() });
      const last = signal.aborted || next.action === 'stop' || (next.action === 'next' && !hasNext);
      // Of work that goes on elsewhere the hold stays.
      record(result.facts, last && !goesOnElsewhere());
      number += 1;
      if (next.action !== 'again' || last) {
        if (last && !signal.aborted) return finish({ status: 'failed', ...failureOf(failure), attempts });
        break;
      }
      await delay(next.delayMs, undefined, { signal }).catch(() => undefined);
    }
    if (signal.aborted) break;
  }

  if (work.cancelled.aborted || work.lost?.aborted === true) return finish({ status: 'cancelled', attempts });
  if (work.letGo.aborted) {
    await Promise.all(records);
    throw work.letGo.reason;
  }
  if (deadline.aborted) return finish({ status: 'expired', attempts });
  return finish({ status: 'failed', ...failureOf(failure ?? nothingToCall(deps, ticket)), attempts });
}

function nothingToCall({ findDeployment }: Pick<RunAttemptsDeps, 'findDeployment'>, { jobId, candidates }: AdmissionTicket): AppError {
  const blocked = candidates.some(({ deploymentId }) => findDeployment(deploymentId)?.status === 'blocked');
  return new AppError(blocked ? 'artifact.mismatch' : 'model.no_deployment', `no candidate of ${jobId} can be called`);
}

/** Takes what the call needs of the budget and notes durably that it begins. Null: it may begin. */
async function prepareCall(deps: RunAttemptsDeps, ticket: AdmissionTicket, attempt: number, refill: boolean): Promise<AppError | null> {
  const ttlMs = Math.max(0, Date.parse(ticket.deadlineAt) - deps.now().getTime()) + holdMarginMs;
  if (refill) {
    const extended = await deps.holds.extend(ticket.jobId, parseUsd(ticket.holdUsd), ttlMs);
    if (!extended.ok) return new AppError(extended.reason === 'exceeded' ? 'budget.exceeded' : 'budget.unavailable', `attempt ${attempt} of ${ticket.jobId}: ${extended.reason}`);
  }
  if (await deps.holds.start(ticket.jobId, attempt, ttlMs)) return null;
  return new AppError('budget.unavailable', `the hold of ${ticket.jobId} is gone`);
}

interface Call {
  readonly work: Work;
  readonly candidate: Candidate;
  readonly deployment: DeploymentFacts;
  readonly attempt: number;
  readonly signal: AbortSignal;
  readonly onDelta: () => void;
}

type CallResult = { readonly kind: 'reply'; readonly reply: ModelReply; readonly facts: AttemptFacts } | { readonly kind: 'error'; readonly error: BackendError; readonly facts: AttemptFacts };

async function callOnce(deps: RunAttemptsDeps, { work, candidate, deployment, attempt, signal, onDelta }: Call): Promise<CallResult> {
  const { ticket, request } = work;
  const common = { attempt, candidate, backend: deployment.backend.kind };
  let startedAt = performance.now();
  let queuedMs = deps.now().getTime() - Date.parse(ticket.admittedAt);
  let firstDeltaMs: number | null = null;
  let release: (() => void) | undefined;
  try {
    release = await deps.slots.take(deployment.id, deployment.concurrency, signal);
    startedAt = performance.now();
    queuedMs = deps.now().getTime() - Date.parse(ticket.admittedAt);
    const forward = work.onDelta;
    const reply = await callBackend(
      deps.backendFor(deployment),
      { request, maxOutputTokens: ticket.maxOutputTokens },
      {
        signal,
        ...(forward === undefined
          ? {}
          : {
              onDelta: (delta) => {
                firstDeltaMs ??= performance.now() - startedAt;
                onDelta();
                forward(delta);
              },
            }),
      },
    );
    const facts: AttemptFacts = {
      ...common,
      outcome: 'succeeded',
      settlement: reply.settlement,
      usage: reply.usage,
      errorCode: null,
      queuedMs,
      firstTokenMs: reply.firstTokenMs,
      durationMs: performance.now() - startedAt,
      endedAt: deps.now(),
    };
    return { kind: 'reply', reply, facts };
  } catch (thrown) {
    const error = asBackendError(thrown, release === undefined);
    if (error.kind !== 'cancelled') logFailure(deps, ticket, { attempt, deploymentId: deployment.id, error });
    const facts: AttemptFacts = {
      ...common,
      outcome: error.kind === 'cancelled' ? 'cancelled' : 'failed',
      settlement: error.settlement ?? 'exact',
      usage: error.settlement === 'unknown' ? null : (error.usage ?? noTokens),
      errorCode: failureCode(error),
      queuedMs,
      firstTokenMs: firstDeltaMs,
      durationMs: performance.now() - startedAt,
      endedAt: deps.now(),
    };
    return { kind: 'error', error, facts };
  } finally {
    release?.();
  }
}

/** What a server or a model says in words may repeat the prompt, so its words are left out of the log; ours are told where neither spoke. */
function logFailure({ logger }: RunAttemptsDeps, { jobId }: AdmissionTicket, { attempt, deploymentId, error }: { attempt: number; deploymentId: string; error: BackendError }): void {
  const { kind, status, code, providerRequestId, message } = error;
  logger.warn({ event: 'attempt_failed', jobId, attempt, deploymentId, kind, status, code, providerRequestId, ...(status === undefined && code === undefined ? { reason: message } : {}) });
}

/** Whatever a call threw, as a backend's error: waiting in line for a slot spends nothing, a file that is not the registered one is no retry's business. */
function asBackendError(thrown: unknown, waitingForSlot: boolean): BackendError {
  if (thrown instanceof BackendError) return thrown;
  if (waitingForSlot) return new BackendError('aborted before the call', { kind: 'cancelled', retryable: false, cause: thrown });
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new BackendError(message, { kind: 'unavailable', retryable: true, cause: thrown });
}

const errorCodeOf = {
  rejected: 'backend.rejected',
  failed: 'backend.failed',
  unavailable: 'backend.unavailable',
  timeout: 'request.timeout',
  cancelled: 'job.cancelled',
  cut: 'backend.failed',
} as const satisfies Record<BackendError['kind'], ErrorCode>;

const failureCode = (error: BackendError): ErrorCode => {
  if (error.fileMismatch !== undefined) return 'artifact.mismatch';
  return error.code === OUTPUT_MISMATCH ? 'output.schema_mismatch' : errorCodeOf[error.kind];
};

const jobError = (error: AppError): JobError => ({ code: error.code, message: error.publicMessage });

function failureOf(failure: BackendError | AppError): { error: JobError; retryAfterSeconds?: number } {
  if (failure instanceof AppError) return { error: jobError(failure) };
  const code = failureCode(failure);
  return {
    error: { code, message: failure.publicDetail ?? errorCodes[code] },
    ...(failure.retryAfterMs === undefined ? {} : { retryAfterSeconds: Math.ceil(failure.retryAfterMs / 1_000) }),
  };
}

const hasTokens = ({ usage }: AttemptFacts): boolean => usage !== null && Object.values(usage).some((count) => count > 0);

/** Stands for a call that did not happen, so that the hold of a job whose earlier attempts are recorded comes to its end. */
const emptyAttempt = (deps: RunAttemptsDeps, attempt: number, candidate: Candidate, outcome: WorkOutcome): AttemptFacts => ({
  attempt,
  candidate,
  backend: deps.findDeployment(candidate.deploymentId)?.backend.kind ?? 'none',
  outcome: outcome.status === 'cancelled' ? 'cancelled' : 'failed',
  settlement: 'exact',
  usage: noTokens,
  errorCode: outcome.status === 'failed' ? outcome.error.code : outcome.status === 'cancelled' ? 'job.cancelled' : 'job.expired',
  queuedMs: 0,
  firstTokenMs: null,
  durationMs: 0,
  endedAt: deps.now(),
});
