import type { Endpoint } from '@weighbridge/shared-contracts';
import { httpStatus, toProblem } from '@weighbridge/shared-adapters/http';
import type { RenderedError } from '@weighbridge/shared-adapters/http';
import type { AppError, ErrorCode } from '@weighbridge/shared-domain';

interface OpenAiError {
  readonly type: string;
  readonly code: string;
  /** Said to OpenAI's clients, which would else repeat every 409, 429 and 5xx twice. */
  readonly retry?: false;
}

const invalid = (code: string): OpenAiError => ({ type: 'invalid_request_error', code });
const authentication = (code: string): OpenAiError => ({ type: 'authentication_error', code });
const permission = (code: string): OpenAiError => ({ type: 'permission_error', code, retry: false });
const notFound = (code: string): OpenAiError => ({ type: 'not_found_error', code });
const conflict = (code: string): OpenAiError => ({ type: 'conflict_error', code });
const server = (code: string): OpenAiError => ({ type: 'server_error', code });

/** OpenAI's words for each of our codes. */
export const openAiErrors = {
  'request.malformed': invalid('invalid_json'),
  'request.invalid': invalid('invalid_value'),
  'request.too_large': invalid('payload_too_large'),
  'request.unsupported': invalid('unsupported_parameter'),
  'auth.missing_key': authentication('invalid_api_key'),
  'auth.invalid_key': authentication('invalid_api_key'),
  'auth.expired_key': authentication('key_expired'),
  'auth.forbidden': permission('insufficient_permissions'),
  'project.required': invalid('project_required'),
  'resource.not_found': notFound('not_found'),
  'resource.conflict': { ...conflict('conflict'), retry: false },
  'resource.wrong_state': { ...conflict('wrong_state'), retry: false },
  'model.not_found': notFound('model_not_found'),
  'model.no_deployment': server('no_healthy_backend'),
  'lineage.cycle': invalid('invalid_value'),
  'lineage.too_large': invalid('invalid_value'),
  'artifact.mismatch': server('model_file_mismatch'),
  'artifact.unreadable': invalid('invalid_value'),
  'license.denied': permission('policy_denied'),
  'license.review': permission('approval_required'),
  'gate.failed': { ...conflict('gate_failed'), retry: false },
  'budget.exceeded': { type: 'insufficient_quota', code: 'budget_exceeded', retry: false },
  'budget.unavailable': server('budget_unavailable'),
  'price.unknown': permission('price_unknown'),
  'rate_limit.exceeded': { type: 'rate_limit_error', code: 'rate_limit_exceeded' },
  'queue.full': { type: 'rate_limit_error', code: 'queue_full' },
  'idempotency.key_reused': { ...invalid('idempotency_key_reuse'), retry: false },
  'idempotency.in_progress': conflict('idempotency_in_progress'),
  'backend.failed': server('upstream_error'),
  'backend.rejected': { ...invalid('upstream_rejected'), retry: false },
  'backend.unavailable': server('overloaded'),
  'output.schema_mismatch': { ...server('output_schema_mismatch'), retry: false },
  'job.cancelled': { ...conflict('cancelled'), retry: false },
  'job.expired': { type: 'timeout_error', code: 'total_timeout', retry: false },
  'request.timeout': { type: 'timeout_error', code: 'total_timeout' },
  'service.unavailable': server('service_unavailable'),
  'service.internal': server('internal_error'),
} as const satisfies Record<ErrorCode, OpenAiError>;

/** The members of an `error` object: OpenAI's four, then ours, which its clients ignore. */
export function openAiErrorBody(error: AppError): Record<string, unknown> {
  const { type, code } = openAiErrors[error.code];
  const [fault] = error.faults;
  return {
    message: error.publicMessage,
    type,
    param: fault === undefined ? null : fault.pointer.replace(/^\/(body|query|params|headers)\//, '').replaceAll('/', '.'),
    code,
    ...error.extensions,
    ...(error.faults.length > 1 ? { errors: error.faults } : {}),
    weighbridge: { code: error.code },
  };
}

const openAiPaths = ['/v1/chat/', '/v1/completions', '/v1/embeddings', '/v1/responses', '/v1/models', '/v1/files', '/v1/batches'];

/** OpenAI's shape on OpenAI's paths. A path that is not served gets both shapes at once, since either kind of client may have asked. */
export function renderOpenAiError(error: AppError, endpoint: Endpoint | undefined, requestId: string): RenderedError | undefined {
  if (endpoint !== undefined && !openAiPaths.some((path) => endpoint.path.startsWith(path))) return undefined;
  const { retry }: OpenAiError = openAiErrors[error.code];
  const body = { ...(endpoint === undefined ? toProblem(error, requestId) : {}), error: openAiErrorBody(error) };
  return {
    status: httpStatus[error.code],
    contentType: 'application/json',
    body: JSON.stringify(body),
    ...(retry === undefined ? {} : { headers: { 'x-should-retry': 'false' } }),
  };
}
