import { readFileSync } from 'node:fs';
import { AppError } from '@weighbridge/shared-domain';
import { Problem } from '@weighbridge/shared-contracts';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { asAppError, httpStatus, toProblem, validationError } from './problem.ts';

const documented = readFileSync(new URL('../../../../../docs/errors.md', import.meta.url), 'utf8');

describe('httpStatus', () => {
  test('is what docs/errors.md says, for every code', () => {
    const rows = [...documented.matchAll(/^\| `([^`]+)` \| (\d{3}) \|/gm)].map(([, code, status]) => [code, Number(status)]);

    expect(rows).toEqual(Object.entries(httpStatus));
  });
});

describe('toProblem', () => {
  test('is problem details with code, request id, faults and when to come back', () => {
    const error = new AppError('rate_limit.exceeded', 'internal words', { detail: 'Slow down.', retryAfterSeconds: 3, faults: [{ pointer: '/body/x', message: 'no' }], extensions: { limit: 60 } });

    expect(Problem.parse(toProblem(error, 'req_1'))).toEqual({
      type: 'urn:weighbridge:problem:rate_limit.exceeded',
      title: 'Too many requests for this key.',
      status: 429,
      detail: 'Slow down.',
      code: 'rate_limit.exceeded',
      requestId: 'req_1',
      retryAfterSeconds: 3,
      errors: [{ pointer: '/body/x', message: 'no' }],
      limit: 60,
    });
  });

  test('an extension cannot pass for a member of its own', () => {
    const error = new AppError('auth.forbidden', 'x', { extensions: { status: 200, code: 'other', type: 'about:blank' } });

    expect(toProblem(error, 'req_1')).toMatchObject({ status: 403, code: 'auth.forbidden', type: 'urn:weighbridge:problem:auth.forbidden' });
  });
});

describe('asAppError', () => {
  test('what nobody expected says nothing to the outside', () => {
    const problem = toProblem(asAppError(new Error('password=hunter2')), 'req_1');

    expect(JSON.stringify(problem)).not.toContain('hunter2');
    expect(problem).toMatchObject({ status: 500, code: 'service.internal' });
  });
});

describe('asAppError of a store that is away', () => {
  test('is worth another try, and does not say where the store is', () => {
    const problem = toProblem(asAppError(Object.assign(new Error('connect ECONNREFUSED 10.1.2.3:5432'), { code: 'ECONNREFUSED' })), 'req_1');

    expect(problem).toMatchObject({ status: 503, code: 'service.unavailable', retryAfterSeconds: 1 });
    expect(JSON.stringify(problem)).not.toContain('10.1.2.3');
  });
});

describe('validationError', () => {
  test('lists every faulty field at once, unknown ones by their own pointer', () => {
    const schema = z.strictObject({ name: z.string(), 'a/b': z.number(), list: z.array(z.int()) });
    const { error } = schema.safeParse({ name: 1, 'a/b': 'x', list: [1, 'y'], extra: true, more: 1 });

    expect(error && validationError('body', error).faults.map(({ pointer }) => pointer)).toEqual(['/body/name', '/body/a~1b', '/body/list/1', '/body/extra', '/body/more']);
  });
});
