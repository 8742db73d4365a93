import { parseUsd } from '@weighbridge/shared-domain';
import { describe, expect, test } from 'vitest';
import { licenseCatalogue } from '../licenses/license-catalogue.ts';
import { modelCard } from '../cards/model-card.ts';
import { findPriceHistory, findReferenceVersion, referenceCatalogue } from './reference-catalogue.ts';

const versions = referenceCatalogue.flatMap((model) => model.versions.map((version) => ({ name: `${model.model}@${version.version}`, publisher: model.publisher, ...version })));

describe('referenceCatalogue', () => {
  test('has every model once, each with its licence', () => {
    expect(versions.map(({ name, license }) => `${name} ${license}`)).toEqual([
      'llama-3.1-405b@base LicenseRef-Llama-3.1',
      'llama-3.1-405b@instruct LicenseRef-Llama-3.1',
      'llama-3.1-8b@base LicenseRef-Llama-3.1',
      'llama-3.1-8b@instruct LicenseRef-Llama-3.1',
      'llama-3.1-70b@base LicenseRef-Llama-3.1',
      'llama-3.1-70b@instruct LicenseRef-Llama-3.1',
      'llama-3.3-70b@instruct LicenseRef-Llama-3.3',
      'qwen2.5-math-1.5b@base Apache-2.0',
      'qwen2.5-math-7b@base Apache-2.0',
      'qwen2.5-14b@base Apache-2.0',
      'qwen2.5-32b@base Apache-2.0',
      'qwen2.5-72b@base LicenseRef-Qwen-2024',
      'qwen2.5-72b@instruct LicenseRef-Qwen-2024',
      'deepseek-llm-67b@base LicenseRef-DeepSeek-Model-1.0',
      'deepseek-llm-67b@chat LicenseRef-DeepSeek-Model-1.0',
      'deepseek-v2@base LicenseRef-DeepSeek-Model-1.0',
      'deepseek-v2@chat LicenseRef-DeepSeek-Model-1.0',
      'deepseek-v2.5@2024-09-05 LicenseRef-DeepSeek-Model-1.0',
      'deepseek-v2.5@2024-12-10 LicenseRef-DeepSeek-Model-1.0',
      'deepseek-v3-base@2024-12-26 LicenseRef-DeepSeek-Model-1.0',
      'deepseek-v3@2024-12-26 LicenseRef-DeepSeek-Model-1.0',
      'deepseek-v3@2025-03-24 MIT',
      'deepseek-r1-zero@2025-01-20 MIT',
      'deepseek-r1@2025-01-20 MIT',
      'deepseek-r1@2025-05-28 MIT',
      'deepseek-r1-distill-qwen-1.5b@2025-01-20 MIT',
      'deepseek-r1-distill-qwen-7b@2025-01-20 MIT',
      'deepseek-r1-distill-qwen-14b@2025-01-20 MIT',
      'deepseek-r1-distill-qwen-32b@2025-01-20 MIT',
      'deepseek-r1-distill-llama-8b@2025-01-20 MIT',
      'deepseek-r1-distill-llama-70b@2025-01-20 MIT',
      'gpt-4o@2024-05-13 LicenseRef-OpenAI-Services-Agreement',
      'gpt-4o@2024-08-06 LicenseRef-OpenAI-Services-Agreement',
      'gpt-4o@2024-11-20 LicenseRef-OpenAI-Services-Agreement',
      'o1@preview LicenseRef-OpenAI-Services-Agreement',
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

  const dated = (model: string, version: string) => findReferenceVersion(model, version)?.prices.map(({ from, to, windowUtc, inputUsdPerMillion }) => [from.slice(0, 10), to?.slice(0, 10) ?? null, inputUsdPerMillion, ...(windowUtc === undefined ? [] : [windowUtc])]);

  test.each([
    ['deepseek-v2', 'chat', [['2024-05-06', '2024-08-02', '0.14'], ['2024-08-02', '2024-09-05', '0.14']]],
    ['deepseek-v2.5', '2024-12-10', [['2024-12-10', '2024-12-26', '0.14']]],
    ['deepseek-v3', '2024-12-26', [['2024-12-26', '2025-02-08', '0.14'], ['2025-02-08', '2025-03-24', '0.27'], ['2025-02-26', '2025-03-24', '0.135', '16:30-00:30']]],
    ['deepseek-v3', '2025-03-24', [['2025-03-24', '2025-08-21', '0.27'], ['2025-03-24', '2025-08-21', '0.135', '16:30-00:30']]],
    ['deepseek-r1', '2025-05-28', [['2025-05-28', '2025-08-21', '0.55'], ['2025-05-28', '2025-08-21', '0.135', '16:30-00:30']]],
    ['gpt-4o', '2024-08-06', [['2024-08-06', '2024-10-01', '2.50'], ['2024-10-01', null, '2.50']]],
    ['claude-3.5-sonnet', '2024-10-22', [['2024-10-22', '2025-10-28', '3.00']]],
  ])('%s@%s was sold by its API name while that served it', (model, version, expected) => {
    expect(dated(model, version)).toEqual(expected);
  });

  test('the history of a name goes on after it served a version', () => {
    const last = findPriceHistory('deepseek-v3').filter(({ apiName }) => apiName === 'deepseek-chat').at(-1);

    expect(last).toMatchObject({ inputUsdPerMillion: '0.28', outputUsdPerMillion: '0.42', from: '2025-09-29T00:00:00Z' });
    expect(findPriceHistory('llama-3.1-405b')).toEqual([]);
  });

  test.each([
    ['deepseek-v3', '2024-12-26', 2_788_000, '5576000', 'published'],
    ['deepseek-r1', '2025-01-20', 147_000, '294000', 'published'],
    ['deepseek-v2', 'base', 1_399_680, '2799360', 'derived'],
    ['deepseek-llm-67b', 'base', 601_200, '1202400', 'derived'],
    ['llama-3.1-405b', 'base', 30_840_000, '61680000', 'derived'],
  ])('%s@%s took %i hours, $%s (%s)', (model, version, gpuHours, costUsd, costBasis) => {
    expect(findReferenceVersion(model, version)?.training).toMatchObject({ gpuHours, costUsd, costBasis });
  });

  test('hours and cost of the phases add up, at the assumed rent', () => {
    for (const { name, training } of versions) {
      if (training === null || training.phases.length === 0) continue;
      expect([name, training.phases.reduce((sum, { gpuHours }) => sum + (gpuHours ?? 0), 0)]).toEqual([name, training.gpuHours]);
      expect([name, training.phases.reduce((sum, { costUsd }) => sum + parseUsd(costUsd ?? '0'), 0n)]).toEqual([name, parseUsd(training.costUsd ?? '0')]);
      expect([name, parseUsd(training.costUsd ?? '0')]).toEqual([name, BigInt(training.gpuHours ?? 0) * parseUsd(training.assumedUsdPerGpuHour ?? '0')]);
    }
  });

  test('of closed models nothing about size or training is claimed', () => {
    const closed = versions.filter(({ repository }) => repository === null);

    expect(closed).toHaveLength(7);
    for (const { architecture, training } of closed) expect([architecture.parametersTotal, architecture.layers, training]).toEqual([null, null, null]);
  });

  test.each([
    ['deepseek-v3', '2024-12-26', 'AIME 2024', [39.2, 39.2]],
    ['deepseek-v3', '2024-12-26', 'Aider-Polyglot', [49.6, 49.6, 48.4]],
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
