import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Decision } from '../decision/decision.ts';
import { exampleVersions } from '../decision/example-versions.ts';
import { fieldOfUseWords } from '../use-cases/field-of-use.ts';
import { licenseCatalogue } from '../licenses/license-catalogue.ts';
import { decide } from '../decision/license-decision.ts';
import { lineageTermsKey } from './lineage-terms-key.ts';
import type { FindVersion, LineageRelation, LineageVersion } from '../lineage/lineage.ts';
import type { UseCaseFacts } from '../use-cases/use-case-facts.ts';

const findExample: FindVersion = (ref) => exampleVersions.find((version) => version.ref === ref);
const version = (ref: string, license: string | null, bases: readonly (readonly [LineageRelation, string])[] = [], more: Partial<LineageVersion> = {}): LineageVersion => ({
  ref,
  publisher: ref.split('-')[0] ?? ref,
  license,
  baseModels: bases.map(([relation, base]) => ({ relation, ref: base })),
  ...more,
});

/** A decision without what may differ between lineages of one key: names, order, and how often the same is said. */
const essence = ({ decision, reasons, obligations }: Decision) => {
  const firm = new Set(obligations.filter(({ conditional }) => !conditional).map(({ code, license, clause }) => `${code} ${license} ${clause}`));
  return {
    decision,
    reasons: [...new Set(reasons.map(({ code, license, clause }) => `${code} ${license} ${clause}`))].toSorted(),
    obligations: [...new Set(obligations.map(({ code, license, clause }) => `${code} ${license} ${clause}`))].toSorted().map((each) => [each, firm.has(each)]),
  };
};

const facts: UseCaseFacts = { purposes: ['customer-support'], commercial: true, monthlyActiveUsers: 20_000, annualRevenueUsd: 8_000_000, regions: ['EU'], distribution: 'service', trainOnOutputs: false };
const manyUses: readonly UseCaseFacts[] = [
  facts,
  { ...facts, commercial: false, purposes: ['research'], distribution: 'internal' },
  { ...facts, commercial: null, monthlyActiveUsers: null, annualRevenueUsd: null, regions: [] },
  { ...facts, monthlyActiveUsers: 900_000_000, annualRevenueUsd: 90_000_000_000, distribution: 'weights' },
  { ...facts, purposes: [...fieldOfUseWords], distribution: 'embedded', licenseeRegion: 'EU' },
  { ...facts, trainOnOutputs: true, distribution: 'weights', conditions: ['human-in-the-loop'] },
  { ...facts, trainOnOutputs: true, trainTarget: 'non-llm-internal', distribution: 'internal', licenseeRegion: 'CN', regions: ['CN', 'US'] },
];

function termsOf(root: LineageVersion, find: FindVersion) {
  const terms = lineageTermsKey(root, find);
  if (terms === null) throw new Error(`${root.ref} has too many ways`);
  return terms;
}
const keyOf = (root: LineageVersion, find: FindVersion) => termsOf(root, find).key;

describe('the key of lineage terms', () => {
  const known = new Map(
    [
      version('meta-llama@1', 'LicenseRef-Llama-3.1'),
      version('meta-vision@1', 'LicenseRef-Llama-3.2', [], { multimodal: true }),
      version('a-tune@1', 'LicenseRef-Llama-3.1', [['finetune', 'meta-llama@1']]),
      version('b-tune@1', 'LicenseRef-Llama-3.1', [['finetune', 'meta-llama@1']]),
      version('b-tune@2', 'LicenseRef-Llama-3.1', [['quantized', 'a-tune@1']]),
      version('c-long@1', 'LicenseRef-Llama-3.1', [['finetune', 'b-tune@2']]),
      version('c-open@1', 'Apache-2.0', [['finetune', 'meta-llama@1']]),
      version('d-open@1', 'Apache-2.0', [['finetune', 'c-open@1']]),
      version('meta-own@1', 'Apache-2.0', [['finetune', 'meta-llama@1']]),
      version('d-student@1', 'LicenseRef-Llama-3.1', [['distilled', 'meta-llama@1']]),
      version('e-orphan@1', 'Apache-2.0', [['finetune', 'nobody@1']]),
      version('e-claimed@1', 'Apache-2.0', [], { conflictingLicenses: ['LicenseRef-Llama-3.1'] }),
      version('e-secret@1', null),
      version('plain@1', 'Apache-2.0'),
    ].map((each) => [each.ref, each]),
  );
  const find: FindVersion = (ref) => known.get(ref);
  const key = (ref: string) => keyOf(known.get(ref) as LineageVersion, find);

  test.each([
    ['two fine-tunes of one base', 'a-tune@1', 'b-tune@1'],
    ['a short and a long way to the same terms', 'a-tune@1', 'c-long@1'],
    ['a licensor’s own release, and one that was never anything else', 'meta-own@1', 'plain@1'],
  ])('is the same for %s', (_, one, other) => {
    expect(key(one)).toBe(key(other));
  });

  test.each([
    ['a base and what was made from it', 'meta-llama@1', 'a-tune@1'],
    ['a fine-tune and a student', 'a-tune@1', 'd-student@1'],
    ['another licence of its own', 'a-tune@1', 'c-open@1'],
    ['a base model that is not registered', 'e-orphan@1', 'plain@1'],
    ['a claim of another licence', 'e-claimed@1', 'plain@1'],
    ['a licence that nobody knows', 'e-secret@1', 'plain@1'],
    ['text and pictures', 'meta-llama@1', 'meta-vision@1'],
  ])('tells %s apart', (_, one, other) => {
    expect(key(one)).not.toBe(key(other));
  });

  test('samples no more of the lineage than the terms need', () => {
    const { sample } = termsOf(known.get('c-long@1') as LineageVersion, find);

    expect(sample[0]?.ref).toBe('c-long@1');
    expect(sample.map(({ ref }) => ref)).not.toContain('plain@1');
    expect(sample.length).toBeLessThanOrEqual(4);
  });

  test('is not made where there are too many ways', () => {
    const relations: readonly LineageRelation[] = ['finetune', 'adapter', 'quantized', 'merge', 'distilled'];
    const layers = Array.from({ length: 400 }, (_, index) => version(`layer-${index}@1`, 'MIT', index === 0 ? [] : relations.map((relation) => [relation, `layer-${index - 1}@1`] as const)));
    const byRef = new Map(layers.map((each) => [each.ref, each]));

    expect(lineageTermsKey(layers.at(-1) as LineageVersion, (ref) => byRef.get(ref))).toBeNull();
    expect(lineageTermsKey(layers[300] as LineageVersion, (ref) => byRef.get(ref))).not.toBeNull();
  });

  test('of the examples: each is decided as its sample is', () => {
    for (const root of exampleVersions) {
      const { key: original, sample } = termsOf(root, findExample);
      const inSample: FindVersion = (ref) => sample.find((each) => each.ref === ref);
      expect(keyOf(sample[0] as LineageVersion, inSample)).toBe(original);
      for (const useCase of manyUses) expect(essence(decide({ root: sample[0] as LineageVersion, find: inSample, useCase }))).toEqual(essence(decide({ root, find: findExample, useCase })));
    }
  });

  const license = fc.constantFrom(null, 'LicenseRef-Not-In-The-Catalogue', 'MIT', 'Apache-2.0', ...licenseCatalogue.keys());
  const publisher = fc.constantFrom('Meta', 'DeepSeek', 'Alibaba Cloud', 'Google', 'someone', 'somebody else', 'a third');
  const edge = fc.record({ relation: fc.constantFrom<LineageRelation>('finetune', 'adapter', 'quantized', 'merge', 'distilled'), back: fc.integer({ min: 1, max: 6 }) });
  const lineage = fc
    .array(fc.record({ license, publisher, multimodal: fc.constantFrom(null, true, false), claims: fc.array(fc.constantFrom('MIT', 'LicenseRef-Gemma'), { maxLength: 1 }), edges: fc.array(edge, { maxLength: 3 }) }), { minLength: 2, maxLength: 12 })
    .map((drafts) =>
      drafts.map(
        ({ license: own, publisher: by, multimodal, claims, edges }, index): LineageVersion => ({
          ref: `model-${index}@1`,
          publisher: by,
          license: own,
          multimodal,
          conflictingLicenses: index % 4 === 3 ? claims : [],
          baseModels: edges.map(({ relation, back }) => ({ relation, ref: `model-${index - back}@1` })),
        }),
      ),
    );

  test('whatever the lineage: equal keys mean equal decisions, up to names', () => {
    const decided = new Map<string, unknown>();
    fc.assert(
      fc.property(lineage, (versions) => {
        const byRef = new Map(versions.map((each) => [each.ref, each]));
        const inAll: FindVersion = (ref) => byRef.get(ref);
        for (const root of versions) {
          const { key: own, sample } = termsOf(root, inAll);
          const decisions = manyUses.map((useCase) => essence(decide({ root, find: inAll, useCase })));
          const inSample: FindVersion = (ref) => sample.find((each) => each.ref === ref);
          expect(manyUses.map((useCase) => essence(decide({ root: sample[0] as LineageVersion, find: inSample, useCase })))).toEqual(decisions);
          const before = decided.get(own);
          if (before === undefined) decided.set(own, decisions);
          else expect(decisions).toEqual(before);
        }
      }),
      { numRuns: 300, seed: 20_261_124 },
    );
  });
});
