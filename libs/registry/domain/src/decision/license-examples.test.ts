import { describe, expect, test } from 'vitest';
import { Decision } from './decision.ts';
import { exampleVersions } from './example-versions.ts';
import { decide } from './license-decision.ts';
import { exampleUseCase, licenseExamples } from './license-examples.ts';
import { licenseCatalogue } from '../licenses/license-catalogue.ts';
import { UseCaseFacts } from '../use-cases/use-case-facts.ts';

const versions = new Map(exampleVersions.map((version) => [version.ref, version]));

describe('licence examples', () => {
  test.each(licenseExamples.map((example) => ({ ...example, title: `${example.name}: ${example.decision}` })))('$title', ({ model, useCase, decision, reasons, clauses, obligations }) => {
    const root = versions.get(model);
    if (root === undefined) throw new Error(`${model} is no example version`);

    const result = decide({ root, find: (ref) => versions.get(ref), useCase: UseCaseFacts.parse({ ...exampleUseCase, ...useCase }) });

    expect(Decision.parse(result)).toEqual(result);
    expect({ decision: result.decision, reasons: result.reasons.map(({ code }) => code).filter((code) => code !== 'granted') }).toEqual({ decision, reasons });
    const cited = new Set([...result.reasons, ...result.obligations].map(({ license, clause }) => `${license} ${clause}`));
    expect([...cited]).toEqual(expect.arrayContaining(clauses.map(([license, clause]) => `${license} ${clause}`)));
    if (obligations !== undefined) expect([...new Set(result.obligations.map(({ code }) => code))]).toEqual(obligations);
  });

  /** Under it, or made from something under it. */
  const concerns = (license: string, model: string): boolean => {
    const version = versions.get(model);
    return version?.license === license || version?.baseModels.some(({ ref }) => versions.get(ref)?.license === license) === true;
  };

  test('every licence whose text was read has a use that it allows, and more than one row', () => {
    const read = [...licenseCatalogue.values()].filter(({ textRead }) => textRead);
    const thin = read.flatMap(({ id }) => {
      const answers = licenseExamples.filter(({ model }) => concerns(id, model)).map(({ decision }) => decision);
      return answers.length > 1 && (answers.includes('allow') || answers.includes('allow_with_obligations')) ? [] : [id];
    });

    expect(thin).toEqual([]);
  });

  test.each([...licenseCatalogue.values()].filter(({ textRead }) => !textRead).map(({ id }) => id))('%s is known by name alone: no use is allowed without a person', (license) => {
    const root = { ref: 'some@1', publisher: 'Someone', license, baseModels: [] };

    for (const useCase of [{}, { purposes: ['research'] }, { commercial: true, distribution: 'weights' as const }, { purposes: ['military'] }]) {
      const { decision, reasons } = decide({ root, find: () => undefined, useCase: UseCaseFacts.parse({ ...exampleUseCase, ...useCase }) });
      expect(['review', 'deny']).toContain(decision);
      expect(reasons).toContainEqual(expect.objectContaining({ code: 'unknown-license', license }));
    }
  });
});
