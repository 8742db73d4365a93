import type { Express } from 'express';
import { createHttpApp } from '@weighbridge/shared-adapters/http';
import type { HttpAppOptions } from '@weighbridge/shared-adapters/http';
import { AppError } from '@weighbridge/shared-domain';

/** A worker has no endpoints of its own: health, readiness and metrics are all that it serves. */
export const createApp = (options: Pick<HttpAppOptions<Record<never, never>>, 'logger' | 'readiness' | 'stopping' | 'metrics'>): Express =>
  createHttpApp({
    ...options,
    service: 'inference-worker',
    version: '1',
    description: 'Takes jobs from the queue and calls model backends. It has no API; this document is empty on purpose.',
    publicPath: '/',
    endpoints: {},
    handlers: {},
    authenticate: () => {
      throw new AppError('auth.invalid_key', 'a worker knows no keys');
    },
  });
