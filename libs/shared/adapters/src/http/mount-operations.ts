import type { Express, Request, Response } from 'express';
import helmet from 'helmet';
import type { Registry } from 'prom-client';
import swaggerUi from 'swagger-ui-express';
import type { EndpointTable } from '@weighbridge/shared-contracts';
import { toOpenApi } from '@weighbridge/shared-contracts';
import type { HttpAppOptions } from './create-http-app.ts';

/** What every service serves besides its endpoints: health, readiness, metrics and its own documentation. None of them needs a key. */
export function mountOperations<T extends EndpointTable>(app: Express, options: HttpAppOptions<T>, metrics: Registry): void {
  app.get('/healthz', (_req, res) => void res.json({ status: 'ok' }));
  app.get('/readyz', async (_req, res) => {
    const checks = await Promise.all(
      Object.entries(options.readiness).map(async ([name, check]) => {
        try {
          await check();
          return [name, 'ok'] as const;
        } catch (error) {
          options.logger.warn({ event: 'not_ready', check: name, err: error });
          return [name, 'failing'] as const;
        }
      }),
    );
    const ready = !options.stopping() && checks.every(([, state]) => state === 'ok');
    res.status(ready ? 200 : 503).json({ status: options.stopping() ? 'stopping' : ready ? 'ok' : 'failing', checks: Object.fromEntries(checks) });
  });
  app.get('/metrics', async (_req, res) => void res.type(metrics.contentType).send(await metrics.metrics()));
  const document = toOpenApi(options.endpoints, { title: options.service, version: options.version, description: options.description, serverUrl: options.publicPath });
  app.get('/openapi.json', (_req, res) => void res.json(document));
  mountDocs(app, document);
}

function mountDocs(app: Express, document: Record<string, unknown>): void {
  // The page refers to its parts relatively, and so must the redirect: a proxy in front may have put a prefix before it.
  app.get(/^\/docs$/, (_req: Request, res: Response) => void res.writeHead(308, { location: 'docs/' }).end());
  // Without a validator of its own the page would ask one on the internet.
  const options = { swaggerOptions: { validatorUrl: null } };
  app.use('/docs', docsHeaders, swaggerUi.serveFiles(document, options), swaggerUi.setup(document as swaggerUi.JsonObject, options));
}

const docsHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'", "'unsafe-inline'"],
      'img-src': ["'self'", 'data:'],
      'connect-src': ["'self'"],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'frame-ancestors': ["'none'"],
    },
  },
});
