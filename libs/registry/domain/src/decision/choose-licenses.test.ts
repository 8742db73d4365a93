import { describe, expect, test } from 'vitest';
import { decide } from './license-decision.ts';
import { exampleUseCase } from './license-examples.ts';
import type { LineageRelation, LineageVersion } from '../lineage/lineage.ts';
import type { UseCaseFacts } from '../use-cases/use-case-facts.ts';

type Line = readonly [ref: string, license: string | null, ...bases: (readonly [LineageRelation, string])[]];

function decideLineage(lines: readonly Line[], useCase: Partial<UseCaseFacts> = {}) {
  const versions = new Map(lines.map(([ref, license, ...bases]): [string, LineageVersion] => [ref, { ref, publisher: `publisher of ${ref}`, license, baseModels: bases.map(([relation, base]) => ({ relation, ref: base })) }]));
  const root = versions.get(lines[0]?.[0] ?? '');
  if (root === undefined) throw new Error('a lineage needs a version');
  return decide({ root, find: (ref) => versions.get(ref), useCase: { ...exampleUseCase, ...useCase } });
}

const chosen = ({ reasons }: { reasons: readonly { code: string; license: string | null }[] }) => reasons.filter(({ code }) => code === 'license-choice').map(({ license }) => license);
const military = { purposes: ['military'] };
const commercial = { commercial: true };

describe('a version under an expression', () => {
  test.each([
    { license: 'MIT OR CC-BY-NC-4.0', useCase: commercial, decision: 'allow', choice: ['MIT'] },
    { license: 'CC-BY-NC-4.0 OR MIT', useCase: commercial, decision: 'allow', choice: ['MIT'] },
    { license: 'MIT AND CC-BY-NC-4.0', useCase: commercial, decision: 'deny', choice: [] },
    { license: 'LicenseRef-DeepSeek-Model-1.0 OR LicenseRef-Llama-3.1', useCase: military, decision: 'deny', choice: ['LicenseRef-DeepSeek-Model-1.0'] },
    { license: 'LicenseRef-Nobody OR MIT', useCase: commercial, decision: 'allow', choice: ['MIT'] },
    { license: 'LicenseRef-Nobody OR CC-BY-NC-4.0', useCase: commercial, decision: 'review', choice: ['LicenseRef-Nobody'] },
    { license: 'LicenseRef-Nobody OR GPL-3.0-only', useCase: { distribution: 'weights' as const }, decision: 'review', choice: ['GPL-3.0-only'] },
    { license: 'LicenseRef-Nobody AND MIT', useCase: commercial, decision: 'review', choice: [] },
    { license: '(MIT OR CC-BY-NC-4.0) AND Apache-2.0', useCase: commercial, decision: 'allow', choice: ['MIT AND Apache-2.0'] },
    { license: 'Apache-2.0+', useCase: commercial, decision: 'allow', choice: [] },
    { license: 'not an expression', useCase: {}, decision: 'review', choice: [] },
  ])('$license for $useCase: $decision, with $choice', ({ license, useCase, decision, choice }) => {
    const result = decideLineage([['m@1', license]], useCase);

    expect(result.decision).toBe(decision);
    expect(chosen(result)).toEqual(choice);
  });

  test('of what is allowed alike, the one with fewer duties is taken, and the answer says what the others would come to', () => {
    const { decision, reasons, obligations } = decideLineage([['m@1', 'LicenseRef-Llama-3.1 OR Apache-2.0 OR CC-BY-NC-4.0']], { distribution: 'service', commercial: true });

    expect(decision).toBe('allow');
    expect(obligations).toEqual([]);
    expect(reasons.find(({ code }) => code === 'license-choice')).toEqual({
      code: 'license-choice',
      license: 'Apache-2.0',
      clause: null,
      version: 'm@1',
      via: null,
      message:
        'm@1 is published under LicenseRef-Llama-3.1 OR Apache-2.0 OR CC-BY-NC-4.0: Apache-2.0 is taken for this use, since under it alone the use is allowed; otherwise LicenseRef-Llama-3.1 (allowed with obligations), CC-BY-NC-4.0 (denied).',
    });
  });

  test('an exception only permits more: it is decided as without it, and said', () => {
    const plain = decideLineage([['m@1', 'GPL-3.0-only']], { distribution: 'weights' });
    const excepted = decideLineage([['m@1', 'GPL-3.0-only WITH Classpath-exception-2.0']], { distribution: 'weights' });

    expect(excepted.decision).toBe(plain.decision);
    expect(excepted.obligations).toEqual(plain.obligations);
    expect(excepted.reasons).toContainEqual(expect.objectContaining({ code: 'license-exception', license: 'GPL-3.0-only', message: expect.stringContaining('Classpath-exception-2.0') }));
  });

  test('the choice of a parent reaches its children, for each use anew', () => {
    const lines: Line[] = [['child@1', 'MIT', ['finetune', 'parent@1']], ['parent@1', 'CC-BY-NC-4.0 OR LicenseRef-DeepSeek-Model-1.0']];

    const research = decideLineage(lines, military);
    const business = decideLineage(lines, commercial);
    const neither = decideLineage(lines, { ...military, ...commercial });

    expect([research.decision, chosen(research)]).toEqual(['allow', ['CC-BY-NC-4.0']]);
    expect([business.decision, chosen(business)]).toEqual(['allow_with_obligations', ['LicenseRef-DeepSeek-Model-1.0']]);
    expect(neither.decision).toBe('deny');
    expect(business.reasons.find(({ code }) => code === 'license-choice')).toMatchObject({ version: 'parent@1', via: 'finetune of parent@1' });
  });

  test('one that cannot be joined with the others is passed over, though it serves best alone', () => {
    // Alone, share-alike has as good an outcome as the other; handed on with terms that restrict, it is a denial.
    const result = decideLineage(
      [
        ['merge@1', 'MIT', ['merge', 'sa@1'], ['merge', 'restricted@1']],
        ['sa@1', 'CC-BY-SA-4.0 OR Apache-2.0'],
        ['restricted@1', 'LicenseRef-DeepSeek-Model-1.0'],
      ],
      { distribution: 'weights' },
    );

    expect(result.decision).toBe('allow_with_obligations');
    expect(chosen(result)).toEqual(['Apache-2.0']);
  });

  test('a choice does not hide what is missing in the lineage', () => {
    const result = decideLineage([['m@1', 'MIT OR Apache-2.0', ['merge', 'gone@1']]]);

    expect(result.decision).toBe('review');
    expect(result.reasons[0]).toMatchObject({ code: 'unknown-license', version: 'gone@1', settledBy: 'license of gone@1' });
  });

  test('fifty versions with a choice each are weighed in bounded time', () => {
    const lines: Line[] = [['m@1', 'MIT', ...Array.from({ length: 50 }, (_, index) => ['merge', `p${index}@1`] as const)], ...Array.from({ length: 50 }, (_, index): Line => [`p${index}@1`, 'CC-BY-SA-4.0 OR GPL-3.0-only OR LicenseRef-Llama-3.1'])];

    const startedAt = performance.now();
    const result = decideLineage(lines, { distribution: 'weights' });

    expect(DecisionOutcomes).toContain(result.decision);
    expect(chosen(result)).toHaveLength(50);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

const DecisionOutcomes = ['allow', 'allow_with_obligations', 'review', 'deny'];
