import { AppError } from '@weighbridge/shared-domain';
import type { KeyId, ProjectId, Role, UseCaseId } from '@weighbridge/shared-domain';
import { LRUCache } from 'lru-cache';
import { keyDigest, sameToken } from './secrets.ts';

/** Who asks. `projectId` null is a platform administrator's key, which belongs to no project. */
export interface Caller {
  readonly kind: 'key' | 'service' | 'public';
  readonly keyId: KeyId | null;
  readonly projectId: ProjectId | null;
  readonly useCaseId: UseCaseId | null;
  readonly role: Role;
  readonly requestsPerMinute: number | null;
}

export interface KeyRecord {
  readonly id: KeyId;
  readonly projectId: ProjectId | null;
  readonly useCaseId: UseCaseId | null;
  readonly role: Role;
  readonly requestsPerMinute: number | null;
  /** ISO instant from which on the key is refused; null never. */
  readonly expiresAt: string | null;
}

export type Authenticate = (token: string) => Caller | Promise<Caller>;

export const publicCaller: Caller = { kind: 'public', keyId: null, projectId: null, useCaseId: null, role: 'viewer', requestsPerMinute: null };
const serviceCaller: Caller = { kind: 'service', keyId: null, projectId: null, useCaseId: null, role: 'admin', requestsPerMinute: null };

export interface AuthenticatorOptions {
  /** The token of the services of this installation. */
  readonly serviceToken: string;
  /** Finds a key by the SHA-256 of its token, hex. A revoked key is not found. */
  readonly findKey: (digest: string) => KeyRecord | undefined | Promise<KeyRecord | undefined>;
  readonly now?: () => Date;
}

/** Turns a bearer token into a caller, or throws `auth.invalid_key` or `auth.expired_key`. */
export function createAuthenticator({ serviceToken, findKey, now = () => new Date() }: AuthenticatorOptions): Authenticate {
  // Digesting a token costs more than the look-up; a few thousand live keys fit easily.
  const digests = new LRUCache<string, string>({ max: 5_000 });
  return async (token) => {
    if (token.startsWith('wbs_')) {
      if (sameToken(token, serviceToken)) return serviceCaller;
      throw new AppError('auth.invalid_key', 'a service token that is not ours');
    }
    let digest = digests.get(token);
    if (digest === undefined) {
      digest = keyDigest(token);
      if (token.length <= 200) digests.set(token, digest);
    }
    const key = await findKey(digest);
    if (key === undefined) throw new AppError('auth.invalid_key', 'no key has this digest');
    if (key.expiresAt !== null && Date.parse(key.expiresAt) <= now().getTime()) throw new AppError('auth.expired_key', `key ${key.id} expired at ${key.expiresAt}`);
    return { kind: 'key', keyId: key.id, projectId: key.projectId, useCaseId: key.useCaseId, role: key.role, requestsPerMinute: key.requestsPerMinute };
  };
}

/**
 * The project that a request is about: the key's own, or, for a key of the platform, the one it names.
 * Another project than the key's own looks like one that does not exist.
 */
export function projectOf(caller: Caller, named: ProjectId | undefined): ProjectId {
  requireKey(caller);
  if (caller.projectId === null) {
    if (named === undefined) {
      throw new AppError('project.required', 'a platform key named no project', { faults: [{ pointer: '/project', message: 'name the project that this is about' }] });
    }
    return named;
  }
  if (named !== undefined && named !== caller.projectId) throw new AppError('resource.not_found', `key ${caller.keyId} of ${caller.projectId} asked for ${named}`);
  return caller.projectId;
}

/** For lists: the key's own project, or the named one, or null for all (platform keys only). */
export const projectFilter = (caller: Caller, named: ProjectId | undefined): ProjectId | null =>
  caller.projectId === null && caller.kind !== 'public' && named === undefined ? null : projectOf(caller, named);

/** Throws unless the caller administrates the platform, not just one project. */
export function requirePlatform(caller: Caller): void {
  requireKey(caller);
  if (caller.kind !== 'service' && caller.projectId !== null) {
    throw new AppError('auth.forbidden', `key ${caller.keyId} belongs to a project`, { detail: 'Only an administrator of the platform may do this, with a key that belongs to no project.' });
  }
}

/** Nobody belongs to no project either, and must not pass for a key of the platform. */
function requireKey(caller: Caller): void {
  if (caller.kind === 'public') throw new AppError('auth.missing_key', 'nobody asked for what belongs to a project or the platform');
}
