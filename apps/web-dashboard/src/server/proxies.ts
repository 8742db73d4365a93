import type { Agent } from 'node:http';
import { AppError } from '@weighbridge/shared-domain';
import type { Express, Request, RequestHandler, Response } from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';
import { requireSameOrigin } from './same-origin.ts';
import type { Sessions } from './session.ts';

export interface Services {
  readonly registry: string;
  readonly gateway: string;
  readonly evaluation: string;
  readonly cost: string;
}

interface ProxyDeps {
  readonly services: Services;
  readonly sessions: Sessions;
  readonly agent: Agent;
}

/** `/v1` is the OpenAI-compatible door and `/api/2.0/mlflow` that of MLflow's clients, both for keys only. `/api/<service>` is for keys and for signed-in browsers. */
export function mountProxies(app: Express, { services, sessions, agent }: ProxyDeps): void {
  app.use('/v1', withoutCookies, proxyTo(services.gateway, agent, '/v1'));
  app.use('/api/2.0/mlflow', withoutCookies, proxyTo(services.registry, agent, '/api/2.0/mlflow'));
  const mounts = { registry: services.registry, inference: services.gateway, evaluation: services.evaluation, cost: services.cost };
  for (const [name, target] of Object.entries(mounts)) {
    // The documentation page refers to its parts relatively.
    app.get(`/api/${name}/docs`, (req, res, next) => (req.path.endsWith('/') ? next() : res.redirect(308, `/api/${name}/docs/`)));
    app.use(`/api/${name}`, keyFromSession(sessions), withoutCookies, proxyTo(target, agent, ''));
  }
}

/** A browser's cookie becomes the bearer token that services know. A request that brings a key of its own keeps it. */
const keyFromSession =
  (sessions: Sessions): RequestHandler =>
  async (req, res, next) => {
    if (req.headers.authorization === undefined) {
      const key = await sessions.keyOf(req, res);
      if (key !== undefined) {
        requireSameOrigin(req);
        req.headers.authorization = `Bearer ${key}`;
      }
    }
    next();
  };

const withoutCookies: RequestHandler = (req, _res, next) => {
  delete req.headers.cookie;
  next();
};

/** Streams both ways; when the client goes away, so does the upstream request. */
function proxyTo(target: string, agent: Agent, prefix: string): RequestHandler {
  const failures = new WeakMap<object, (error: unknown) => void>();
  const proxy = createProxyMiddleware<Request, Response>({
    target,
    agent,
    xfwd: true,
    ...(prefix === '' ? {} : { pathRewrite: (path: string) => prefix + path }),
    // The usual plugins write their own error pages and log lines.
    ejectPlugins: true,
    // A failed request comes here or to the callback below, by where it failed.
    plugins: [(server) => void server.on('error', (error, req) => req !== undefined && failures.get(req)?.(error))],
  });
  return (req, res, next) => {
    let failed = false;
    const fail = (error: unknown) => {
      if (failed || res.destroyed) return;
      failed = true;
      next(new AppError('service.unavailable', `no answer from ${target}`, { cause: error, detail: 'The service behind this address does not answer right now. Try again in a moment.' }));
    };
    failures.set(req, fail);
    void proxy(req, res, fail);
  };
}
