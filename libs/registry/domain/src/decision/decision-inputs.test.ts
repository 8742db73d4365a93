import { canonicalJson } from '@weighbridge/shared-domain';
import { describe, expect, test } from 'vitest';
import { decisionInputs } from './decision-inputs.ts';
import { exampleVersions } from './example-versions.ts';
import { licenseCatalogue } from '../licenses/license-catalogue.ts';
import { exampleUseCase } from './license-examples.ts';
import type { License } from '../licenses/license.ts';
import type { LineageVersion } from '../lineage/lineage.ts';
import type { UseCaseFacts } from '../use-cases/use-case-facts.ts';

const versions = new Map(exampleVersions.map((version) => [version.ref, version]));
const root = versions.get('deepseek-r1-distill-llama-70b@1') as LineageVersion;
const useCase: UseCaseFacts = { ...exampleUseCase, purposes: ['chat', 'coding'], regions: ['US', 'EU'], conditions: ['disclosed-as-ai', 'with-consent'] };

function inputs(change: { useCase?: Partial<UseCaseFacts>; find?: (ref: string) => LineageVersion | undefined; licenses?: ReadonlyMap<string, License> } = {}) {
  return canonicalJson(decisionInputs({ root, find: change.find ?? ((ref) => versions.get(ref)), useCase: { ...useCase, ...change.useCase }, licenses: change.licenses ?? licenseCatalogue }));
}

describe('decisionInputs', () => {
  test.each([
    ['the order of purposes', { purposes: ['coding', 'chat'] }],
    ['a purpose said twice', { purposes: ['chat', 'coding', 'chat'] }],
    ['the order of regions', { regions: ['EU', 'US'] }],
    ['the order of conditions', { conditions: ['with-consent', 'disclosed-as-ai'] }],
  ])('%s does not matter', (_, changed) => {
    expect(inputs({ useCase: changed })).toBe(inputs());
  });

  test.each([
    ['another purpose', { purposes: ['chat'] }],
    ['another number of users', { monthlyActiveUsers: 20_001 }],
    ['an unknown number', { monthlyActiveUsers: null }],
    ['a product told apart', { productMonthlyActiveUsers: 20_000 }],
    ['no conditions', { conditions: [] }],
  ])('%s does', (_, changed) => {
    expect(inputs({ useCase: changed })).not.toBe(inputs());
  });

  test('a change of a licence anywhere in the lineage does, one outside it does not', () => {
    const changed = (id: string) => new Map(licenseCatalogue).set(id, { ...(licenseCatalogue.get(id) as License), checkedOn: '2030-01-01' });

    expect(inputs({ licenses: changed('LicenseRef-Llama-3.3') })).not.toBe(inputs());
    expect(inputs({ licenses: changed('LicenseRef-Gemma') })).toBe(inputs());
  });

  test('a parent that is registered later does', () => {
    const without = (ref: string) => (ref === 'llama-3.3-70b@instruct' ? undefined : versions.get(ref));

    expect(inputs({ find: without })).not.toBe(inputs());
  });

  test('every licence that an expression names does, and later versions that it allows', () => {
    const under = (license: string, changed?: string) => {
      const licenses = changed === undefined ? licenseCatalogue : new Map(licenseCatalogue).set(changed, { ...(licenseCatalogue.get(changed) as License), checkedOn: '2030-01-01' });
      return canonicalJson(decisionInputs({ root: { ...root, license }, find: () => undefined, useCase, licenses }));
    };

    for (const changed of ['MIT', 'Apache-2.0', 'CC-BY-4.0']) expect(under('MIT OR (Apache-2.0 AND CC-BY-3.0+)', changed)).not.toBe(under('MIT OR (Apache-2.0 AND CC-BY-3.0+)'));
    expect(under('MIT OR Apache-2.0', 'CC-BY-4.0')).toBe(under('MIT OR Apache-2.0'));
  });

  test('whether a publisher is vouched for does', () => {
    const vouched = (publisherVerified?: boolean) => canonicalJson(decisionInputs({ root: { ...root, ...(publisherVerified !== undefined && { publisherVerified }) }, find: () => undefined, useCase }));

    expect(vouched(false)).not.toBe(vouched(true));
    expect(vouched()).toBe(vouched(true));
  });

  test('who was counted does where it changes an answer, and else makes no new decision every day', () => {
    const counted = (users: number, family = 'Llama') => canonicalJson(decisionInputs({ root, find: (ref) => versions.get(ref), useCase, counted: new Map([[family, { month: '2026-11', users }]]) }));

    expect(counted(5)).toBe(inputs());
    expect(counted(700_000_000)).toBe(inputs());
    expect(counted(700_000_001)).not.toBe(inputs());
    expect(counted(9_000_000_000, 'Gemma')).toBe(inputs());
  });
});
