import { readFileSync } from 'node:fs';
import { catalogueBook, policySchema, preparePolicies } from '@weighbridge/registry-domain';
import type { LineageVersion, Placement, PolicyUse } from '@weighbridge/registry-domain';
import { readPolicy } from '@weighbridge/shared-adapters/policy';
import { describe, expect, test } from 'vitest';
import { policiesOf } from './policy-desk.ts';

const page = readFileSync(new URL('../../../docs/policies.md', import.meta.url), 'utf8');
const examples = new Map([...page.matchAll(/```cedar ([a-z-]+)\n([\s\S]*?)```/g)].map(([, name = '', text = '']) => [name, text]));

const versions: LineageVersion[] = [
  { ref: 'open@1', publisher: 'mistralai', license: 'Apache-2.0', baseModels: [] },
  { ref: 'llama@1', publisher: 'Meta', license: 'LicenseRef-Llama-3.1', baseModels: [] },
  { ref: 'tuned@1', publisher: 'Example Lab', license: 'Apache-2.0', baseModels: [{ ref: 'llama@1', relation: 'finetune' }] },
  { ref: 'choice@1', publisher: 'Acme', license: 'Apache-2.0 OR LicenseRef-Llama-3.1', baseModels: [] },
  { ref: 'unread@1', publisher: 'Acme', license: null, baseModels: [] },
];
const find = (ref: string) => versions.find((version) => version.ref === ref);
const at = (hostedIn: string | null, backendKind = 'openai'): Placement => ({ hostedIn, backendKind });
const facts = { purposes: ['customer-support'], commercial: true, monthlyActiveUsers: 10, annualRevenueUsd: 10, regions: ['EU'], distribution: 'service', trainOnOutputs: false } satisfies PolicyUse['facts'];

interface Row {
  readonly policy: string;
  readonly version: string;
  readonly labels?: Record<string, string>;
  readonly more?: Partial<PolicyUse['facts']>;
  readonly placements?: readonly Placement[];
  readonly decision: string;
}

const rows: Row[] = [
  { policy: 'osi-in-product-x', version: 'open@1', labels: { product: 'x' }, decision: 'allow' },
  { policy: 'osi-in-product-x', version: 'llama@1', labels: { product: 'x' }, decision: 'deny' },
  { policy: 'osi-in-product-x', version: 'tuned@1', labels: { product: 'x' }, decision: 'deny' },
  { policy: 'osi-in-product-x', version: 'choice@1', labels: { product: 'x' }, decision: 'allow' },
  { policy: 'osi-in-product-x', version: 'unread@1', labels: { product: 'x' }, decision: 'review' },
  { policy: 'osi-in-product-x', version: 'unread@1', labels: { product: 'y' }, decision: 'allow' },
  { policy: 'osi-in-product-x', version: 'llama@1', decision: 'allow' },
  { policy: 'eu-for-personal-data', version: 'open@1', labels: { data: 'personal' }, placements: [at('DE')], decision: 'allow' },
  { policy: 'eu-for-personal-data', version: 'open@1', labels: { data: 'personal' }, placements: [at('CH')], decision: 'deny' },
  { policy: 'eu-for-personal-data', version: 'open@1', labels: { data: 'personal' }, placements: [at('US'), at('EU')], decision: 'allow' },
  { policy: 'eu-for-personal-data', version: 'open@1', labels: { data: 'personal' }, placements: [at(null)], decision: 'review' },
  { policy: 'eu-for-personal-data', version: 'open@1', labels: { data: 'personal' }, decision: 'review' },
  { policy: 'eu-for-personal-data', version: 'open@1', labels: { data: 'public' }, placements: [at('US')], decision: 'allow' },
  { policy: 'vetted-publishers-for-health', version: 'open@1', more: { purposes: ['health'] }, decision: 'allow' },
  { policy: 'vetted-publishers-for-health', version: 'tuned@1', more: { purposes: ['health'] }, decision: 'deny' },
  { policy: 'vetted-publishers-for-health', version: 'llama@1', decision: 'allow' },
  { policy: 'second-look', version: 'open@1', more: { distribution: 'weights' }, decision: 'review' },
  { policy: 'second-look', version: 'open@1', labels: { data: 'secret' }, placements: [at('DE')], decision: 'deny' },
  { policy: 'second-look', version: 'open@1', labels: { data: 'secret' }, placements: [at('DE'), at(null, 'llama-cpp')], decision: 'allow' },
  { policy: 'second-look', version: 'open@1', decision: 'allow' },
];

describe('the examples of docs/policies.md', () => {
  test.each([...examples])('%s can be read, without any fault or warning', (_, text) => {
    expect(readPolicy(text, policySchema)).toMatchObject({ faults: [], warnings: [] });
  });

  test.each(rows)('$policy: $version labelled $labels at $placements is $decision', ({ policy, version, labels = {}, more = {}, placements = [], decision }) => {
    const root = find(version);
    if (root === undefined) throw new Error(version);
    const { evaluate } = policiesOf([{ name: policy, revision: 1, text: examples.get(policy) ?? '' }]);
    const judge = preparePolicies({ root, find, licenses: catalogueBook, evaluate });

    const judged = judge({ decision: { decision: 'allow', reasons: [], obligations: [] }, use: { id: null, name: 'u', project: 'p', labels, facts: { ...facts, ...more } }, placements });

    expect(judged.decision).toBe(decision);
  });

  test('are all tried', () => {
    expect(new Set(rows.map(({ policy }) => policy))).toEqual(new Set(examples.keys()));
  });

  test('and the page names every attribute that the schema has', () => {
    for (const [, attribute = ''] of policySchema.matchAll(/^ {2,4}(\w+): (?!\{)/gm)) if (!['principal', 'resource'].includes(attribute)) expect(page).toContain(`\`${attribute}\``);
  });
});
