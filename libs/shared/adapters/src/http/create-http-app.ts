import express from 'express';
import type { Express, Request, RequestHandler, Response } from 'express';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Endpoint, EndpointTable } from '@weighbridge/shared-contracts';
import { AppError, roleIncludes } from '@weighbridge/shared-domain';
import { publicCaller } from '../auth.ts';
import type { Authenticate, Caller } from '../auth.ts';
import { newId } from '../ids.ts';
import type { Logger } from '../logging.ts';
import type { EndpointRequest, Handlers, RawEndpointRequest } from './handler.ts';
import { mountOperations } from './mount-operations.ts';
import { asAppError, httpStatus, toProblem, validationError } from './problem.ts';
import { parseJsonBody, readBody } from './read-body.ts';

export interface RenderedError {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface HttpAppOptions<T extends EndpointTable> {
  readonly service: string;
  readonly version: string;
  readonly description: string;
  /** Where the public origin mounts this service: `/api/registry`. */
  readonly publicPath: string;
  readonly endpoints: T;
  readonly handlers: Handlers<T>;
  readonly authenticate: Authenticate;
  readonly logger: Logger;
  /** One entry per thing that the service cannot work without; each resolves when it is fine and rejects with why not. */
  readonly readiness: Readonly<Record<string, () => unknown>>;
  /** Red readiness from the first moment of a shutdown on. */
  readonly stopping: () => boolean;
  readonly metrics?: Registry;
  /** Readers of the `bodyFormats` that the endpoints declare, by media type. What one throws that is no AppError is answered as our fault. */
  readonly bodyReaders?: Readonly<Record<string, (bytes: Buffer) => unknown>>;
  /** Another shape of error for some paths (OpenAI's, MLflow's). Undefined: problem details. `path` is that of the request, also of one that reached no endpoint. */
  readonly renderError?: (error: AppError, endpoint: Endpoint | undefined, requestId: string, path: string) => RenderedError | undefined;
}

/** The metrics registry of a service, with the process's own metrics in it. */
export function createMetrics(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** An Express app that serves a table of endpoints: validation, authorisation, errors, logs, metrics, health and documentation are the same everywhere. */
export function createHttpApp<T extends EndpointTable>(options: HttpAppOptions<T>): Express {
  const { endpoints, handlers, logger } = options;
  const metrics = options.metrics ?? createMetrics(options.service);
  const duration = new Histogram({
    name: 'weighbridge_http_request_duration_seconds',
    help: 'Time from the first byte of a request to the end of its answer',
    labelNames: ['endpoint', 'method', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60],
    registers: [metrics],
  });

  const app = express();
  app.disable('etag');
  app.disable('x-powered-by');

  const serve = (name: string, endpoint: Endpoint, handler: (request: RawEndpointRequest<Endpoint>) => unknown): RequestHandler => {
    const observed = (status: number, startedAt: number) => duration.labels(name, endpoint.method, String(status)).observe((performance.now() - startedAt) / 1000);
    return async (req, res) => {
      const startedAt = performance.now();
      const requestId = incomingRequestId(req) ?? newId('request');
      const fields: Record<string, unknown> = {};
      let caller: Caller | undefined;
      res.setHeader('x-request-id', requestId);
      try {
        caller = await authorise(options.authenticate, endpoint, req);
        const request: RawEndpointRequest<Endpoint> = {
          ...(await parseParts(endpoint, req, options.bodyReaders)),
          caller,
          requestId,
          signal: goneSignal(res),
          note: (more) => void Object.assign(fields, more),
          logger,
          header: (headerName) => headerOf(req, headerName),
          setHeader: (headerName, value) => void res.setHeader(headerName, value),
          req,
          res,
        };
        const reply = await handler(request);
        if (endpoint.reply !== 'raw') sendJson(res, endpoint, reply);
      } catch (thrown) {
        const error = asAppError(thrown);
        fields['errorCode'] = error.code;
        if (httpStatus[error.code] >= 500) fields['err'] = error;
        sendError(res, error, requestId, options.renderError?.(error, endpoint, requestId, req.path));
      }
      const status = res.statusCode;
      observed(status, startedAt);
      logger.info({ event: 'http_request', requestId, endpoint: name, status, durationMs: round(performance.now() - startedAt), keyId: caller?.keyId, projectId: caller?.projectId, ...fields });
    };
  };

  for (const [name, endpoint] of Object.entries(endpoints)) {
    const handler = handlers[name as keyof T] as (request: RawEndpointRequest<Endpoint>) => unknown;
    app[endpoint.method](expressPath(endpoint.path), serve(name, endpoint, handler));
  }
  mountOperations(app, options, metrics);
  app.use((req, res) => {
    const error = new AppError('resource.not_found', `no route ${req.method} ${req.path}`, { detail: `There is no ${req.method} ${req.path}. See /openapi.json for what there is.` });
    refuseUnrouted(req, res, error, options);
  });
  // Only what Express itself refuses arrives here, e.g. a path that is not valid percent-encoding.
  app.use((thrown: unknown, req: Request, res: Response, _next: unknown) => {
    const refused = thrown instanceof URIError || (thrown instanceof Error && 'status' in thrown && thrown.status === 400);
    const error = refused ? new AppError('request.malformed', String(thrown), { detail: 'The path is not valid.' }) : asAppError(thrown);
    const requestId = refuseUnrouted(req, res, error, options);
    if (!refused) logger.error({ event: 'http_request', requestId, err: error });
  });
  return app;
}

/** Answers a request that reached no endpoint; returns the id that the answer carries. */
function refuseUnrouted(req: Request, res: Response, error: AppError, { renderError }: Pick<HttpAppOptions<EndpointTable>, 'renderError'>): string {
  const requestId = incomingRequestId(req) ?? newId('request');
  req.resume();
  if (!res.headersSent) res.setHeader('x-request-id', requestId);
  sendError(res, error, requestId, renderError?.(error, undefined, requestId, req.path));
  return requestId;
}

/** `/v1/models/{name}` as Express writes it; a colon in a path is no parameter of ours. */
export const expressPath = (path: string): string => path.replaceAll(':', '\\:').replace(/\{(\w+)\}/g, ':$1');

async function authorise(authenticate: Authenticate, endpoint: Endpoint, req: Request): Promise<Caller> {
  if (endpoint.role === 'public') return publicCaller;
  const token = bearerToken(req);
  if (token === undefined) throw new AppError('auth.missing_key', 'no bearer token');
  const caller = await authenticate(token);
  if (endpoint.role === 'service' ? caller.kind !== 'service' : !roleIncludes(caller.role, endpoint.role)) {
    throw new AppError('auth.forbidden', `role ${caller.role} on an endpoint for ${endpoint.role}`, {
      detail: endpoint.role === 'service' ? 'This endpoint is for the services of this installation only.' : `This needs a key with the role "${endpoint.role}" or a stronger one; this key is a "${caller.role}".`,
    });
  }
  return caller;
}

function bearerToken(req: Request): string | undefined {
  const header = req.headers.authorization;
  if (header !== undefined) return /^Bearer (\S+)$/i.exec(header)?.[1];
  // Other SDKs send the key in one of these.
  return headerOf(req, 'x-api-key') ?? headerOf(req, 'api-key');
}

type BodyReaders = HttpAppOptions<EndpointTable>['bodyReaders'];

async function parseParts(endpoint: Endpoint, req: Request, bodyReaders: BodyReaders): Promise<Pick<EndpointRequest<Endpoint>, 'params' | 'query' | 'body'>> {
  // No text column takes it.
  if (req.url.includes('%00')) throw new AppError('request.malformed', 'U+0000 in the URL', { detail: 'The URL may not hold %00.' });
  const params = endpoint.params?.safeParse(req.params);
  if (params?.success === false) throw validationError('params', params.error);
  const query = endpoint.query?.safeParse(req.query);
  if (query?.success === false) throw validationError('query', query.error);
  let body: unknown;
  if (endpoint.body !== undefined) {
    const parsed = endpoint.body.safeParse(bodyReaderOf(endpoint, req, bodyReaders)(await readBody(req, endpoint.maxBodyBytes)));
    if (!parsed.success) throw validationError('body', parsed.error);
    body = parsed.data;
  }
  return { params: params?.data, query: query?.data, body } as Pick<EndpointRequest<Endpoint>, 'params' | 'query' | 'body'>;
}

function bodyReaderOf({ bodyFormats = [] }: Endpoint, req: Request, bodyReaders: BodyReaders = {}): (bytes: Buffer) => unknown {
  const format = headerOf(req, 'content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  return (format !== undefined && bodyFormats.includes(format) ? bodyReaders[format] : undefined) ?? parseJsonBody;
}

function goneSignal(res: Response): AbortSignal {
  const gone = new AbortController();
  res.once('close', () => {
    if (!res.writableFinished) gone.abort(new AppError('request.timeout', 'the client went away'));
  });
  return gone.signal;
}

function sendJson(res: Response, endpoint: Endpoint, reply: unknown): void {
  const status = endpoint.status ?? 200;
  if (status === 204) {
    res.writeHead(204).end();
    return;
  }
  // Parsed too: a column added later cannot leak.
  const body = Buffer.from(JSON.stringify(endpoint.response.parse(reply)));
  res.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  res.end(body);
}

function sendError(res: Response, error: AppError, requestId: string, rendered: RenderedError | undefined): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const answer = rendered ?? { status: httpStatus[error.code], contentType: 'application/problem+json', body: JSON.stringify(toProblem(error, requestId)) };
  const body = Buffer.from(answer.body);
  res.writeHead(answer.status, {
    'content-type': answer.contentType,
    'content-length': body.length,
    'cache-control': 'no-store',
    ...(error.retryAfterSeconds === undefined ? {} : { 'retry-after': String(Math.ceil(error.retryAfterSeconds)) }),
    ...(error.code === 'request.too_large' ? { connection: 'close' } : {}),
    ...answer.headers,
  });
  if (error.code === 'request.too_large') endAfterBody(res, body);
  else res.end(body);
}

/** How long a client may go on sending a body that was refused. */
const lingerMs = 2_000;

/** A connection that is closed while its client still sends is reset, and with it the answer may be lost: it stays open until the body is through. */
function endAfterBody(res: Response, answer: Buffer): void {
  res.write(answer);
  if (res.req.complete) {
    res.end();
    return;
  }
  const end = () => {
    clearTimeout(timer);
    res.end();
  };
  const timer = setTimeout(end, lingerMs);
  res.req.once('end', end).once('close', end);
  res.req.resume();
}

const incomingRequestId = (req: Request): string | undefined => {
  const given = headerOf(req, 'x-request-id');
  return given !== undefined && /^[\w.-]{1,100}$/.test(given) ? given : undefined;
};

function headerOf(req: Request, name: string): string | undefined {
  const value = req.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

const round = (ms: number): number => Math.round(ms * 100) / 100;
