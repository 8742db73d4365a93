import { join } from 'node:path';
import express, { Router } from 'express';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { serveAssets } from './serve-assets.ts';

/**
 * The client's files. Scripts only from this origin and never inline; styles may be inline, since the component kit sets
 * custom properties that way. A path with no file is a page of the client, whose router knows it.
 */
export function serveClient(clientDir: string): Router {
  const router = Router();
  router.use(pageHeaders);
  router.use('/assets', serveAssets(join(clientDir, 'assets')));
  router.use(express.static(clientDir, { index: false, maxAge: '1h' }));
  router.get(/.*/, (req, res, next) => {
    if (req.accepts('html') === false || /^\/(api|v1|session)(\/|$)/.test(req.path)) {
      next();
      return;
    }
    res.set('cache-control', 'no-cache').sendFile(join(clientDir, 'index.html'));
  });
  return router;
}

const pageHeaders: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'", "'unsafe-inline'"],
      'img-src': ["'self'", 'data:'],
      'font-src': ["'self'"],
      'connect-src': ["'self'"],
      'manifest-src': ["'self'"],
      'form-action': ["'self'"],
      'base-uri': ["'none'"],
      'frame-ancestors': ["'none'"],
    },
  },
  referrerPolicy: { policy: 'no-referrer' },
  // What speaks https decides about it; this server may well be reached without.
  strictTransportSecurity: false,
  crossOriginEmbedderPolicy: false,
});
