import { describe, expect, test } from 'vitest';
import { exampleVersions } from './example-versions.ts';
import { fieldOfUseWords, restrictionConditions } from '../use-cases/field-of-use.ts';
import { licenseCatalogue } from '../licenses/license-catalogue.ts';
import { decide, prepareDecision } from './license-decision.ts';
import { exampleUseCase, licenseExamples } from './license-examples.ts';
import type { LineageRelation, LineageVersion } from '../lineage/lineage.ts';
import { Distribution } from '../use-cases/use-case-facts.ts';
import type { UseCaseFacts } from '../use-cases/use-case-facts.ts';

type Line = readonly [ref: string, publisher: string, license: string | null, ...bases: (readonly [LineageRelation, string])[]];

function decideLineage(lines: readonly Line[], useCase: Partial<UseCaseFacts> = {}) {
  const versions = new Map(lines.map(([ref, publisher, license, ...bases]): [string, LineageVersion] => [ref, { ref, publisher, license, baseModels: bases.map(([relation, base]) => ({ relation, ref: base })) }]));
  const root = versions.get(lines[0]?.[0] ?? '');
  if (root === undefined) throw new Error('a lineage needs a version');
  return decide({ root, find: (ref) => versions.get(ref), useCase: { ...exampleUseCase, ...useCase } });
}

const codes = ({ reasons }: { reasons: readonly { code: string }[] }) => reasons.map(({ code }) => code).filter((code) => code !== 'granted' && !code.startsWith('not-listed:'));
const military = { purposes: ['military'] };

describe('terms travel along lineage', () => {
  test('they say where they come from, and how', () => {
    const decision = decideLineage(
      [
        ['q@1', 'Third', 'MIT', ['quantized', 'f@1']],
        ['f@1', 'Second', 'MIT', ['finetune', 'v3@1']],
        ['v3@1', 'DeepSeek', 'LicenseRef-DeepSeek-Model-1.0'],
      ],
      military,
    );

    expect(decision.decision).toBe('deny');
    expect(decision.reasons[0]).toEqual({
      code: 'field-of-use:military',
      license: 'LicenseRef-DeepSeek-Model-1.0',
      clause: 'Attachment A ~2',
      version: 'v3@1',
      via: 'quantized from f@1, finetune of v3@1',
      message: 'DeepSeek Model License 1.0, Attachment A ~2: use for military purposes is prohibited. "In any way": no exception for logistics, training or defence. (inherited: quantized from f@1, finetune of v3@1)',
    });
  });

  test.each([
    { relation: 'finetune', license: 'LicenseRef-Llama-3.1', decision: 'deny' },
    { relation: 'adapter', license: 'LicenseRef-Llama-3.1', decision: 'deny' },
    { relation: 'quantized', license: 'LicenseRef-Llama-3.1', decision: 'deny' },
    { relation: 'merge', license: 'LicenseRef-Llama-3.1', decision: 'deny' },
    { relation: 'distilled', license: 'LicenseRef-Llama-3.1', decision: 'allow' },
    { relation: 'distilled', license: 'LicenseRef-DeepSeek-Model-1.0', decision: 'deny' },
    { relation: 'distilled', license: 'LicenseRef-Gemma', decision: 'allow' },
    { relation: 'distilled', license: 'LicenseRef-Llama-2', decision: 'deny' },
    { relation: 'distilled', license: 'LicenseRef-Tongyi-Qianwen-2023', decision: 'deny' },
    { relation: 'distilled', license: 'MIT', decision: 'allow' },
    { relation: 'distilled', license: 'CC-BY-SA-4.0', decision: 'review' },
  ] as const)('$relation from $license, for the military: $decision', ({ relation, license, decision }) => {
    const result = decideLineage([['child@1', 'Someone', 'Apache-2.0', [relation, 'parent@1']], ['parent@1', 'Publisher', license]], military);

    expect(result.decision).toBe(decision);
  });

  test.each([
    { publisher: 'DeepSeek', decision: 'allow' },
    { publisher: 'deepseek-ai', decision: 'allow' },
    { publisher: 'Deep Seek', decision: 'allow' },
    { publisher: 'DeepSeekers', decision: 'deny' },
  ])('same steward: a child that $publisher publishes as MIT: $decision', ({ publisher, decision }) => {
    const result = decideLineage([['child@1', publisher, 'MIT', ['finetune', 'v3@1']], ['v3@1', 'DeepSeek', 'LicenseRef-DeepSeek-Model-1.0']], military);

    expect(result.decision).toBe(decision);
  });

  test('same steward under a general licence: the publisher of the parent is its licensor', () => {
    const lines = (child: string): Line[] => [['child@1', child, 'MIT', ['finetune', 'nc@1']], ['nc@1', 'Acme', 'CC-BY-NC-4.0']];

    expect(decideLineage(lines('Acme'), { commercial: true }).decision).toBe('allow');
    expect(decideLineage(lines('Other'), { commercial: true }).decision).toBe('deny');
  });

  test('being the parent’s publisher does not make a licensor: a finetune of a finetune stays bound', () => {
    const result = decideLineage(
      [
        ['second@1', 'Someone', 'MIT', ['finetune', 'first@1']],
        ['first@1', 'Someone', 'LicenseRef-DeepSeek-Model-1.0', ['finetune', 'v3@1']],
        ['v3@1', 'DeepSeek', 'LicenseRef-DeepSeek-Model-1.0'],
      ],
      military,
    );

    expect(result.decision).toBe('deny');
  });

  test('terms that end at the licensor on one way still arrive over another of equal length', () => {
    const diamond = (second: string): Line[] => [
      ['top@1', 'Someone', 'MIT', ['finetune', 'official@1'], ['finetune', 'side@1']],
      ['official@1', 'DeepSeek', 'MIT', ['finetune', 'v3@1']],
      ['side@1', second, 'MIT', ['finetune', 'v3@1']],
      ['v3@1', 'DeepSeek', 'LicenseRef-DeepSeek-Model-1.0'],
    ];

    const open = decideLineage(diamond('Other'), military);

    expect(open.reasons[0]).toMatchObject({ code: 'field-of-use:military', via: 'finetune of side@1, finetune of v3@1' });
    expect(decideLineage(diamond('DeepSeek'), military).decision).toBe('allow');
  });

  test('the strictest way counts, whatever the order of the parents', () => {
    const lines = (...bases: (readonly [LineageRelation, string])[]): Line[] => [['child@1', 'Someone', 'MIT', ...bases], ['student@1', 'Other', 'MIT', ['distilled', 'llama@1']], ['llama@1', 'Meta', 'LicenseRef-Llama-3.1']];

    expect(decideLineage(lines(['finetune', 'student@1'], ['merge', 'llama@1']), military).decision).toBe('deny');
    expect(decideLineage(lines(['merge', 'llama@1'], ['finetune', 'student@1']), military).decision).toBe('deny');
    expect(decideLineage(lines(['finetune', 'student@1']), military).decision).toBe('allow');
  });

  test('a cycle ends, and a lineage of 10,000 versions does not overflow', () => {
    const cycle = decideLineage([['a@1', 'A', 'MIT', ['merge', 'b@1']], ['b@1', 'B', 'LicenseRef-Gemma', ['merge', 'a@1']]]);
    const deep = decideLineage(
      Array.from({ length: 10_000 }, (_, index): Line => [`v@${index}`, `p${index}`, index === 9_999 ? 'LicenseRef-Llama-3.1' : 'MIT', ...(index === 9_999 ? [] : [['finetune', `v@${index + 1}`] as const])]),
      military,
    );

    expect(cycle.decision).toBe('allow');
    expect(deep.reasons[0]).toMatchObject({ code: 'field-of-use:military', version: 'v@9999' });
    expect(deep.reasons[0]?.via).toMatch(/^finetune of v@1, .* … 9991 more …, finetune of v@9999$/);
  });
});

describe('what is not known', () => {
  test.each([
    { title: 'no licence', lines: [['m@1', 'Acme', null]], license: null, via: null },
    { title: 'an id that the catalogue lacks', lines: [['m@1', 'Acme', 'LicenseRef-Nobody']], license: 'LicenseRef-Nobody', via: null },
    { title: 'a teacher without licence', lines: [['m@1', 'Acme', 'MIT', ['distilled', 't@1']], ['t@1', 'Acme', null]], license: null, via: 'distilled from t@1' },
    { title: 'a base that is not registered', lines: [['m@1', 'Acme', 'MIT', ['adapter', 'gone@1']]], license: null, via: null },
  ] as { title: string; lines: Line[]; license: string | null; via: string | null }[])('$title is a review', ({ lines, license, via }) => {
    const result = decideLineage(lines);

    expect(result.decision).toBe('review');
    expect(result.reasons).toEqual([expect.objectContaining({ code: 'unknown-license', license, via })]);
  });

  test('a teacher under one of two licences is a review, though one of them lets students pass', () => {
    const teacher = { ref: 't@1', publisher: 'Acme', license: 'MIT', conflictingLicenses: ['LicenseRef-Llama-2'], baseModels: [] };
    const root = { ref: 'm@1', publisher: 'Someone', license: 'MIT', baseModels: [{ ref: 't@1', relation: 'distilled' as const }] };

    const result = decide({ root, find: (ref) => (ref === 't@1' ? teacher : undefined), useCase: exampleUseCase });

    expect({ decision: result.decision, codes: codes(result) }).toEqual({ decision: 'review', codes: ['license-conflict'] });
  });

  test('a denial outweighs it, and both are told', () => {
    const result = decideLineage([['m@1', 'Acme', 'LicenseRef-DeepSeek-Model-1.0', ['merge', 'x@1']], ['x@1', 'Acme', null]], military);

    expect({ decision: result.decision, codes: codes(result) }).toEqual({ decision: 'deny', codes: ['field-of-use:military', 'unknown-license'] });
  });

  test('whether a model is multimodal matters only to who is seated in the excluded region', () => {
    const lines: Line[] = [['llama-3.2-mystery@1', 'Meta', 'LicenseRef-Llama-3.2']];

    expect(codes(decideLineage(lines, { licenseeRegion: 'DE' }))).toEqual(['missing-fact:multimodal']);
    expect(codes(decideLineage(lines, { licenseeRegion: 'US', regions: ['EU'] }))).toEqual([]);
  });

  test.each([
    { regions: [], codes: ['missing-fact:regions'] },
    { regions: ['SG'], codes: [] },
    { regions: ['SG', 'KR'], codes: ['limit:region-excluded'] },
  ])('a licence that leaves regions out, with users in $regions: $codes', ({ regions, codes: expected }) => {
    expect(codes(decideLineage([['m@1', 'Tencent', 'LicenseRef-Tencent-Hunyuan-Community-2024-12']], { regions }))).toEqual(expected);
  });

  test('a finetune stays multimodal material', () => {
    const result = decideLineage([['text-only@1', 'Someone', 'LicenseRef-Llama-3.2', ['finetune', 'llama-3.2-90b-vision@1']], ['llama-3.2-90b-vision@1', 'Meta', 'LicenseRef-Llama-3.2']], { licenseeRegion: 'EU' });

    expect(result.reasons).toContainEqual(expect.objectContaining({ code: 'limit:region-excluded', version: 'llama-3.2-90b-vision@1' }));
  });
});

describe('joining parents', () => {
  test.each([
    { other: 'CC-BY-NC-4.0', distribution: 'weights', decision: 'deny' },
    { other: 'CC-BY-NC-4.0', distribution: 'service', decision: 'allow' },
    { other: 'LicenseRef-DeepSeek-Model-1.0', distribution: 'embedded', decision: 'deny' },
    { other: 'MIT', distribution: 'weights', decision: 'allow_with_obligations' },
  ] as const)('share-alike with $other, reached as $distribution: $decision', ({ other, distribution, decision }) => {
    const result = decideLineage([['merge@1', 'Someone', 'CC-BY-SA-4.0', ['merge', 'sa@1'], ['merge', 'other@1']], ['sa@1', 'A', 'CC-BY-SA-4.0'], ['other@1', 'B', other]], { distribution });

    expect(result.decision).toBe(decision);
    if (decision === 'deny') expect(codes(result)).toContain('license-conflict');
  });
});

describe('invariants over the whole catalogue', () => {
  const severity = ['allow', 'allow_with_obligations', 'review', 'deny'];
  const entries = [...licenseCatalogue.values()];
  const decideOne = (license: string, useCase: Partial<UseCaseFacts>) => decideLineage([['m@1', 'Someone', license]], useCase);

  test.each(entries.map(({ id }) => id))('%s: every word of its list bites when all conditions do, and is never simply allowed without them', (id) => {
    for (const { word } of licenseCatalogue.get(id)?.fieldOfUse ?? []) {
      const bites = decideOne(id, { purposes: [word], conditions: Object.values(restrictionConditions).map((condition) => condition.bites) });
      const undeclared = decideOne(id, { purposes: [word] });

      expect(codes(bites), `${id} ${word}`).toContain(`field-of-use:${word}`);
      expect(['review', 'deny'], `${id} ${word}`).toContain(undeclared.decision);
    }
  });

  test.each(entries.map(({ id }) => id))('%s: an unknown fact is never better than the worst that it may be', (id) => {
    for (const distribution of Distribution.options)
      for (const trainOnOutputs of [false, true]) {
        const useCase = { distribution, trainOnOutputs, licenseeRegion: null };
        const unknown = decideOne(id, { ...useCase, commercial: null, monthlyActiveUsers: null, annualRevenueUsd: null });
        const worst = decideOne(id, { ...useCase, commercial: true, monthlyActiveUsers: 8_000_000_000, annualRevenueUsd: 1_000_000_000_000 });
        if (worst.decision === 'deny') expect(['review', 'deny'], `${id} ${distribution}`).toContain(unknown.decision);
        expect(unknown.reasons.every(({ message }) => message.length > 20)).toBe(true);
      }
  });

  test('one purpose more never makes a decision better', () => {
    for (const { id } of entries)
      for (const word of fieldOfUseWords) {
        const alone = decideOne(id, { purposes: ['chat'] });
        const more = decideOne(id, { purposes: ['chat', word] });
        expect(severity.indexOf(more.decision), `${id} ${word}`).toBeGreaterThanOrEqual(severity.indexOf(alone.decision));
      }
  });

  test('a purpose is either named by a licence with its clause, or said to be unlisted', () => {
    for (const { id } of entries)
      for (const word of fieldOfUseWords) {
        const { reasons } = decideOne(id, { purposes: [word], conditions: Object.values(restrictionConditions).map((condition) => condition.bites) });
        expect(reasons.filter(({ code }) => code === `field-of-use:${word}` || code === `not-listed:${word}`).length, `${id} ${word}`).toBeGreaterThan(0);
      }
  });

  test('preparing a lineage once decides the same', () => {
    const versions = new Map(exampleVersions.map((version) => [version.ref, version]));
    const find = (ref: string) => versions.get(ref);
    for (const example of licenseExamples) {
      const root = versions.get(example.model) as LineageVersion;
      const useCase = { ...exampleUseCase, ...example.useCase };
      const prepared = prepareDecision({ root, find });
      expect(prepared(useCase)).toEqual(decide({ root, find, useCase }));
      expect(prepared(useCase)).toEqual(prepared(useCase));
    }
  });
});
