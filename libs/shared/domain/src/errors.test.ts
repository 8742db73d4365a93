import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { AppError, errorCodes, isErrorCode } from './errors.ts';

const documented = readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8');
const rows = [...documented.matchAll(/^\| `([^`]+)` \| (\d{3}) \| (.+?) \|/gm)].map(([, code = '', status = '', title = '']) => ({ code, status, title }));

describe('the table of error codes', () => {
  test('is documented whole, in its order and in its words', () => {
    expect(rows.map(({ code, title }) => ({ code, title }))).toEqual(Object.entries(errorCodes).map(([code, title]) => ({ code, title })));
  });

  test.each(Object.entries(errorCodes))('%s is noun.reason, and its title a sentence', (code, title) => {
    expect(code).toMatch(/^[a-z_]+\.[a-z_]+$/);
    expect(title).toMatch(/^[A-Z].*\.$/);
  });

  test('nothing else passes for a code', () => {
    expect(isErrorCode('auth.forbidden')).toBe(true);
    expect(['toString', '__proto__', 'auth', '', 403, null, undefined].map(isErrorCode)).toEqual(Array(7).fill(false));
  });
});

describe('AppError', () => {
  test('shows the user its title, or the detail of the case, and never the internal text', () => {
    expect(new AppError('auth.forbidden', 'key 7 tried').publicMessage).toBe(errorCodes['auth.forbidden']);
    expect(new AppError('auth.forbidden', 'key 7 tried', { detail: 'Ask an admin.' }).publicMessage).toBe('Ask an admin.');
  });

  test('carries its cause, faults, extensions and when to come back', () => {
    const cause = new Error('socket closed');

    const error = new AppError('service.unavailable', 'redis is away', { cause, faults: [{ pointer: '/body', message: 'x' }], extensions: { a: 1 }, retryAfterSeconds: 2 });

    expect(error).toMatchObject({ name: 'AppError', message: 'redis is away', code: 'service.unavailable', cause, extensions: { a: 1 }, retryAfterSeconds: 2 });
    expect(error.faults).toEqual([{ pointer: '/body', message: 'x' }]);
  });

  test('has no members that nobody gave', () => {
    expect(new AppError('service.internal', 'x')).toMatchObject({ faults: [], extensions: {}, detail: undefined, retryAfterSeconds: undefined });
    expect('cause' in new AppError('service.internal', 'x')).toBe(false);
  });
});
