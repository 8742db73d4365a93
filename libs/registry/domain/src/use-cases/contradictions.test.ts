import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findContradictions } from './contradictions.ts';
import { restrictionConditions } from './field-of-use.ts';
import { exampleUseCase, licenseExamples } from '../decision/license-examples.ts';
import type { UseCaseFacts } from './use-case-facts.ts';

const fieldsOf = (facts: Partial<UseCaseFacts>) => findContradictions({ ...exampleUseCase, ...facts }).map(({ fields }) => fields);

describe('findContradictions', () => {
  test.each([
    { facts: { productMonthlyActiveUsers: 20_001 }, fields: [['productMonthlyActiveUsers', 'monthlyActiveUsers']] },
    { facts: { productMonthlyActiveUsers: 20_000 }, fields: [] },
    { facts: { productMonthlyActiveUsers: 20_001, monthlyActiveUsers: null }, fields: [] },
    { facts: { trainTarget: 'other-llm' }, fields: [['trainTarget', 'trainOnOutputs']] },
    { facts: { trainTarget: 'other-llm', trainOnOutputs: true }, fields: [] },
    { facts: { commercial: false, purposes: ['sales'] }, fields: [['commercial', 'purposes']] },
    { facts: { commercial: null, purposes: ['sales'] }, fields: [] },
    { facts: { commercial: false, purposes: ['research'] }, fields: [] },
    { facts: { commercial: true, purposes: ['research'] }, fields: [] },
    { facts: { conditions: ['fully-automated', 'human-in-the-loop'] }, fields: [['conditions']] },
    { facts: { conditions: ['fully-automated', 'disclosed-as-ai'] }, fields: [] },
    { facts: { purposes: ['fraud'], conditions: ['no-intent-to-harm'] }, fields: [['purposes', 'conditions']] },
    { facts: { purposes: ['illegal-activity'], conditions: ['lawful'] }, fields: [['purposes', 'conditions']] },
    { facts: { regions: ['EU', 'DE'], licenseeRegion: 'DE' }, fields: [] },
  ] as { facts: Partial<UseCaseFacts>; fields: unknown[] }[])('$facts contradict in $fields', ({ facts, fields }) => {
    expect(fieldsOf(facts)).toEqual(fields);
  });

  test('every contradiction is told, not only the first', () => {
    expect(fieldsOf({ commercial: false, purposes: ['sales', 'malware'], conditions: ['no-intent-to-harm', 'authorised', 'unauthorised'], trainTarget: 'same-family', productMonthlyActiveUsers: 30_000 })).toHaveLength(5);
  });

  test('no example of the licence table contradicts itself', () => {
    for (const { name, useCase } of licenseExamples) expect(fieldsOf(useCase), name).toEqual([]);
  });

  test('one condition of each pair never contradicts', () => {
    const oneOfEach = fc.tuple(...Object.values(restrictionConditions).map(({ bites, lifts }) => fc.constantFrom(bites, lifts)));
    fc.assert(fc.property(oneOfEach, (conditions) => fieldsOf({ conditions }).length === 0));
  });
});
