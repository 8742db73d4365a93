import { AppError } from '@weighbridge/shared-domain';
import type { Request } from 'express';

/** A page of another origin cannot set it without asking first, and this server never agrees. */
export const browserHeader = 'x-weighbridge-browser';

const readingMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a change that a page of another origin asks for with this browser's cookie. The cookie is SameSite=Strict already;
 * this holds also where a browser does not heed that, and against other sites of the same registrable domain.
 */
export function requireSameOrigin(req: Request): void {
  if (readingMethods.has(req.method)) return;
  const { origin } = req.headers;
  const sameOrigin = origin === undefined || origin === `${req.protocol}://${req.headers.host ?? ''}`;
  if (req.headers[browserHeader] === undefined || !sameOrigin) {
    throw new AppError('auth.forbidden', `a request with a session cookie from ${origin ?? 'no origin'}`, { detail: 'This request did not come from this site.' });
  }
}
