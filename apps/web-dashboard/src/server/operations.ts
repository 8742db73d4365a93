import type { Logger } from '@weighbridge/shared-adapters/logging';
import type { Express } from 'express';
import type { Registry } from 'prom-client';
import type { Services } from './proxies.ts';

interface OperationsDeps {
  readonly services: Services;
  readonly metrics: Registry;
  readonly stopping: () => boolean;
  readonly logger: Logger;
}

/** Ready means: pages are served and people can sign in. The other services answer for themselves. */
export function mountOperations(app: Express, { services, metrics, stopping, logger }: OperationsDeps): void {
  app.get('/healthz', (_req, res) => void res.json({ status: 'ok' }));
  app.get('/readyz', async (_req, res) => {
    const registry = await answers(services.registry, logger);
    const ready = registry && !stopping();
    res.status(ready ? 200 : 503).json({ status: stopping() ? 'stopping' : ready ? 'ok' : 'failing', checks: { registry: registry ? 'ok' : 'failing' } });
  });
  app.get('/metrics', async (_req, res) => void res.type(metrics.contentType).send(await metrics.metrics()));
}

async function answers(url: string, logger: Logger): Promise<boolean> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch (error) {
    logger.warn({ event: 'not_ready', check: 'registry', err: error });
    return false;
  }
}
