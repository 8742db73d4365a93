import { describe, expect, test } from 'vitest';
import { decide } from './license-decision.ts';
import { exampleUseCase } from './license-examples.ts';
import type { LicenseLimit } from '../licenses/license.ts';
import { defineLicense, duty, outputsTrainAnything, propagates, yes } from '../licenses/catalogue/define-license.ts';
import type { UseCaseFacts } from '../use-cases/use-case-facts.ts';

type Limit = Partial<LicenseLimit> & Pick<LicenseLimit, 'name' | 'measure' | 'effect'>;

/** A licence that has this one limit and nothing else but a duty that the limit may switch on. */
function decideUnder(limit: Limit, useCase: Partial<UseCaseFacts>) {
  const license = defineLicense({
    id: 'LicenseRef-Test',
    name: 'Test License',
    title: 'Test License',
    family: 'Test',
    steward: 'Nobody',
    source: 'made for this test',
    permissions: { 'commercial-use': yes('1'), distribution: yes('1'), hosting: yes('1') },
    limits: [{ threshold: null, comparison: 'strict', scope: 'licensee', clock: 'continuous', commercialOnly: false, clause: '2', text: 'There is a limit.', ...limit }],
    obligations: limit.effect === 'obligation' ? [duty('include-license', 'any', '3', { whenLimits: [limit.name] })] : [],
    outputRule: outputsTrainAnything(),
    propagation: propagates('same-license', 'none'),
    markers: {},
    confidence: 'text',
  });
  const root = { ref: 'm@1', publisher: 'Somebody', license: license.id, baseModels: [] };
  const { decision, reasons, obligations } = decide({ root, find: () => undefined, useCase: { ...exampleUseCase, commercial: true, ...useCase }, licenses: new Map([[license.id, license]]) });
  const fired = reasons.find(({ code }) => code !== 'granted')?.code ?? null;
  return { decision, fired, conditional: obligations.map(({ conditional }) => conditional) };
}

const users = { name: 'monthly-active-users', measure: 'monthlyActiveUsers', effect: 'deny', threshold: 1_000 } as const;
const revenue = { name: 'annual-revenue', measure: 'annualRevenueUsd', effect: 'deny', threshold: 1_000_000 } as const;
const monthly = { ...revenue, name: 'monthly-revenue', perMonth: true } as const;

describe('limits', () => {
  test.each([
    { title: 'strict, at', limit: users, useCase: { monthlyActiveUsers: 1_000 }, decision: 'allow', fired: null },
    { title: 'strict, above', limit: users, useCase: { monthlyActiveUsers: 1_001 }, decision: 'deny', fired: 'limit:monthly-active-users' },
    { title: 'inclusive, below', limit: { ...users, comparison: 'inclusive' }, useCase: { monthlyActiveUsers: 999 }, decision: 'allow', fired: null },
    { title: 'inclusive, at', limit: { ...users, comparison: 'inclusive' }, useCase: { monthlyActiveUsers: 1_000 }, decision: 'deny', fired: 'limit:monthly-active-users' },
    { title: 'unknown', limit: users, useCase: { monthlyActiveUsers: null }, decision: 'review', fired: 'missing-fact:monthlyActiveUsers' },
    { title: 'zero is not unknown', limit: users, useCase: { monthlyActiveUsers: 0 }, decision: 'allow', fired: null },
    { title: 'the text disagrees at the threshold', limit: { ...revenue, unclearAtThreshold: true }, useCase: { annualRevenueUsd: 1_000_000 }, decision: 'review', fired: 'limit:annual-revenue' },
    { title: 'and nowhere else', limit: { ...revenue, unclearAtThreshold: true }, useCase: { annualRevenueUsd: 1_000_001 }, decision: 'deny', fired: 'limit:annual-revenue' },

    { title: 'commercial only, without commerce', limit: { ...users, commercialOnly: true }, useCase: { commercial: false, monthlyActiveUsers: null }, decision: 'allow', fired: null },
    { title: 'commercial only, commerce unknown, below', limit: { ...users, commercialOnly: true }, useCase: { commercial: null, monthlyActiveUsers: 1 }, decision: 'allow', fired: null },
    { title: 'commercial only, commerce unknown, above', limit: { ...users, commercialOnly: true }, useCase: { commercial: null, monthlyActiveUsers: 2_000 }, decision: 'review', fired: 'missing-fact:commercial' },
    { title: 'commercial only, both unknown', limit: { ...users, commercialOnly: true }, useCase: { commercial: null, monthlyActiveUsers: null }, decision: 'review', fired: 'missing-fact:monthlyActiveUsers' },

    { title: 'at release, told', limit: { ...users, measure: 'monthlyActiveUsersAtRelease' }, useCase: { monthlyActiveUsers: 5_000, monthlyActiveUsersAtRelease: 10 }, decision: 'allow', fired: null },
    { title: 'at release, not told: today stands in', limit: { ...users, measure: 'monthlyActiveUsersAtRelease' }, useCase: { monthlyActiveUsers: 5_000 }, decision: 'deny', fired: 'limit:monthly-active-users' },
    { title: 'at release, known to be unknown: today says nothing', limit: { ...users, measure: 'monthlyActiveUsersAtRelease' }, useCase: { monthlyActiveUsers: 5, monthlyActiveUsersAtRelease: null }, decision: 'review', fired: 'missing-fact:monthlyActiveUsersAtRelease' },

    { title: 'product, told', limit: { ...users, measure: 'productMonthlyActiveUsers' }, useCase: { monthlyActiveUsers: 5_000, productMonthlyActiveUsers: 10 }, decision: 'allow', fired: null },
    { title: 'product, unknown in a large company', limit: { ...users, measure: 'productMonthlyActiveUsers' }, useCase: { monthlyActiveUsers: 5_000, productMonthlyActiveUsers: null }, decision: 'review', fired: 'missing-fact:productMonthlyActiveUsers' },
    { title: 'product, unknown in a small company', limit: { ...users, measure: 'productMonthlyActiveUsers' }, useCase: { monthlyActiveUsers: 500, productMonthlyActiveUsers: null }, decision: 'allow', fired: null },

    { title: 'daily users are among the monthly ones', limit: { ...users, name: 'daily-active-users', measureIsUpperBound: true }, useCase: { monthlyActiveUsers: 900 }, decision: 'allow', fired: null },
    { title: 'more monthly users prove nothing about a day', limit: { ...users, name: 'daily-active-users', measureIsUpperBound: true }, useCase: { monthlyActiveUsers: 5_000 }, decision: 'review', fired: 'limit:daily-active-users' },
    { title: 'what no fact measures', limit: { name: 'monthly-visits', measure: null, effect: 'request-license', threshold: 1 }, useCase: {}, decision: 'review', fired: 'limit:monthly-visits' },
    { title: 'what is only shown', limit: { name: 'age-of-users', measure: null, effect: 'note' }, useCase: {}, decision: 'allow', fired: null },

    { title: 'a month has no more than its year', limit: monthly, useCase: { annualRevenueUsd: 1_000_000 }, decision: 'allow', fired: null },
    { title: 'a year of twelve thresholds may be even', limit: monthly, useCase: { annualRevenueUsd: 12_000_000 }, decision: 'review', fired: 'limit:monthly-revenue' },
    { title: 'a dollar more makes some month exceed it', limit: monthly, useCase: { annualRevenueUsd: 12_000_001 }, decision: 'deny', fired: 'limit:monthly-revenue' },
    { title: 'revenue unknown', limit: monthly, useCase: { annualRevenueUsd: null }, decision: 'review', fired: 'missing-fact:annualRevenueUsd' },
    { title: "a company's revenue does not convict one of its products", limit: { ...revenue, scope: 'product' }, useCase: { annualRevenueUsd: 5_000_000, productMonthlyActiveUsers: 1 }, decision: 'review', fired: 'limit:annual-revenue' },

    { title: 'research only, research', limit: { name: 'research-only', measure: 'purposes', purposes: ['research'], effect: 'deny' }, useCase: { purposes: ['research'] }, decision: 'allow', fired: null },
    { title: 'research only, research and more', limit: { name: 'research-only', measure: 'purposes', purposes: ['research'], effect: 'deny' }, useCase: { purposes: ['research', 'coding'] }, decision: 'deny', fired: 'limit:research-only' },
    { title: 'no hosting, inside', limit: { name: 'no-hosting', measure: 'distribution', effect: 'deny' }, useCase: {}, decision: 'allow', fired: null },
    { title: 'no hosting, as a service', limit: { name: 'no-hosting', measure: 'distribution', effect: 'deny' }, useCase: { distribution: 'service' }, decision: 'deny', fired: 'limit:no-hosting' },
    { title: 'countries to be looked up', limit: { name: 'supported-countries', measure: 'regions', regions: ['KP'], effect: 'review' }, useCase: { regions: ['US', 'KP'] }, decision: 'review', fired: 'limit:supported-countries' },
    { title: 'countries, and none declared', limit: { name: 'supported-countries', measure: 'regions', regions: ['KP'], effect: 'review' }, useCase: { regions: [], licenseeRegion: null }, decision: 'review', fired: 'missing-fact:regions' },
    { title: 'countries, and the seat alone declared', limit: { name: 'supported-countries', measure: 'regions', regions: ['KP'], effect: 'review' }, useCase: { regions: [] }, decision: 'allow', fired: null },
  ] as { title: string; limit: Limit; useCase: Partial<UseCaseFacts>; decision: string; fired: string | null }[])('$title: $decision', ({ limit, useCase, decision, fired }) => {
    expect(decideUnder(limit, useCase)).toMatchObject({ decision, fired });
  });

  test.each([
    { value: 1_000, decision: 'allow', conditional: [] },
    { value: 1_001, decision: 'allow_with_obligations', conditional: [false] },
    { value: null, decision: 'allow_with_obligations', conditional: [true] },
  ])('a limit that switches an obligation on, at $value: $decision, never a review', ({ value, decision, conditional }) => {
    expect(decideUnder({ ...users, effect: 'obligation' }, { monthlyActiveUsers: value })).toEqual({ decision, fired: null, conditional });
  });

  test('"request-license" denies, and names the way out', () => {
    expect(decideUnder({ ...users, effect: 'request-license' }, { monthlyActiveUsers: 2_000 })).toEqual({ decision: 'deny', fired: 'limit:monthly-active-users', conditional: [false] });
  });
});
