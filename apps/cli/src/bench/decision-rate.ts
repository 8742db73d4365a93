import { decide } from '@weighbridge/registry-domain';
import type { LineageVersion, UseCaseFacts } from '@weighbridge/registry-domain';

const useCase: UseCaseFacts = { purposes: ['customer-support'], commercial: true, monthlyActiveUsers: 20_000, annualRevenueUsd: 8_000_000, regions: ['EU'], distribution: 'service', trainOnOutputs: false };

/** Ten versions in a chain of fine-tunes, of six licences, as a long lineage in a company looks. */
const chain: readonly LineageVersion[] = ['MIT', 'Apache-2.0', 'LicenseRef-Llama-3.1', 'MIT', 'LicenseRef-DeepSeek-Model-1.0', 'Apache-2.0', 'LicenseRef-Gemma', 'MIT', 'Apache-2.0', 'MIT'].map((license, index, all) => ({
  ref: `model-${index}@1`,
  publisher: `publisher ${index}`,
  license,
  releasedOn: '2025-01-01',
  baseModels: index + 1 < all.length ? [{ ref: `model-${index + 1}@1`, relation: 'finetune' as const }] : [],
}));

/** Decisions a second in this one process, for a lineage of ten versions. */
export function measureDecisionRate(seconds: number): number {
  const versions = new Map(chain.map((version) => [version.ref, version]));
  const root = chain[0];
  if (root === undefined) throw new Error('the chain is empty');
  const decideOnce = () => decide({ root, find: (ref) => versions.get(ref), useCase });
  for (let warmUp = 0; warmUp < 20_000; warmUp += 1) decideOnce();
  const startedAt = performance.now();
  let decisions = 0;
  while (performance.now() - startedAt < seconds * 1_000) {
    for (let batch = 0; batch < 1_000; batch += 1) decideOnce();
    decisions += 1_000;
  }
  return decisions / ((performance.now() - startedAt) / 1_000);
}
