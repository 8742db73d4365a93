import { newId } from '@weighbridge/shared-adapters/ids';
import type { AppError } from '@weighbridge/shared-domain';
import { describe, expect, test } from 'vitest';
import { checkLicense } from './check-license.ts';
import type { JudgedDecision } from './check-license.ts';

const question = { ref: 'llama@1', useCaseId: newId('useCase'), useCaseName: 'support' };
const reason = { code: 'limit:monthly-active-users', license: 'Llama', clause: '2', version: 'llama@1', via: null, message: 'Llama, clause 2: too many users.' };
const judged = (decision: JudgedDecision['decision']): JudgedDecision => ({ decision, reasons: [reason], obligations: [], inputsDigest: 'd' });
const approvalId = newId('approval');

describe('checkLicense (P5)', () => {
  test.each([
    { decision: 'allow', approval: null, expected: { outcome: 'allow', inputsDigest: 'd', approvalId: null } },
    { decision: 'allow_with_obligations', approval: null, expected: { outcome: 'allow_with_obligations', inputsDigest: 'd', approvalId: null } },
    { decision: 'review', approval: approvalId, expected: { outcome: 'review', inputsDigest: 'd', approvalId } },
  ] as const)('$decision goes on', ({ decision, approval, expected }) => {
    expect(checkLicense(judged(decision), approval, question)).toEqual(expected);
  });

  test.each([
    { decision: 'review', approval: null, code: 'license.review' },
    { decision: 'deny', approval: null, code: 'license.denied' },
    { decision: 'deny', approval: approvalId, code: 'license.denied' },
  ] as const)('$decision with approval $approval is refused with its reasons: $code', ({ decision, approval, code }) => {
    let thrown: unknown;
    try {
      checkLicense(judged(decision), approval, question);
    } catch (error) {
      thrown = error;
    }

    expect(thrown as AppError).toMatchObject({ code, detail: expect.stringContaining('Llama, clause 2'), extensions: { decision, reasons: [reason], model: 'llama@1' } });
  });
});
