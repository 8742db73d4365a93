import { describe, expect, test } from 'vitest';
import { assumeLicense } from './assume-license.ts';
import type { Assumption, ImpactSubject } from './assume-license.ts';
import { exampleVersions } from '../decision/example-versions.ts';
import { catalogueBook } from '../licenses/license-book.ts';
import { licenseCatalogue } from '../licenses/license-catalogue.ts';
import { decide } from '../decision/license-decision.ts';
import type { License } from '../licenses/license.ts';
import type { LineageVersion } from '../lineage/lineage.ts';
import type { UseCaseFacts } from '../use-cases/use-case-facts.ts';

const find = (ref: string): LineageVersion | undefined => exampleVersions.find((version) => version.ref === ref);
const facts: UseCaseFacts = { purposes: ['customer-support'], commercial: true, monthlyActiveUsers: 20_000, annualRevenueUsd: 8_000_000, regions: ['US'], distribution: 'service', trainOnOutputs: false };

function decideUnder(subject: ImpactSubject, assumption: Assumption, ref: string) {
  const { licenses, assumed } = assumeLicense(subject, assumption, catalogueBook);
  const look = (wanted: string) => {
    const version = find(wanted);
    return version === undefined ? undefined : assumed(version);
  };
  return decide({ root: look(ref) as LineageVersion, find: look, useCase: facts, licenses }).decision;
}

const noCommerce = { commercialUse: false } as const;
const researchOnly = licenseCatalogue.get('LicenseRef-MistralAI-MRL-0.1') as License;

describe('an assumption', () => {
  test.each<[what: string, subject: ImpactSubject, assumption: Assumption, ref: string, outcome: string]>([
    ['a base that became non-commercial reaches what was made from it', { version: 'llama-3.1-8b@1' }, { license: 'CC-BY-NC-4.0' }, 'llama-3.1-tulu-2-8b@1', 'deny'],
    ['the same, by "no commercial use"', { version: 'llama-3.1-8b@1' }, noCommerce, 'llama-3.1-tulu-2-8b@1', 'deny'],
    ['nothing happens to its siblings', { version: 'llama-3.1-8b@1' }, noCommerce, 'llama-3.1-70b@1', 'allow_with_obligations'],
    ['a licence changes wherever it is', { license: 'LicenseRef-Llama-3.1' }, noCommerce, 'llama-3.1-70b@1', 'deny'],
    ['and further down', { license: 'LicenseRef-Llama-3.1' }, { license: 'CC-BY-NC-4.0' }, 'llama-3.1-tulu-2-8b@1', 'deny'],
    ['a licence that nobody knows needs a person', { license: 'Apache-2.0' }, { license: null }, 'qwen2.5-32b@1', 'review'],
    ['another text in its place', { license: 'Apache-2.0' }, { entry: researchOnly }, 'qwen2.5-32b@1', 'deny'],
    ['another text for one version', { version: 'qwen2.5-32b@1' }, { entry: researchOnly }, 'qwen2.5-32b@1', 'deny'],
    ['a better licence', { version: 'musicgen@1' }, { license: 'MIT' }, 'nc-apache-merge@1', 'allow'],
    ['a version whose licence nobody knows', { version: 'acme-chat@1' }, noCommerce, 'acme-tune@1', 'allow'],
  ])('%s', (_, subject, assumption, ref, outcome) => {
    expect(decideUnder(subject, assumption, ref)).toBe(outcome);
  });

  test('of one licence in an expression leaves the others', () => {
    const { assumed } = assumeLicense({ license: 'MIT' }, { license: 'CC-BY-NC-4.0' }, catalogueBook);
    const version = (license: string | null): LineageVersion => ({ ref: 'a@1', publisher: 'a', license, baseModels: [] });

    expect(assumed(version('MIT OR Apache-2.0')).license).toBe('CC-BY-NC-4.0 OR Apache-2.0');
    expect(assumed(version('MIT')).license).toBe('CC-BY-NC-4.0');
    expect(assumed(version('MIT-0')).license).toBe('MIT-0');
    expect(assumed(version(null)).license).toBeNull();
  });
});
