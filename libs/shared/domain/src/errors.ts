/**
 * Every error that Weighbridge can answer with. A code is stable and documented (docs/errors.md);
 * `title` is the sentence that a user reads. What an operator reads is the `internal` text of {@link AppError}.
 */
export const errorCodes = {
  'request.malformed': 'The request body is not valid JSON.',
  'request.invalid': 'One or more fields are not valid.',
  'request.too_large': 'The request body is larger than this endpoint accepts.',
  'request.unsupported': 'The request asks for something that this system does not support.',
  'auth.missing_key': 'An API key is needed: send it as "Authorization: Bearer wb_…".',
  'auth.invalid_key': 'The API key is not known here, or was revoked.',
  'auth.expired_key': 'The API key has expired.',
  'auth.forbidden': 'The role of this key does not allow this.',
  'project.required': 'This key belongs to no project: name the project.',
  'resource.not_found': 'There is no such resource, or it belongs to another project.',
  'resource.conflict': 'The resource exists already with other content.',
  'resource.wrong_state': 'The resource is not in a state that allows this.',
  'model.not_found': 'There is no such model, version or alias.',
  'model.no_deployment': 'The model version has no active deployment.',
  'lineage.cycle': 'The base models of a version may not lead back to it.',
  'lineage.too_large': 'The version is made from more versions than a decision can read.',
  'artifact.mismatch': 'A model file is not the one that was registered, so it is not run.',
  'artifact.unreadable': 'The file is not a model file that can be read.',
  'license.denied': 'The licence does not allow this use.',
  'license.review': 'The licence needs a review, or a fact, before this use.',
  'gate.failed': 'The version does not meet the conditions of the promotion gate.',
  'budget.exceeded': 'The budget does not cover what this request may cost.',
  'budget.unavailable': 'The budget cannot be checked right now.',
  'price.unknown': 'There is no price for this model, and the project does not allow unknown prices.',
  'rate_limit.exceeded': 'Too many requests for this key.',
  'queue.full': 'Too much work is waiting already.',
  'idempotency.key_reused': 'The Idempotency-Key was used before with another request.',
  'idempotency.in_progress': 'The first request with this Idempotency-Key is still running.',
  'backend.failed': 'The model server could not answer.',
  'backend.rejected': 'The model server refused the request.',
  'backend.unavailable': 'No model server can take the request right now.',
  'output.schema_mismatch': 'The model’s answer does not fit the requested format.',
  'job.cancelled': 'The job was cancelled.',
  'job.expired': 'The job was not finished before it expired.',
  'request.timeout': 'The answer did not come in time.',
  'service.unavailable': 'A part of the system that is needed for this is not available right now.',
  'service.internal': 'Something went wrong on our side.',
} as const satisfies Record<`${string}.${string}`, string>;

export type ErrorCode = keyof typeof errorCodes;

/** One faulty field of a request. `pointer` is a JSON pointer (RFC 6901) into the part named first: `/body/name`. */
export interface FieldFault {
  readonly pointer: string;
  readonly message: string;
}

export interface AppErrorOptions {
  readonly cause?: unknown;
  /** What the user may read about this very case; absent means that the title of the code is all. */
  readonly detail?: string;
  readonly faults?: readonly FieldFault[];
  /** Extra members of the problem body, e.g. the reasons of a licence decision. Must hold no secret. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** Seconds after which a retry makes sense. */
  readonly retryAfterSeconds?: number;
}

/** The one error class. It knows nothing of HTTP or queues: each adapter maps every code to its own words. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly faults: readonly FieldFault[];
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, internal: string, options: AppErrorOptions = {}) {
    super(internal, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.detail = options.detail;
    this.faults = options.faults ?? [];
    this.extensions = options.extensions ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  /** The sentence for the user: the detail of the case, else the title of the code. */
  get publicMessage(): string {
    return this.detail ?? errorCodes[this.code];
  }
}

export const isErrorCode = (value: unknown): value is ErrorCode => typeof value === 'string' && Object.hasOwn(errorCodes, value);
