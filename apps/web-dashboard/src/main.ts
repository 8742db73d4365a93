import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createMetrics } from '@weighbridge/shared-adapters/http';
import { createLogger } from '@weighbridge/shared-adapters/logging';
import { listen, orExit, runService } from '@weighbridge/shared-adapters/service';
import { readWebConfig } from './config.ts';
import { createApp } from './server/app.ts';

const name = 'web-dashboard';
const config = orExit(name, () => readWebConfig(process.env));
const logger = createLogger(name, config.logLevel);

/** The built client: beside the bundle, or where the bundle would be when the source runs directly. */
const clientDir = [join(import.meta.dirname, 'client'), join(import.meta.dirname, '..', 'dist', 'client')].find((folder) => existsSync(join(folder, 'index.html')));

await runService({ name, logger, drainTimeoutMs: config.drainTimeoutMs }, async (life) => {
  if (clientDir === undefined) throw new Error('the web client is not built: run npm run build first');
  const { app, close } = createApp({ services: config.services, secretKey: config.secretKey, clientDir, logger, metrics: createMetrics(name), stopping: life.stopping });
  life.onClose('upstream connections', close);
  const listening = await listen(app, { port: config.port, host: config.host });
  life.onClose('http', () => listening.close(config.drainTimeoutMs));
  logger.info({ event: 'listening', url: listening.url });
});
