import { describe, expect, test } from 'vitest';
import { approvalCovers, approvalGrounds } from './approval-grounds.ts';
import type { DecisionReason } from './decision.ts';

const reason = (change: Partial<DecisionReason> = {}): DecisionReason => ({ code: 'unknown-license', license: null, clause: null, version: 'acme@1', via: null, message: 'somebody has to read it', ...change });
const personal = reason({ code: 'policy', policy: 'personal-data' });

describe('what an approval covers', () => {
  test.each([
    { what: 'the same reasons', approved: [reason()], now: [reason()], covered: true },
    { what: 'other words and numbers of the same reason', approved: [reason()], now: [reason({ message: 'counted 712 users' })], covered: true },
    { what: 'fewer reasons', approved: [reason(), personal], now: [reason()], covered: true },
    { what: 'a policy that came since', approved: [reason()], now: [reason(), personal], covered: false },
    { what: 'another policy', approved: [personal], now: [reason({ code: 'policy', policy: 'other' })], covered: false },
    { what: 'the same doubt about another version of the lineage', approved: [reason()], now: [reason({ version: 'base@1' })], covered: false },
    { what: 'another clause', approved: [reason({ clause: '4' })], now: [reason({ clause: '5' })], covered: false },
  ])('$what: $covered', ({ approved, now, covered }) => {
    expect(approvalCovers(approvalGrounds({ reasons: approved }), { reasons: now })).toBe(covered);
  });

  test('one from before grounds were kept covers what it was given for', () => {
    expect(approvalCovers(null, { reasons: [reason()] })).toBe(true);
  });

  test('grounds are a set in order', () => {
    expect(approvalGrounds({ reasons: [personal, reason(), reason()] })).toEqual([...approvalGrounds({ reasons: [reason(), personal] })]);
  });
});
