import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DecisionOutcome } from './decision.ts';
import { fieldOfUseWords, neutralPurposes, restrictionConditions, restrictionSuffixes } from '../use-cases/field-of-use.ts';
import { licenseCatalogue } from '../licenses/license-catalogue.ts';
import { decide } from './license-decision.ts';
import type { License } from '../licenses/license.ts';
import { LineageRelation } from '../lineage/lineage.ts';
import type { LineageVersion } from '../lineage/lineage.ts';
import { Distribution, TrainTarget } from '../use-cases/use-case-facts.ts';
import type { UseCaseFacts } from '../use-cases/use-case-facts.ts';

const severity = (outcome: DecisionOutcome): number => DecisionOutcome.options.indexOf(outcome);
const ids = [...licenseCatalogue.keys()];
const license = fc.constantFrom(...ids);
const users = fc.constantFrom(null, 0, 100, 1_000_000, 100_000_000, 700_000_001);

const useCase: fc.Arbitrary<UseCaseFacts> = fc
  .record(
    {
      purposes: fc.uniqueArray(fc.constantFrom(...fieldOfUseWords, ...neutralPurposes), { minLength: 1, maxLength: 3 }),
      commercial: fc.constantFrom(true, false, null),
      monthlyActiveUsers: users,
      annualRevenueUsd: fc.constantFrom(null, 0, 5_000_000, 50_000_000_000),
      regions: fc.uniqueArray(fc.constantFrom('US', 'EU', 'DE', 'CN', 'KR', 'GB'), { maxLength: 3 }),
      distribution: fc.constantFrom(...Distribution.options),
      trainOnOutputs: fc.boolean(),
      conditions: fc.uniqueArray(fc.constantFrom(...Object.values(restrictionConditions).flatMap(({ bites, lifts }) => [bites, lifts])), { maxLength: 3 }),
      productMonthlyActiveUsers: users,
      monthlyActiveUsersAtRelease: users,
      licenseeRegion: fc.constantFrom(null, 'US', 'FR'),
      trainTarget: fc.constantFrom(...TrainTarget.options),
    },
    { requiredKeys: ['purposes', 'commercial', 'monthlyActiveUsers', 'annualRevenueUsd', 'regions', 'distribution', 'trainOnOutputs'] },
  )
  .map((facts) => facts as UseCaseFacts);

const publishers = ['Meta', 'DeepSeek', 'Acme', 'Other Lab'];

/** Up to five versions; each may be made from those after it, so there is no cycle. */
const lineage: fc.Arbitrary<readonly LineageVersion[]> = fc.integer({ min: 1, max: 5 }).chain((size) =>
  fc.tuple(
    ...Array.from({ length: size }, (_, index) =>
      fc.record({
        ref: fc.constant(`v${index}@1`),
        publisher: fc.constantFrom(...publishers),
        publisherVerified: fc.boolean(),
        license: fc.option(license, { freq: 8 }),
        multimodal: fc.constantFrom(null, true, false),
        baseModels: fc
          .uniqueArray(fc.record({ offset: fc.integer({ min: 1, max: 5 }), relation: fc.constantFrom(...LineageRelation.options) }), { maxLength: 3, selector: ({ offset, relation }) => `${offset} ${relation}` })
          .map((bases) => bases.filter(({ offset }) => index + offset < size).map(({ offset, relation }) => ({ ref: `v${index + offset}@1`, relation }))),
      }),
    ),
  ),
);

function decideOn(versions: readonly LineageVersion[], facts: UseCaseFacts, licenses: ReadonlyMap<string, License> = licenseCatalogue) {
  const known = new Map(versions.map((version) => [version.ref, version]));
  return decide({ root: versions[0] as LineageVersion, find: (ref) => known.get(ref), useCase: facts, licenses });
}

const alone = (expression: string): readonly LineageVersion[] => [{ ref: 'm@1', publisher: 'Acme', license: expression, baseModels: [] }];
const outcomeOf = (expression: string, facts: UseCaseFacts): number => severity(decideOn(alone(expression), facts).decision);

/** One more thing that a licence does not allow, or asks for. */
const restriction: fc.Arbitrary<(entry: License) => License> = fc.oneof(
  fc.record({ word: fc.constantFrom(...fieldOfUseWords), suffixes: fc.uniqueArray(fc.constantFrom(...restrictionSuffixes), { maxLength: 2 }), effect: fc.constantFrom('deny' as const, 'review' as const) }).map(
    (more) => (entry: License) => ({ ...entry, fieldOfUse: [...entry.fieldOfUse, { ...more, otherwise: 'pass' as const, clause: 'added' }] }),
  ),
  fc
    .record({
      measure: fc.constantFrom('monthlyActiveUsers' as const, 'productMonthlyActiveUsers' as const, 'annualRevenueUsd' as const, 'commercial' as const, 'distribution' as const, null),
      name: fc.constantFrom('added-limit', 'non-commercial', 'no-hosting', 'monthly-active-users'),
      threshold: fc.constantFrom(0, 1_000, 100_000_000),
      effect: fc.constantFrom('deny' as const, 'request-license' as const, 'review' as const, 'note' as const),
      commercialOnly: fc.boolean(),
    })
    .map((more) => (entry: License) => ({ ...entry, limits: [...entry.limits, { ...more, comparison: 'strict' as const, scope: 'licensee' as const, clock: 'continuous' as const, clause: 'added', text: 'One limit more.' }] })),
  fc.constantFrom('commercial-use' as const, 'hosting' as const, 'distribution' as const).map((name) => (entry: License) => ({ ...entry, permissions: { ...entry.permissions, [name]: { answer: 'no' as const, clause: 'added' } } })),
  fc.constantFrom('any' as const, 'available' as const, 'copies' as const, 'model-released' as const).map((trigger) => (entry: License) =>
    entry.obligations.length >= 30 ? entry : { ...entry, obligations: [...entry.obligations, { code: 'added-duty', trigger, clause: 'added', text: 'One duty more.' }] },
  ),
  fc.constantFrom('EU', 'US', 'KR').map((region) => (entry: License) => ({
    ...entry,
    regionExclusions: [...entry.regionExclusions, { regions: [region], subject: 'users' as const, multimodalOnly: false, multimodalNames: [], textNames: [], clause: 'added', text: 'Not there.' }],
  })),
  fc.constantFrom(...TrainTarget.options).map((target) => (entry: License) => ({ ...entry, outputRule: { ...entry.outputRule, [target]: { answer: 'no' as const, clause: 'added' } } })),
);

describe('laws of deciding', { timeout: 30_000 }, () => {
  test('one restriction more in any licence of the lineage never makes a decision better', () => {
    fc.assert(
      fc.property(lineage, useCase, restriction, fc.nat(), (versions, facts, restrict, pick) => {
        const licensed = versions.filter((version) => version.license !== null);
        const target = licensed[pick % Math.max(1, licensed.length)]?.license ?? 'MIT';
        const stricter = new Map(licenseCatalogue).set(target, restrict(licenseCatalogue.get(target) as License));

        expect(severity(decideOn(versions, facts, stricter).decision)).toBeGreaterThanOrEqual(severity(decideOn(versions, facts).decision));
      }),
      { numRuns: 500 },
    );
  });

  test('OR is exactly as good as its best operand, wherever it stands; AND is no better than its worst', () => {
    fc.assert(
      fc.property(license, license, useCase, (one, other, facts) => {
        const [first, second] = [outcomeOf(one, facts), outcomeOf(other, facts)];

        expect(outcomeOf(`${one} OR ${other}`, facts)).toBe(Math.min(first, second));
        expect(outcomeOf(`${one} AND ${other}`, facts)).toBeGreaterThanOrEqual(Math.max(first, second));
      }),
      { numRuns: 500 },
    );
  });

  test('OR in a lineage is as good as the best of the lineages with one operand in its place', () => {
    fc.assert(
      fc.property(lineage, license, license, fc.nat(), useCase, (versions, one, other, pick, facts) => {
        const place = pick % versions.length;
        const under = (expression: string) => severity(decideOn(versions.map((version, index) => (index === place ? { ...version, license: expression } : version)), facts).decision);

        expect(under(`${one} OR ${other}`)).toBe(Math.min(under(one), under(other)));
      }),
      { numRuns: 300 },
    );
  });

  test('an exception changes no outcome', () => {
    fc.assert(
      fc.property(fc.constantFrom('GPL-2.0-only', 'GPL-3.0-only', 'Apache-2.0', 'MIT'), useCase, (id, facts) => {
        expect(outcomeOf(`${id} WITH Classpath-exception-2.0`, facts)).toBe(outcomeOf(id, facts));
      }),
    );
  });

  test('the order of parents, purposes and regions is irrelevant', () => {
    const signs = ({ decision, reasons, obligations }: ReturnType<typeof decide>) => ({
      decision,
      reasons: [...new Set(reasons.map(({ code, license: id, clause }) => `${code} ${id} ${clause}`))].toSorted(),
      obligations: [...new Set(obligations.map(({ code, license: id, clause, conditional }) => `${code} ${id} ${clause} ${conditional}`))].toSorted(),
    });
    fc.assert(
      fc.property(lineage, useCase, (versions, facts) => {
        const turned = versions.map((version) => ({ ...version, baseModels: version.baseModels.toReversed() }));
        const turnedFacts = { ...facts, purposes: facts.purposes.toReversed(), regions: facts.regions.toReversed() };

        expect(signs(decideOn(turned, turnedFacts))).toEqual(signs(decideOn(versions, facts)));
      }),
      { numRuns: 500 },
    );
  });

  test('a publisher that nobody vouches for never makes a decision better than one that is vouched for, nor settles as allowed what is denied without it', () => {
    fc.assert(
      fc.property(lineage, useCase, (versions, facts) => {
        const as = (change: (version: LineageVersion, index: number) => LineageVersion) => severity(decideOn(versions.map(change), facts).decision);
        const vouched = as((version) => ({ ...version, publisherVerified: true }));
        const claimed = as((version) => ({ ...version, publisherVerified: false }));
        const strangers = as((version, index) => ({ ...version, publisher: `nobody ${index}` }));

        expect(claimed).toBeGreaterThanOrEqual(vouched);
        expect(strangers).toBeGreaterThanOrEqual(claimed);
        if (strangers === severity('deny')) expect(claimed).toBeGreaterThanOrEqual(severity('review'));
      }),
      { numRuns: 500 },
    );
  });

  test('more people counted never make a decision better, and everyone who fires has a sentence', () => {
    fc.assert(
      fc.property(license, useCase, fc.nat({ max: 2_000_000_000 }), fc.nat({ max: 2_000_000_000 }), (id, facts, some, more) => {
        const [version] = alone(id);
        const family = licenseCatalogue.get(id)?.family ?? '';
        const withCount = (count: number) => decide({ root: version as LineageVersion, find: () => undefined, useCase: facts, counted: new Map([[family, { month: '2026-11', users: count }]]) });
        const [few, many] = [withCount(Math.min(some, more)), withCount(Math.max(some, more))];

        expect(severity(many.decision)).toBeGreaterThanOrEqual(severity(few.decision));
        for (const { message, code } of many.reasons) expect(message.length, code).toBeGreaterThan(20);
      }),
      { numRuns: 500 },
    );
  });

  test('every review says what would settle it, or that only a person can', () => {
    fc.assert(
      fc.property(lineage, useCase, (versions, facts) => {
        const { decision, reasons } = decideOn(versions, facts);
        if (decision === 'review') expect(reasons.some(({ settledBy }) => settledBy !== undefined)).toBe(true);
        for (const { code, settledBy } of reasons) if (code.startsWith('missing-fact:')) expect(settledBy, code).toBeTruthy();
      }),
    );
  });
});
