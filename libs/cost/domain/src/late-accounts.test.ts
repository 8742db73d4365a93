import { describe, expect, test } from 'vitest';
import { lateAccounts } from './late-accounts.ts';

const event = (budgetAccounts: string[]) => ({ projectId: 'proj_1', keyId: 'key_1', useCaseId: null, occurredAt: '2026-02-01T00:00:00.000Z', budgetAccounts }) as never;
const budget = (id: string, more: object = {}) => ({ id, projectId: 'proj_1', keyId: null, useCaseId: null, period: 'month', ...more }) as never;

describe('lateAccounts', () => {
  test.each([
    { what: 'a budget that the hold was taken from', budgets: [budget('bud_a')], listed: ['bud_a/2026-02'], late: [] },
    { what: 'one that came later', budgets: [budget('bud_a'), budget('bud_b')], listed: ['bud_a/2026-02'], late: ['bud_b/2026-02'] },
    { what: 'a hold of the period before, at the turn of the month', budgets: [budget('bud_a')], listed: ['bud_a/2026-01'], late: [] },
    { what: 'a budget of another key', budgets: [budget('bud_a', { keyId: 'key_2' })], listed: [], late: [] },
    { what: 'a budget of another project', budgets: [budget('bud_a', { projectId: 'proj_2' })], listed: [], late: [] },
    { what: 'a daily one, by the day on which the attempt ended', budgets: [budget('bud_a', { period: 'day' })], listed: [], late: ['bud_a/2026-02-01'] },
  ])('$what: $late', ({ budgets, listed, late }) => {
    expect(lateAccounts(event(listed), budgets)).toEqual(late);
  });
});
