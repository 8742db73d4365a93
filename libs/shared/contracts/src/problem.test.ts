import { describe, expect, test } from 'vitest';
import { ApiError, Problem } from './problem.ts';

const problem = { type: 'urn:weighbridge:problem:license.denied', title: 'T', status: 403, detail: 'D', code: 'license.denied', requestId: 'req_1' } as const;

describe('Problem', () => {
  test('keeps members that this reader does not know', () => {
    expect(Problem.parse({ ...problem, reasons: [{ clause: '2' }] })).toEqual({ ...problem, reasons: [{ clause: '2' }] });
  });

  test.each(['status', 'code', 'detail', 'requestId'])('is none without %s', (member) => {
    expect(Problem.safeParse({ ...problem, [member]: undefined }).success).toBe(false);
  });
});

describe('ApiError', () => {
  test('says what the service said, and carries all of it', () => {
    const error = new ApiError({ ...problem, reasons: [] });

    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'ApiError', message: 'D', status: 403, code: 'license.denied', problem: { reasons: [] } });
  });
});
