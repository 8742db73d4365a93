import { describe, expect, test } from 'vitest';
import { exampleVersions } from './example-versions.ts';
import { decide } from './license-decision.ts';
import { exampleUseCase } from './license-examples.ts';
import type { UseCaseFacts } from '../use-cases/use-case-facts.ts';

const versions = new Map(exampleVersions.map((version) => [version.ref, version]));
const commercial = { commercial: true } as const;

/** What people read first. */
function firstMessage(model: string, useCase: Partial<UseCaseFacts>): string | undefined {
  const root = versions.get(model);
  if (root === undefined) throw new Error(`${model} is no example version`);
  return decide({ root, find: (ref) => versions.get(ref), useCase: { ...exampleUseCase, ...useCase } }).reasons[0]?.message;
}

describe('a reason is sentences with licence, clause, the declared number and the way', () => {
  test.each([
    ['llama-3.1-405b@1', { monthlyActiveUsers: 800_000_000 }, 'Llama 3.1 Community License, clause 2: A licensee that had, with all affiliates and products, more than 700,000,000 monthly active users in June 2024, the month before the release, gets no rights (declared 800,000,000). Ask Meta for another licence.'],
    ['llama-3.1-8b@1', { monthlyActiveUsers: null }, 'Llama 3.1 Community License, clause 2: A licensee that had, with all affiliates and products, more than 700,000,000 monthly active users in June 2024, the month before the release, gets no rights. The number of monthly active users is not declared.'],
    ['sd3.5-large@1', { ...commercial, annualRevenueUsd: 40_000_000 }, 'Stability AI Community License, clause III: Commercial purposes, internal operations included, are not licensed to a company that makes more than 1,000,000 USD a year with all affiliates, from whatever source (declared 40,000,000 USD). Ask Stability AI for another licence.'],
    ['sd3.5-large@1', { ...commercial, annualRevenueUsd: 1_000_000 }, 'Stability AI Community License, clause III: Commercial purposes, internal operations included, are not licensed to a company that makes more than 1,000,000 USD a year with all affiliates, from whatever source (declared 1,000,000 USD). Sentences of the text disagree about exactly this number.'],
    ['devstral-2-123b@1', { ...commercial, annualRevenueUsd: 300_000_000 }, 'Mistral Modified MIT License, ~4 revenue clause: A company whose consolidated revenue worldwide exceeded 20,000,000 USD in the preceding month gets no rights, nor do those who work for it (declared 300,000,000 USD). Ask Mistral AI for another licence.'],
    ['hunyuan-a13b@1', { regions: ['FR'] }, 'Tencent Hunyuan Community License (December 2024), clauses 1.l, 2, 5.c, Exhibit A 1: Neither it nor its outputs may be used in the European Union, the United Kingdom or South Korea; where the server stands does not matter.'],
    ['internlm-7b@2023-07', { distribution: 'service' }, 'InternLM weights terms (2023), README: the text says nothing about offering it to others as a service.'],
    ['nc-apache-merge@1', { commercial: null }, 'Creative Commons Attribution-NonCommercial 4.0, clauses 1(i), 2(a)(1): Only uses that are not primarily for commercial advantage are permitted, and making training data for a commercial product is a commercial use. Whether this use is commercial is not declared. (inherited: merge of musicgen@1)'],
    ['student-cc-by-nc-4.0@1', commercial, 'Creative Commons Attribution-NonCommercial 4.0, clause 2(a)(1): it gives no right to make such a model for commercial use. (inherited: distilled from under-cc-by-nc-4.0@1)'],
  ] as const satisfies readonly (readonly [string, Partial<UseCaseFacts>, string])[])('%s, %j', (model, useCase, message) => {
    expect(firstMessage(model, useCase)).toBe(message);
  });
});
