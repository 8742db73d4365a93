import { createHmac } from 'node:crypto';
import type { Request, Response } from 'express';
import { getIronSession, nodeCookies } from 'iron-session';
import type { SessionOptions } from 'iron-session';

/** How long a browser stays signed in. */
export const sessionSeconds = 12 * 3_600;
export const sessionCookie = 'weighbridge_session';

export interface Sessions {
  /** The key that this browser signed in with; undefined when it did not, or the cookie is stale or not ours. */
  readonly keyOf: (req: Request, res: Response) => Promise<string | undefined>;
  readonly begin: (req: Request, res: Response, key: string) => Promise<void>;
  readonly end: (req: Request, res: Response) => Promise<void>;
}

/**
 * Sessions live in the cookie alone, sealed: there is nothing to store and any process can read them. What the session may do is asked of the
 * registry with every request, since all it holds is the key: one that is revoked is refused at once.
 */
export function createSessions(secretKey: string): Sessions {
  const password = createHmac('sha256', secretKey).update('weighbridge web session v1').digest('base64url');
  const open = (req: Request, res: Response) => {
    const options: SessionOptions = {
      cookieName: sessionCookie,
      password,
      ttl: sessionSeconds,
      cookieOptions: { httpOnly: true, sameSite: 'strict', secure: req.secure, path: '/' },
    };
    return getIronSession<{ key: string }>(nodeCookies(req, res), options);
  };
  return {
    keyOf: async (req, res) => (req.headers.cookie?.includes(sessionCookie) === true ? (await open(req, res)).key : undefined),
    begin: async (req, res, key) => {
      const session = await open(req, res);
      session.key = key;
      await session.save();
    },
    end: async (req, res) => (await open(req, res)).destroy(),
  };
}
