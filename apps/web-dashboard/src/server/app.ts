import { Agent } from 'node:http';
import type { Logger } from '@weighbridge/shared-adapters/logging';
import express from 'express';
import type { Express } from 'express';
import type { Registry } from 'prom-client';
import { errorResponse, notFound } from './error-response.ts';
import { mountOperations } from './operations.ts';
import { observeRequests } from './observe-requests.ts';
import { mountProxies } from './proxies.ts';
import type { Services } from './proxies.ts';
import { createSessions } from './session.ts';
import { mountSignIn } from './sign-in.ts';
import { serveClient } from './serve-client.ts';

export interface AppOptions {
  readonly services: Services;
  /** Seals session cookies, by a key derived from it. */
  readonly secretKey: string;
  /** Folder of the built client. */
  readonly clientDir: string;
  readonly logger: Logger;
  readonly metrics: Registry;
  readonly stopping: () => boolean;
  /** Failed sign-ins of one address in a minute, after which all further ones are refused; 10 where absent. */
  readonly signInsPerMinute?: number;
}

/** The single public origin: everything of the services through one door, sessions for browsers, and the client itself. */
export function createApp(options: AppOptions): { readonly app: Express; readonly close: () => void } {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  // A reverse proxy on the same machine or network may say who the client is and whether it came by https.
  app.set('trust proxy', ['loopback', 'linklocal', 'uniquelocal']);
  const agent = new Agent({ keepAlive: true, maxSockets: 1_024, maxFreeSockets: 64 });
  const sessions = createSessions(options.secretKey);

  app.use(observeRequests(options.logger, options.metrics));
  mountOperations(app, options);
  mountProxies(app, { services: options.services, sessions, agent });
  mountSignIn(app, { sessions, registryUrl: options.services.registry, attemptsPerMinute: options.signInsPerMinute ?? 10, logger: options.logger });
  app.use(serveClient(options.clientDir));
  app.use(notFound);
  app.use(errorResponse(options.logger));
  return { app, close: () => agent.destroy() };
}
