import { AppError } from '@weighbridge/shared-domain';
import type { ErrorCode } from '@weighbridge/shared-domain';

/** What a consumer's {@link AppError} means for its message: `retry` may go better later, `fail` never will. Other errors are tried again. */
export const retryPolicy = {
  'request.malformed': 'fail',
  'request.invalid': 'fail',
  'request.too_large': 'fail',
  'request.unsupported': 'fail',
  'request.timeout': 'retry',
  'auth.missing_key': 'fail',
  'auth.invalid_key': 'fail',
  'auth.expired_key': 'fail',
  'auth.forbidden': 'fail',
  'project.required': 'fail',
  'resource.not_found': 'fail',
  'resource.conflict': 'fail',
  'resource.wrong_state': 'fail',
  'model.not_found': 'fail',
  'model.no_deployment': 'retry',
  'lineage.cycle': 'fail',
  'lineage.too_large': 'fail',
  'artifact.mismatch': 'fail',
  'artifact.unreadable': 'fail',
  'license.denied': 'fail',
  'license.review': 'fail',
  'gate.failed': 'fail',
  'budget.exceeded': 'fail',
  'budget.unavailable': 'retry',
  'price.unknown': 'fail',
  'rate_limit.exceeded': 'retry',
  'queue.full': 'retry',
  'idempotency.key_reused': 'fail',
  'idempotency.in_progress': 'retry',
  'backend.failed': 'retry',
  'backend.rejected': 'fail',
  'backend.unavailable': 'retry',
  'output.schema_mismatch': 'fail',
  'job.cancelled': 'fail',
  'job.expired': 'fail',
  'service.unavailable': 'retry',
  'service.internal': 'retry',
} as const satisfies Record<ErrorCode, 'retry' | 'fail'>;

export const isFinal = (error: unknown): boolean => error instanceof AppError && retryPolicy[error.code] === 'fail';

const longestBackoffMs = 300_000;

/**
 * Wait before the next try: `backoffMs` doubled with each try made, at most five minutes, the upper half of it random
 * ("equal jitter": tries of many messages spread, and none comes at once), and never sooner than the error asks for.
 * `random` is in [0, 1).
 */
export function backoffDelayMs(backoffMs: number, attemptsMade: number, error: unknown, random: number): number {
  const ceilingMs = Math.min(backoffMs * 2 ** Math.min(attemptsMade - 1, 30), longestBackoffMs);
  const askedMs = error instanceof AppError && error.retryAfterSeconds !== undefined ? error.retryAfterSeconds * 1_000 : 0;
  return Math.max(Math.round(ceilingMs / 2 + (ceilingMs / 2) * random), askedMs);
}
