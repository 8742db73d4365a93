import { describe, expect, test } from 'vitest';
import { Decision } from './decision.ts';
import { exampleVersions } from './example-versions.ts';
import { decide } from './license-decision.ts';
import { exampleUseCase, licenseExamples } from './license-examples.ts';
import { UseCaseFacts } from './use-case-facts.ts';

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
});
