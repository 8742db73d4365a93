import { AppError, errorCodes } from '@weighbridge/shared-domain';
import type { ErrorCode } from '@weighbridge/shared-domain';
import type { Problem } from '@weighbridge/shared-contracts';
import type { z } from 'zod';
import { isOutage } from './is-outage.ts';

/** The HTTP status of every error code. A code that is added and forgotten here does not compile. */
export const httpStatus = {
  'request.malformed': 400,
  'request.invalid': 400,
  'request.too_large': 413,
  'request.unsupported': 400,
  'auth.missing_key': 401,
  'auth.invalid_key': 401,
  'auth.expired_key': 401,
  'auth.forbidden': 403,
  'project.required': 400,
  'resource.not_found': 404,
  'resource.conflict': 409,
  'resource.wrong_state': 409,
  'model.not_found': 404,
  'model.no_deployment': 503,
  'lineage.cycle': 400,
  'lineage.too_large': 400,
  'artifact.mismatch': 503,
  'artifact.unreadable': 400,
  'license.denied': 403,
  'license.review': 403,
  'gate.failed': 409,
  'budget.exceeded': 429,
  'budget.unavailable': 503,
  'price.unknown': 403,
  'rate_limit.exceeded': 429,
  'queue.full': 429,
  'idempotency.key_reused': 422,
  'idempotency.in_progress': 409,
  'backend.failed': 502,
  'backend.rejected': 400,
  'backend.unavailable': 503,
  'output.schema_mismatch': 502,
  'job.cancelled': 409,
  'job.expired': 408,
  'request.timeout': 504,
  'service.unavailable': 503,
  'service.internal': 500,
} as const satisfies Record<ErrorCode, number>;

export function toProblem(error: AppError, requestId: string): Problem {
  return {
    ...error.extensions,
    type: `urn:weighbridge:problem:${error.code}`,
    title: errorCodes[error.code],
    status: httpStatus[error.code],
    detail: error.publicMessage,
    code: error.code,
    requestId,
    ...(error.faults.length === 0 ? {} : { errors: [...error.faults] }),
    ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
  };
}

/** Whatever was thrown, as an AppError: a store that is away is worth another try; anything else is our fault and says nothing to the outside. */
export function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const internal = thrown instanceof Error ? thrown.message : String(thrown);
  return isOutage(thrown) ? new AppError('service.unavailable', internal, { cause: thrown, retryAfterSeconds: 1 }) : new AppError('service.internal', internal, { cause: thrown });
}

/** Every faulty field at once. `part` is where the fields are: `body`, `query`, `params`. */
export function validationError(part: 'body' | 'query' | 'params', error: z.ZodError): AppError {
  const faults = error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ pointer: pointer(part, [...issue.path, key]), message: 'is not a field of this request' }))
      : [{ pointer: pointer(part, issue.path), message: issue.message }],
  );
  const list = faults.map((fault) => `${fault.pointer.slice(1).replaceAll('/', '.')}: ${fault.message}`);
  return new AppError('request.invalid', `invalid ${part}`, { faults, detail: `Not valid: ${list.slice(0, 5).join('; ')}${list.length > 5 ? `; and ${list.length - 5} more` : ''}.` });
}

const pointer = (part: string, path: readonly PropertyKey[]): string =>
  `/${[part, ...path.map((step) => String(step).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/')}`;
