import type { IdempotencyScope, IdempotencyStore, StoredReply } from '@weighbridge/inference-data';
import { sha256Hex } from '@weighbridge/shared-adapters/secrets';
import { AppError, canonicalJson } from '@weighbridge/shared-domain';
import type { ProjectId } from '@weighbridge/shared-domain';

export interface RunOnceDeps {
  readonly idempotency: IdempotencyStore;
  readonly logger: { warn(fields: object): void };
}

export interface RunOnceRequest {
  /** The header Idempotency-Key; absent: the request simply runs. */
  readonly key: string | undefined;
  readonly projectId: ProjectId;
  readonly keyId: string;
  readonly path: string;
  /** All that makes the request what it is. */
  readonly fingerprint: unknown;
  readonly resourceId: string;
  /** Longest that the request may take. */
  readonly leaseMs: number;
}

export interface Run {
  /** Of what is to be made: the first request's, when that one was lost half way. */
  readonly resourceId: string;
  readonly resumed: boolean;
}

const ttlMs = 24 * 3_600_000;

/** `remember: false`: it is no reply to give again, e.g. a stream that broke off. */
export type RunReply = StoredReply & { readonly remember?: false };

/**
 * Runs a request once per Idempotency-Key: the reply of the first is given to all others. What `run` throws is not remembered, so a
 * refused request may be sent again. Throws `idempotency.in_progress` and `idempotency.key_reused`.
 */
export async function runOnce(deps: RunOnceDeps, request: RunOnceRequest, run: (run: Run) => Promise<RunReply>): Promise<{ readonly reply: StoredReply; readonly replayed: boolean }> {
  if (request.key === undefined) return { reply: await run({ resourceId: request.resourceId, resumed: false }), replayed: false };
  const key = request.key.trim();
  if (!/^[\x20-\x7e]{1,255}$/.test(key)) {
    throw new AppError('request.invalid', 'bad idempotency key', {
      detail: 'Idempotency-Key must have 1 to 255 printable ASCII characters.',
      faults: [{ pointer: '/headers/idempotency-key', message: 'must have 1 to 255 printable ASCII characters' }],
    });
  }
  const scope: IdempotencyScope = { projectId: request.projectId, keyId: request.keyId, path: request.path, key };
  const outcome = await deps.idempotency.begin({ scope, fingerprint: sha256Hex(canonicalJson(request.fingerprint)), resourceId: request.resourceId, leaseMs: request.leaseMs, ttlMs });
  switch (outcome.state) {
    case 'done':
      return { reply: outcome.reply, replayed: true };
    case 'running':
      throw new AppError('idempotency.in_progress', `key ${key} is in use`, { retryAfterSeconds: 1 });
    case 'reused':
      throw new AppError('idempotency.key_reused', `key ${key} was used with another request`);
    case 'started':
      return { reply: await rememberReply(deps, scope, () => run({ resourceId: outcome.resourceId, resumed: outcome.resumed })), replayed: false };
  }
}

async function rememberReply(deps: RunOnceDeps, scope: IdempotencyScope, run: () => Promise<RunReply>): Promise<StoredReply> {
  const failed = (event: string) => (failure: unknown) => deps.logger.warn({ event, err: failure });
  const abandon = () => deps.idempotency.abandon(scope).catch(failed('idempotency_not_abandoned'));
  let reply: RunReply;
  try {
    reply = await run();
  } catch (error) {
    await abandon();
    throw error;
  }
  // The work is done and paid for: the caller gets its answer even if it cannot be remembered.
  if (reply.remember === false) await abandon();
  else await deps.idempotency.finish(scope, reply).catch(failed('idempotency_not_stored'));
  return reply;
}
