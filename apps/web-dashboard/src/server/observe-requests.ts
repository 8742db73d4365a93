import type { Logger } from '@weighbridge/shared-adapters/logging';
import { newId } from '@weighbridge/shared-adapters/ids';
import type { RequestHandler } from 'express';
import { Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

const quiet: ReadonlySet<string> = new Set(['healthz', 'readyz', 'metrics', 'assets']);

/** Every request has an id, which services log too; one line and one observation end it. Never a path in full: it may hold what a person typed. */
export function observeRequests(logger: Logger, metrics: Registry): RequestHandler {
  const duration = new Histogram({
    name: 'weighbridge_http_request_duration_seconds',
    help: 'Time from the first byte of a request to the end of its answer',
    labelNames: ['endpoint', 'method', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60],
    registers: [metrics],
  });
  return (req, res, next) => {
    const startedAt = performance.now();
    const { method } = req;
    const given = req.headers['x-request-id'];
    const requestId = typeof given === 'string' && /^[\w.-]{1,100}$/.test(given) ? given : newId('request');
    req.headers['x-request-id'] = requestId;
    res.setHeader('x-request-id', requestId);
    const endpoint = endpointOf(req.path);
    res.once('close', () => {
      const durationMs = performance.now() - startedAt;
      duration.labels(endpoint, method.toLowerCase(), String(res.statusCode)).observe(durationMs / 1_000);
      if (!quiet.has(endpoint)) logger.info({ event: 'http_request', requestId, endpoint, method, status: res.statusCode, outcome: res.writableFinished ? 'finished' : 'aborted', durationMs: Math.round(durationMs * 100) / 100 });
    });
    next();
  };
}

/** A few stable names, so that metrics cannot be flooded with invented paths. */
function endpointOf(path: string): string {
  const [, first = '', second = ''] = path.split('/');
  if (first === 'api' && ['registry', 'inference', 'evaluation', 'cost'].includes(second)) return `api/${second}`;
  return ['v1', 'session', 'assets', 'healthz', 'readyz', 'metrics'].includes(first) ? first : 'page';
}
