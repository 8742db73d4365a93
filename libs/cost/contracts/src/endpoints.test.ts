import { describe, expect, test } from 'vitest';
import { NewBudget, NewPrice, costEndpoints } from './index.ts';

describe('the query of a usage report', () => {
  test.each([
    ['', []],
    ['model', ['model']],
    ['project, model,useCase', ['project', 'model', 'useCase']],
  ])('groupBy=%j is %j', (groupBy, dimensions) => {
    expect(costEndpoints.getUsage.query.parse({ groupBy }).groupBy).toEqual(dimensions);
  });

  test.each(['colour', 'model,model,model,model,model', 'model;drop table usage_event'])('groupBy=%j is refused', (groupBy) => {
    expect(costEndpoints.getUsage.query.safeParse({ groupBy }).success).toBe(false);
  });
});

describe('a price', () => {
  const price = { model: 'm', price: { inputUsdPerMillion: '0.27', outputUsdPerMillion: '1.1' }, source: 'price page, read 2026-11-20' };

  test.each([
    { what: 'as published', change: {}, accepted: true },
    { what: 'as a number, which has no exact form', change: { price: { inputUsdPerMillion: 0.27, outputUsdPerMillion: 1.1 } }, accepted: false },
    { what: 'of fractions of a pico-dollar a token', change: { price: { inputUsdPerMillion: '0.0000001', outputUsdPerMillion: '1' } }, accepted: false },
    { what: 'without a source', change: { source: '' }, accepted: false },
    { what: 'with fields that nobody reads', change: { discount: '10%' }, accepted: false },
  ])('$what: accepted $accepted', ({ change, accepted }) => {
    expect(NewPrice.safeParse({ ...price, ...change }).success).toBe(accepted);
  });
});

describe('a budget', () => {
  const budget = { name: 'all', kind: 'hard', period: 'month', limitUsd: '100' };

  test.each([
    { change: {}, accepted: true },
    { change: { limitUsd: '-1' }, accepted: false },
    { change: { limitUsd: 100 }, accepted: false },
    { change: { period: 'fortnight' }, accepted: false },
    { change: { keyId: 'key_1' }, accepted: false },
  ])('$change: accepted $accepted', ({ change, accepted }) => {
    expect(NewBudget.safeParse({ ...budget, ...change }).success).toBe(accepted);
  });
});
