import type { BackendErrorKind } from './backend.ts';

export interface RetryPolicy {
  /** Calls of one deployment in all, the first included. */
  readonly maxAttempts: number;
  /** Longest wait before the second call; doubles with each further one. */
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
  /** A server that asks for a longer wait than this is left for the next deployment. */
  readonly maxRetryAfterMs: number;
}

export const defaultRetryPolicy: RetryPolicy = { maxAttempts: 3, baseDelayMs: 250, maxDelayMs: 8_000, maxRetryAfterMs: 20_000 };

/** The code of a `BackendError` for an answer that does not fit the request's `response_format`. */
export const OUTPUT_MISMATCH = 'output_schema_mismatch';
/** A model that misses the format twice is likely to miss it again, and each time costs. */
const MISMATCH_ATTEMPTS = 2;

/** The part of a `BackendError` that decides. */
export interface FailedAttempt {
  readonly kind: BackendErrorKind;
  readonly code?: string | undefined;
  readonly status?: number | undefined;
  readonly retryable: boolean;
  readonly retryAfterMs?: number | undefined;
  readonly fileMismatch?: object | undefined;
}

export interface RetryConditions {
  /** How many calls this deployment has had, this one included. */
  readonly attempts: number;
  /** Whether deltas went to the client already: a second answer may not follow half of a first. */
  readonly streamed: boolean;
  /** What is left until the job expires. */
  readonly remainingMs: number;
  /** A number drawn evenly from [0, 1). */
  readonly random: number;
}

/** `again`: wait, then the same deployment. `next`: the next deployment, at once. `stop`: the job fails with this error. */
export type RetryDecision =
  | { readonly action: 'again'; readonly delayMs: number }
  | { readonly action: 'next'; readonly reason: 'attempts_used' | 'retry_after_too_long' | 'not_reachable' | 'not_set_up' }
  | { readonly action: 'stop'; readonly reason: 'not_retryable' | 'already_streamed' | 'no_time_left' };

/** Whether a status of a server says that the same call may succeed later: 408, 409 (a lock), 429 and every 5xx but 501. */
export const isRetryableStatus = (status: number): boolean => status === 408 || status === 409 || status === 429 || (status >= 500 && status !== 501);

/** The server refuses us, not the request: a wrong key, no credit, no such model. Only another deployment can help. */
const NOT_SET_UP: ReadonlySet<number> = new Set([401, 402, 403, 404]);

/**
 * What to do after a failed attempt. The wait is drawn evenly between half and all of the doubled delay, so that callers who failed together
 * do not return together, and is never shorter than the server asked for (Retry-After).
 */
export function decideRetry(failure: FailedAttempt, conditions: RetryConditions, policy: RetryPolicy = defaultRetryPolicy): RetryDecision {
  if (!failure.retryable || failure.kind === 'cancelled' || failure.kind === 'rejected') return { action: 'stop', reason: 'not_retryable' };
  if (conditions.streamed) return { action: 'stop', reason: 'already_streamed' };
  if (conditions.remainingMs <= 0) return { action: 'stop', reason: 'no_time_left' };
  if (failure.code === OUTPUT_MISMATCH) return conditions.attempts >= MISMATCH_ATTEMPTS ? { action: 'stop', reason: 'not_retryable' } : { action: 'again', delayMs: 0 };
  if (conditions.attempts >= policy.maxAttempts) return { action: 'next', reason: 'attempts_used' };
  if (failure.status !== undefined && NOT_SET_UP.has(failure.status)) return { action: 'next', reason: 'not_set_up' };
  if (failure.fileMismatch !== undefined) return { action: 'next', reason: 'not_set_up' };
  // Without a status nothing answered (or the circuit is open): another deployment is the better second try.
  if (failure.kind === 'unavailable' && failure.status === undefined) return { action: 'next', reason: 'not_reachable' };
  const retryAfterMs = failure.retryAfterMs ?? 0;
  if (retryAfterMs > policy.maxRetryAfterMs) return { action: 'next', reason: 'retry_after_too_long' };
  const ceilingMs = Math.min(policy.baseDelayMs * 2 ** (conditions.attempts - 1), policy.maxDelayMs);
  const delayMs = Math.max(Math.round(ceilingMs * (0.5 + conditions.random / 2)), retryAfterMs);
  if (delayMs >= conditions.remainingMs) return { action: 'next', reason: 'retry_after_too_long' };
  return { action: 'again', delayMs };
}
