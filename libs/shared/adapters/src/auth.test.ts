import { AppError, KeyId, ProjectId } from '@weighbridge/shared-domain';
import type { Role } from '@weighbridge/shared-domain';
import { describe, expect, test } from 'vitest';
import { createAuthenticator, projectFilter, projectOf, publicCaller, requirePlatform } from './auth.ts';
import type { Caller, KeyRecord } from './auth.ts';
import { keyDigest, newKeyToken, serviceToken } from './secrets.ts';

const mine = ProjectId.parse(`proj_${'1'.repeat(32)}`);
const other = ProjectId.parse(`proj_${'2'.repeat(32)}`);
const keyId = KeyId.parse(`key_${'3'.repeat(32)}`);
const ours = serviceToken('the secret key of this installation');

const record = (more: Partial<KeyRecord> = {}): KeyRecord => ({ id: keyId, projectId: mine, useCaseId: null, role: 'editor', requestsPerMinute: 60, expiresAt: null, ...more });
const callerWith = (projectId: ProjectId | null, kind: Caller['kind'] = 'key', role: Role = 'admin'): Caller => ({ kind, keyId: kind === 'key' ? keyId : null, projectId, useCaseId: null, role, requestsPerMinute: null });
const platform = callerWith(null);
const service = callerWith(null, 'service');
const member = callerWith(mine);

describe('createAuthenticator', () => {
  test('finds a key by its digest and says who calls', async () => {
    const { token, digest } = newKeyToken();
    const authenticate = createAuthenticator({ serviceToken: ours, findKey: (given) => (given === digest ? record() : undefined) });

    expect(await authenticate(token)).toEqual({ kind: 'key', keyId, projectId: mine, useCaseId: null, role: 'editor', requestsPerMinute: 60 });
    await expect(authenticate(newKeyToken().token)).rejects.toMatchObject({ code: 'auth.invalid_key' });
  });

  test('asks again each time: a key revoked a moment ago is refused', async () => {
    const { token } = newKeyToken();
    const known = new Map([[keyDigest(token), record()]]);
    const authenticate = createAuthenticator({ serviceToken: ours, findKey: (digest) => known.get(digest) });
    await authenticate(token);

    known.clear();

    await expect(authenticate(token)).rejects.toMatchObject({ code: 'auth.invalid_key' });
  });

  test.each([
    ['2026-01-01T00:00:00.001Z', 'passes'],
    ['2026-01-01T00:00:00.000Z', 'auth.expired_key'],
    ['2025-12-31T23:59:59.999Z', 'auth.expired_key'],
  ])('at midnight, a key that expires at %s: %s', async (expiresAt, outcome) => {
    const authenticate = createAuthenticator({ serviceToken: ours, findKey: () => record({ expiresAt }), now: () => new Date('2026-01-01T00:00:00Z') });

    const result = await Promise.resolve(authenticate('wb_x')).then(() => 'passes', (error: unknown) => (error as AppError).code);

    expect(result).toBe(outcome);
  });

  test('the token of the services is theirs alone, and is not looked up as a key', async () => {
    const authenticate = createAuthenticator({ serviceToken: ours, findKey: () => record() });

    expect(await authenticate(ours)).toMatchObject({ kind: 'service', projectId: null, keyId: null });
    for (const wrong of [`${ours}x`, ours.slice(0, -1), 'wbs_', serviceToken('the secret key of another installation')]) {
      await expect(authenticate(wrong)).rejects.toMatchObject({ code: 'auth.invalid_key' });
    }
  });

  test('a refusal names no token', async () => {
    const authenticate = createAuthenticator({ serviceToken: ours, findKey: () => undefined });

    await expect(authenticate('wb_my-token')).rejects.toSatisfy((error: AppError) => !`${error.message}${error.publicMessage}`.includes('my-token'));
  });
});

const outcome = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error instanceof AppError ? error.code : error;
  }
};

describe('the project of a request', () => {
  test.each([
    { who: 'a project’s key', caller: member, named: undefined, project: mine, filter: mine },
    { who: 'a project’s key', caller: member, named: mine, project: mine, filter: mine },
    { who: 'a project’s key', caller: member, named: other, project: 'resource.not_found', filter: 'resource.not_found' },
    { who: 'a platform key', caller: platform, named: undefined, project: 'project.required', filter: null },
    { who: 'a platform key', caller: platform, named: other, project: other, filter: other },
    { who: 'a service', caller: service, named: undefined, project: 'project.required', filter: null },
    { who: 'a service', caller: service, named: other, project: other, filter: other },
    { who: 'nobody', caller: publicCaller, named: undefined, project: 'auth.missing_key', filter: 'auth.missing_key' },
    { who: 'nobody', caller: publicCaller, named: other, project: 'auth.missing_key', filter: 'auth.missing_key' },
  ])('$who naming $named: $project, in lists $filter', ({ caller, named, project, filter }) => {
    expect(outcome(() => projectOf(caller, named))).toBe(project);
    expect(outcome(() => projectFilter(caller, named))).toBe(filter);
  });

  test('a foreign project is refused in the words of one that does not exist', () => {
    expect(() => projectOf(member, other)).toThrow(expect.objectContaining({ detail: undefined, faults: [], extensions: {} }));
  });
});

describe('requirePlatform', () => {
  test.each([
    ['a platform key', platform, undefined],
    ['a service', service, undefined],
    ['a project’s administrator', member, 'auth.forbidden'],
    ['nobody', publicCaller, 'auth.missing_key'],
  ])('%s: %s', (_who, caller, expected) => {
    expect(outcome(() => requirePlatform(caller))).toBe(expected);
  });
});
