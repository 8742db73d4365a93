import { asAppError, parseJsonBody, readBody, validationError } from '@weighbridge/shared-adapters/http';
import type { Logger } from '@weighbridge/shared-adapters/logging';
import { registryEndpoints } from '@weighbridge/registry-contracts';
import { ApiError, createClient } from '@weighbridge/shared-contracts';
import { AppError } from '@weighbridge/shared-domain';
import type { Express, Request } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { z } from 'zod';
import { requireSameOrigin } from './same-origin.ts';
import type { Sessions } from './session.ts';

const SignIn = z.strictObject({ key: z.string().trim().min(1, 'is needed').max(200, 'is too long to be a key') });

interface SignInDeps {
  readonly sessions: Sessions;
  readonly registryUrl: string;
  readonly attemptsPerMinute: number;
  readonly logger: Logger;
}

/** `POST /session {key}` signs in, `GET /session` says who is signed in, `DELETE /session` signs out. */
export function mountSignIn(app: Express, { sessions, registryUrl, attemptsPerMinute, logger }: SignInDeps): void {
  const attempts = new RateLimiterMemory({ points: attemptsPerMinute, duration: 60 });

  app.post('/session', async (req, res) => {
    requireSameOrigin(req);
    await countAttempt(attempts, req);
    const { key } = parsed(await readBody(req, 4_096));
    const me = await whoIs(registryUrl, key);
    // Only what fails counts: many people may share an address.
    await attempts.reward(addressOf(req));
    await sessions.begin(req, res, key);
    logger.info({ event: 'signed_in', keyId: me.keyId, projectId: me.project?.id });
    res.set('cache-control', 'no-store').json(me);
  });

  app.get('/session', async (req, res) => {
    const key = await sessions.keyOf(req, res);
    res.set('cache-control', 'no-store');
    if (key === undefined) {
      res.json({ me: null });
      return;
    }
    try {
      res.json({ me: await whoIs(registryUrl, key) });
    } catch (error) {
      if (!(error instanceof AppError) || !error.code.startsWith('auth.')) throw error;
      await sessions.end(req, res);
      res.json({ me: null });
    }
  });

  app.delete('/session', async (req, res) => {
    requireSameOrigin(req);
    await sessions.end(req, res);
    res.set('cache-control', 'no-store').status(204).end();
  });
}

const addressOf = (req: Request): string => req.ip ?? 'unknown';

async function countAttempt(attempts: RateLimiterMemory, req: Request): Promise<void> {
  try {
    await attempts.consume(addressOf(req));
  } catch (refused) {
    if (refused instanceof Error) throw refused;
    throw new AppError('rate_limit.exceeded', `too many sign-ins from ${req.ip}`, { detail: 'Too many tries to sign in. Wait a minute, then try again.', retryAfterSeconds: 60 });
  }
}

function parsed(body: Buffer): z.infer<typeof SignIn> {
  const result = SignIn.safeParse(parseJsonBody(body));
  if (!result.success) throw validationError('body', result.error);
  return result.data;
}

/** What the registry says about a key. Its refusals are handed on; whatever else goes wrong is the system's fault. */
async function whoIs(registryUrl: string, key: string) {
  if (key.startsWith('wbs_') || !/^[\w-]+$/.test(key)) throw new AppError('auth.invalid_key', 'not a key of a person');
  const registry = createClient(registryEndpoints, { baseUrl: registryUrl, token: key, fetch: (url, init) => fetch(url, init), timeoutMs: 10_000 });
  try {
    return await registry.getMe();
  } catch (error) {
    if (error instanceof ApiError && error.code.startsWith('auth.')) throw new AppError(error.code, `the registry refused a key: ${error.code}`);
    throw new AppError('service.unavailable', 'the registry did not say whose key this is', { cause: asAppError(error), detail: 'The model registry does not answer right now, so nobody can sign in. Try again in a moment.' });
  }
}
