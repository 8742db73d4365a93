import { parseUsd } from '@weighbridge/shared-domain';
import { describe, expect, test } from 'vitest';
import { licenseCatalogue } from './license-catalogue.ts';
import { modelCard } from './model-card.ts';
import { findReferenceVersion, referenceCatalogue } from './reference-catalogue.ts';

const versions = referenceCatalogue.flatMap((model) => model.versions.map((version) => ({ name: `${model.model}@${version.version}`, publisher: model.publisher, ...version })));

describe('referenceCatalogue', () => {
  test('has every model once, each with its licence', () => {
    expect(versions.map(({ name, license }) => `${name} ${license}`)).toEqual([
      'llama-3.1-405b@base LicenseRef-Llama-3.1',
      'llama-3.1-405b@instruct LicenseRef-Llama-3.1',
      'llama-3.1-70b@base LicenseRef-Llama-3.1',
      'llama-3.3-70b@instruct LicenseRef-Llama-3.3',
      'qwen2.5-72b@base LicenseRef-Qwen-2024',
      'qwen2.5-72b@instruct LicenseRef-Qwen-2024',
      'deepseek-v3-base@2024-12-26 LicenseRef-DeepSeek-Model-1.0',
      'deepseek-v3@2024-12-26 LicenseRef-DeepSeek-Model-1.0',
      'deepseek-r1@2025-01-20 MIT',
      'deepseek-r1-distill-llama-70b@2025-01-20 MIT',
      'gpt-4o@2024-05-13 LicenseRef-OpenAI-Services-Agreement',
      'gpt-4o@2024-08-06 LicenseRef-OpenAI-Services-Agreement',
      'gpt-4o@2024-11-20 LicenseRef-OpenAI-Services-Agreement',
      'o1@2024-12-17 LicenseRef-OpenAI-Services-Agreement',
      'claude-3.5-sonnet@2024-06-20 LicenseRef-Anthropic-Commercial-Terms',
      'claude-3.5-sonnet@2024-10-22 LicenseRef-Anthropic-Commercial-Terms',
    ]);
  });

  test('a base model stands before what was made from it, so that registering in order works', () => {
    const seen = new Set<string>();
    for (const { name, baseModels } of versions) {
      for (const base of baseModels) expect(seen, `${name} comes after its base`).toContain(`${base.model}@${base.version}`);
      seen.add(name);
    }
  });

  test.each(versions)('$name: its licence is in the licence catalogue, and its publisher is the licensor where the licence names one', ({ license, publisher }) => {
    const entry = licenseCatalogue.get(license);

    expect(entry?.id).toBe(license);
    if (entry !== undefined && entry.licensors.length > 0) expect(entry.licensors).toContain(publisher);
  });

  test('the distilled Llama leads back to Llama 3.3, Llama 3.1, R1 and V3-Base', () => {
    expect(findReferenceVersion('deepseek-r1-distill-llama-70b', '2025-01-20')?.baseModels).toEqual([
      { model: 'llama-3.3-70b', version: 'instruct', relation: 'finetune' },
      { model: 'deepseek-r1', version: '2025-01-20', relation: 'distilled' },
    ]);
    expect(findReferenceVersion('llama-3.3-70b', 'instruct')?.baseModels).toEqual([{ model: 'llama-3.1-70b', version: 'base', relation: 'finetune' }]);
    expect(findReferenceVersion('deepseek-r1', '2025-01-20')?.baseModels).toEqual([{ model: 'deepseek-v3-base', version: '2024-12-26', relation: 'finetune' }]);
  });

  test.each(versions)('$name: the shape gives the published total, or nothing is disclosed', ({ architecture }) => {
    const card = modelCard(architecture);

    expect(card.findings).toEqual([]);
    expect(card.parametersFrom).toBe(architecture.layers === null ? null : 'shape');
  });

  test('prices of one API name and window do not overlap, and end after they begin', () => {
    for (const { prices } of versions)
      for (const price of prices) {
        if (price.to !== null) expect(Date.parse(price.to)).toBeGreaterThan(Date.parse(price.from));
        const others = prices.filter((other) => other !== price && other.apiName === price.apiName && other.windowUtc === price.windowUtc);
        for (const other of others)
          expect(Date.parse(other.from) >= Date.parse(price.to ?? '9999-12-31T00:00:00Z') || Date.parse(price.from) >= Date.parse(other.to ?? '9999-12-31T00:00:00Z')).toBe(true);
      }
  });

  test('V3 cost 1.44 for a million tokens of each kind in March 2025, and half of that off-peak', () => {
    const prices = findReferenceVersion('deepseek-v3', '2024-12-26')?.prices ?? [];
    const costs = prices.map((price) => parseUsd(price.cachedInputUsdPerMillion ?? '0') + parseUsd(price.inputUsdPerMillion ?? '0') + parseUsd(price.outputUsdPerMillion ?? '0'));

    expect(costs).toEqual([parseUsd('0.434'), parseUsd('1.44'), parseUsd('0.72')]);
  });

  test.each([
    ['deepseek-v3', '2024-12-26', 'AIME 2024', [39.2]],
    ['deepseek-v3', '2024-12-26', 'Aider-Polyglot', [49.6, 48.4]],
    ['o1', '2024-12-17', 'Aider-Polyglot', [61.7, 61.8]],
    ['claude-3.5-sonnet', '2024-10-22', 'Aider-Polyglot', [45.3, 45.3, 51.6]],
    ['llama-3.1-405b', 'base', 'Pile-test', [0.542]],
    ['qwen2.5-72b', 'instruct', 'MMLU', [85.3]],
    ['deepseek-r1', '2025-01-20', 'Codeforces', [96.3, 2029]],
  ])('%s@%s on %s: every published figure is kept with its evaluator', (model, version, benchmark, values) => {
    const scores = findReferenceVersion(model, version)?.scores.filter((score) => score.benchmark === benchmark);

    expect(scores?.map((score) => score.value)).toEqual(values);
    expect(scores?.every((score) => score.evaluator !== '' && score.source.title !== '')).toBe(true);
  });
});
