import { countedUsersOf, createLicenseBook, decide, decisionInputs, licenseCatalogue } from '@weighbridge/registry-domain';
import type { License, LineageVersion } from '@weighbridge/registry-domain';
import { sha256Hex } from '@weighbridge/shared-adapters/secrets';
import { canonicalJson } from '@weighbridge/shared-domain';
import { describe, expect, test } from 'vitest';
import { createTestFacts } from '../testing/test-facts.ts';
import { createJudge } from './license-judge.ts';
import { indexRegistry } from './registry-index.ts';

function courtroom() {
  const facts = createTestFacts();
  const [useCase] = facts.snapshot.useCases;
  const [abacus] = facts.snapshot.versions;
  if (useCase === undefined || abacus === undefined) throw new Error('the test facts have no use case or version');
  facts.snapshot.versions.push({ ...abacus, ref: 'tuned@1', license: 'MIT', baseModels: [{ ref: 'scholar@1', relation: 'finetune' }, { ref: 'lost@1', relation: 'merge' }] });
  return { facts, useCase, registry: indexRegistry(facts.snapshot), judge: createJudge() };
}

describe('the judge of the gateway', () => {
  test.each(['abacus@1', 'scholar@1', 'mystery@1', 'tuned@1'])('decides on %s as the registry does, with the digest by which the registry keeps it', (ref) => {
    const { registry, useCase, judge } = courtroom();
    const root = registry.findVersion(ref);
    if (root === undefined) throw new Error(`${ref} is not in the test facts`);
    const question = { root, find: registry.findVersion, useCase: useCase.facts };

    expect(judge(registry, ref, useCase)).toEqual({ ...decide(question), inputsDigest: sha256Hex(canonicalJson(decisionInputs(question))) });
  });

  test('asks for a review of what is not in the snapshot', () => {
    const { registry, useCase, judge } = courtroom();

    expect(judge(registry, 'nobody@1', useCase)).toMatchObject({ decision: 'review', reasons: [{ code: 'unknown-license', version: 'nobody@1' }] });
  });

  test('goes by the licences of the snapshot and by whom it counted, as the registry does', () => {
    const { facts, useCase, judge } = courtroom();
    const mit = licenseCatalogue.get('MIT') as License;
    facts.snapshot.versions = facts.snapshot.versions.map((version) => (version.ref === 'abacus@1' ? { ...version, license: 'LicenseRef-Ours OR CC-BY-NC-4.0' } : version));
    const before = judge(indexRegistry(facts.snapshot), 'abacus@1', useCase);
    facts.snapshot.licenses = [{ ...mit, id: 'LicenseRef-Ours', name: 'Ours', family: 'Ours', limits: [{ name: 'monthly-active-users', threshold: 1_000_000, measure: 'monthlyActiveUsers', comparison: 'strict', scope: 'licensee', clock: 'continuous', commercialOnly: false, effect: 'deny', clause: '7', text: 'At most a million users.' }] }];
    facts.snapshot.countedUsers = [{ family: 'Ours', month: '2026-11', users: 2_000_000 }];
    const registry = indexRegistry(facts.snapshot);
    const question = { root: registry.findVersion('abacus@1') as LineageVersion, find: registry.findVersion, useCase: useCase.facts, licenses: createLicenseBook(facts.snapshot.licenses), counted: countedUsersOf(facts.snapshot.countedUsers) };

    const after = judge(registry, 'abacus@1', useCase);

    expect([before.decision, after.decision]).toEqual(['review', 'deny']);
    expect(after).toEqual({ ...decide(question), inputsDigest: sha256Hex(canonicalJson(decisionInputs(question))) });
  });

  test('remembers a decision for as long as the snapshot is the same one', () => {
    const { facts, registry, useCase, judge } = courtroom();
    const first = judge(registry, 'abacus@1', useCase);
    facts.snapshot.versions = facts.snapshot.versions.map((version) => (version.ref === 'abacus@1' ? { ...version, license: 'CC-BY-NC-4.0' } : version));

    expect(judge(registry, 'abacus@1', useCase)).toBe(first);
    expect(judge(indexRegistry(facts.snapshot), 'abacus@1', useCase).decision).toBe('deny');
  });
});
