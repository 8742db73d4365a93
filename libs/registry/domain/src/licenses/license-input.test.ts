import { describe, expect, test } from 'vitest';
import { licenseCatalogue } from './license-catalogue.ts';
import { LicenseInput, licenseFaults } from './license-input.ts';
import type { License } from './license.ts';

const llama = licenseCatalogue.get('LicenseRef-Llama-3.1') as License;
const faultsOf = (input: unknown) => {
  const parsed = LicenseInput.safeParse(input);
  return parsed.success ? [] : parsed.error.issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : ['']).map((key) => `${[...issue.path, ...(key === '' ? [] : [key])].join('.')}: ${issue.message}`));
};

describe('a licence as an organisation enters it', () => {
  test.each([...licenseCatalogue.values()].map((entry) => [entry.id, entry] as const))('%s of the catalogue passes as it is', (_, entry) => {
    expect(licenseFaults(entry)).toEqual([]);
    expect(LicenseInput.parse(JSON.parse(JSON.stringify(entry)))).toEqual(entry);
  });

  test('a misspelt field is no field, wherever it stands: dropped in silence, it would be a restriction less', () => {
    const { limits, ...rest } = llama;
    const faults = faultsOf({ ...rest, limit: limits, obligations: llama.obligations.map((obligation, index) => (index === 0 ? { ...obligation, comercialOnly: true } : obligation)), permissions: { ...llama.permissions, hosting: { answer: 'yes', claus: '1' } }, propagation: { ...llama.propagation, merge: { rule: 'none', keepLimits: true } } });

    expect(faults.toSorted()).toEqual([
      'limit: Unrecognized key: "limit"',
      'obligations.0.comercialOnly: Unrecognized key: "comercialOnly"',
      'permissions.hosting.claus: Unrecognized key: "claus"',
      'propagation.merge.keepLimits: Unrecognized key: "keepLimits"',
    ]);
  });

  test('every fault is told at once, by field', () => {
    const faults = faultsOf({ ...llama, id: 'no id', checkedOn: 'yesterday', limits: [{ name: 'x', measure: 'users', effect: 'deny', clause: '1', text: 'x' }], fieldOfUse: [{ word: 'war', clause: '1' }], wrong: 1 });

    expect(faults.map((fault) => fault.split(':')[0])).toEqual(expect.arrayContaining(['wrong', 'id', 'checkedOn', 'limits.0.measure', 'fieldOfUse.0.word']));
  });

  test.each([
    { change: { obligations: [...llama.obligations, { code: 'x', trigger: 'any', clause: '1', text: 'x', whenLimits: ['absent'] }] }, fault: `obligations.${llama.obligations.length}.whenLimits.0` },
    { change: { propagation: { ...llama.propagation, distilled: { rule: 'obligations-only', only: ['absent'] } } }, fault: 'propagation.distilled.only.0' },
    { change: { limits: [{ name: 'monthly-active-users', measure: 'monthlyActiveUsers', effect: 'deny', clause: '1', text: 'x' }] }, fault: 'limits.0.threshold' },
    { change: { limits: [{ name: 'research-only', measure: 'purposes', effect: 'deny', clause: '1', text: 'x' }] }, fault: 'limits.0.purposes' },
    { change: { limits: [{ name: 'countries', measure: 'regions', effect: 'review', clause: '1', text: 'x' }] }, fault: 'limits.0.regions' },
    { change: { fieldOfUse: [{ word: 'military', clause: '1' }, { word: 'military', clause: '1' }] }, fault: 'fieldOfUse.1' },
  ])('$fault: what an entry says of itself has to hold', ({ change, fault }) => {
    expect(faultsOf({ ...llama, ...change }).map((text) => text.split(':')[0])).toEqual([fault]);
  });

  test.each([null, 1, 'MIT', [], {}])('%j is none', (input) => {
    expect(faultsOf(input).length).toBeGreaterThan(0);
  });
});
