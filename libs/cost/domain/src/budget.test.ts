import { describe, expect, test } from 'vitest';
import { budgetAccountId, budgetApplies, periodRange } from './budget.ts';

const spender = { projectId: 'proj_1', keyId: 'key_1', useCaseId: 'uc_1' };
const of = (projectId: string, keyId: string | null, useCaseId: string | null) => ({ projectId, keyId, useCaseId }) as never;

describe('budgetApplies', () => {
  test.each([
    { what: 'a budget of the whole project', budget: of('proj_1', null, null), applies: true },
    { what: 'of the key', budget: of('proj_1', 'key_1', null), applies: true },
    { what: 'of the use case', budget: of('proj_1', null, 'uc_1'), applies: true },
    { what: 'of key and use case', budget: of('proj_1', 'key_1', 'uc_1'), applies: true },
    { what: 'of another project', budget: of('proj_2', null, null), applies: false },
    { what: 'of another key', budget: of('proj_1', 'key_2', null), applies: false },
    { what: 'of another use case', budget: of('proj_1', null, 'uc_2'), applies: false },
    { what: 'of the key and another use case', budget: of('proj_1', 'key_1', 'uc_2'), applies: false },
    { what: 'of the key, in another project', budget: of('proj_2', 'key_1', null), applies: false },
  ])('$what: $applies', ({ budget, applies }) => {
    expect(budgetApplies(budget, spender)).toBe(applies);
  });

  test('a budget of a key or use case does not concern a spender that has none', () => {
    const anonymous = { projectId: 'proj_1', keyId: null, useCaseId: null };

    expect([of('proj_1', 'key_1', null), of('proj_1', null, 'uc_1'), of('proj_1', null, null)].map((budget) => budgetApplies(budget, anonymous))).toEqual([false, false, true]);
  });
});

describe('accounts and periods, in UTC whatever the clock of the machine', () => {
  test.each([
    { period: 'day', at: '2026-01-31T23:59:59.999Z', account: 'bud_x/2026-01-31', from: '2026-01-31T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z' },
    { period: 'day', at: '2026-02-01T00:00:00.000Z', account: 'bud_x/2026-02-01', from: '2026-02-01T00:00:00.000Z', to: '2026-02-02T00:00:00.000Z' },
    { period: 'day', at: '2028-02-28T12:00:00Z', account: 'bud_x/2028-02-28', from: '2028-02-28T00:00:00.000Z', to: '2028-02-29T00:00:00.000Z' },
    { period: 'month', at: '2026-12-31T23:59:59.999Z', account: 'bud_x/2026-12', from: '2026-12-01T00:00:00.000Z', to: '2027-01-01T00:00:00.000Z' },
    { period: 'month', at: '2026-02-14T00:00:00Z', account: 'bud_x/2026-02', from: '2026-02-01T00:00:00.000Z', to: '2026-03-01T00:00:00.000Z' },
    { period: 'total', at: '2026-02-14T00:00:00Z', account: 'bud_x/total', from: '1970-01-01T00:00:00.000Z', to: '9999-12-31T00:00:00.000Z' },
  ] as const)('$period of $at', ({ period, at, account, from, to }) => {
    expect(budgetAccountId({ id: 'bud_x', period } as never, new Date(at))).toBe(account);
    expect(periodRange(period, new Date(at))).toEqual({ from: new Date(from), to: new Date(to) });
  });
});
