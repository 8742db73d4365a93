import type { RenderedError } from '@weighbridge/shared-adapters/http';
import { httpStatus } from '@weighbridge/shared-adapters/http';
import type { Endpoint } from '@weighbridge/shared-contracts';
import type { AppError } from '@weighbridge/shared-domain';

const prefix = '/api/2.0/mlflow/';

/** MLflow's codes by our status, where a code of ours says no more. */
const codes: Readonly<Record<number, string>> = { 400: 'INVALID_PARAMETER_VALUE', 401: 'UNAUTHENTICATED', 403: 'PERMISSION_DENIED', 404: 'RESOURCE_DOES_NOT_EXIST', 409: 'INVALID_STATE', 413: 'INVALID_PARAMETER_VALUE', 422: 'INVALID_PARAMETER_VALUE', 429: 'REQUEST_LIMIT_EXCEEDED', 503: 'TEMPORARILY_UNAVAILABLE', 504: 'TEMPORARILY_UNAVAILABLE' };
/** Statuses by which MLflow answers with these codes. */
const statuses: Readonly<Record<string, number>> = { RESOURCE_ALREADY_EXISTS: 400, INVALID_STATE: 400 };

/** On MLflow's paths errors have MLflow's shape; what is ours goes along in `code` and `request_id`, which its clients pass over. */
export function renderMlflowError(error: AppError, endpoint: Endpoint | undefined, requestId: string, path: string): RenderedError | undefined {
  if (!(endpoint?.path ?? path).startsWith(prefix)) return undefined;
  const status = httpStatus[error.code];
  const code = endpoint === undefined && status === 404 ? 'ENDPOINT_NOT_FOUND' : error.code === 'resource.conflict' ? 'RESOURCE_ALREADY_EXISTS' : error.code === 'request.unsupported' ? 'BAD_REQUEST' : (codes[status] ?? 'INTERNAL_ERROR');
  return { status: statuses[code] ?? status, contentType: 'application/json', body: JSON.stringify({ error_code: code, message: error.publicMessage, code: error.code, request_id: requestId }) };
}
