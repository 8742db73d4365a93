import { asAppError, httpStatus, toProblem } from '@weighbridge/shared-adapters/http';
import type { Logger } from '@weighbridge/shared-adapters/logging';
import { AppError } from '@weighbridge/shared-domain';
import type { ErrorRequestHandler, RequestHandler } from 'express';

export const notFound: RequestHandler = (req, _res, next) => next(new AppError('resource.not_found', `no route ${req.method} ${req.path}`, { detail: `There is no ${req.method} ${req.path.slice(0, 200)}.` }));

/** Problem details, or OpenAI's and MLflow's shapes on their paths. A service that does not answer is a bad gateway here, whatever the code's own status. */
export const errorResponse =
  (logger: Logger): ErrorRequestHandler =>
  (thrown: unknown, req, res, _next) => {
    const requestId = String(res.getHeader('x-request-id') ?? '');
    const error = fromExpress(thrown) ?? asAppError(thrown);
    const status = error.code === 'service.unavailable' ? 502 : httpStatus[error.code];
    if (status >= 500) logger.warn({ event: 'request_failed', requestId, errorCode: error.code, err: error });
    if (res.headersSent) {
      res.destroy();
      return;
    }
    if (error.retryAfterSeconds !== undefined) res.set('retry-after', String(error.retryAfterSeconds));
    res.status(status).set({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    if (req.originalUrl.startsWith('/v1/')) {
      res.type('application/json').send(JSON.stringify({ error: { message: error.publicMessage, type: 'api_error', param: null, code: error.code } }));
      return;
    }
    if (req.originalUrl.startsWith('/api/2.0/mlflow/')) {
      res.type('application/json').send(JSON.stringify({ error_code: status === 502 ? 'TEMPORARILY_UNAVAILABLE' : 'INVALID_PARAMETER_VALUE', message: error.publicMessage, code: error.code, request_id: requestId }));
      return;
    }
    res.type('application/problem+json').send(JSON.stringify({ ...toProblem(error, requestId), status }));
  };

/** What Express itself refuses (a broken path, a file that is not there) comes as an error with a status. */
function fromExpress(thrown: unknown): AppError | undefined {
  if (thrown instanceof AppError || !(thrown instanceof Error) || !('status' in thrown)) return undefined;
  if (thrown.status === 404) return new AppError('resource.not_found', thrown.message, { detail: 'There is no such file.' });
  return thrown.status === 400 ? new AppError('request.malformed', thrown.message, { detail: 'The path is not valid.' }) : undefined;
}
