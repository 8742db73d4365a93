import { anthropicModels } from './anthropic.ts';
import { deepseekDistilledModels } from './deepseek-distilled.ts';
import { deepseekEarlyModels } from './deepseek-v2.ts';
import { deepseekModels } from './deepseek.ts';
import { metaModels } from './meta.ts';
import { openaiModels } from './openai.ts';
import { priceHistory } from './price-history.ts';
import { qwenModels } from './qwen.ts';
import { ReferenceModel } from './reference-model.ts';
import type { ReferencePrice, ReferenceVersion } from './reference-model.ts';

/** Facts about well-known models that come with the product, each with its source. Base models stand before what was made from them. */
export const referenceCatalogue: readonly ReferenceModel[] = ReferenceModel.array().parse([...metaModels, ...qwenModels, ...deepseekEarlyModels, ...deepseekModels, ...deepseekDistilledModels, ...openaiModels, ...anthropicModels]);

/** The version of that name, or null. */
export function findReferenceVersion(model: string, version: string): ReferenceVersion | null {
  return referenceCatalogue.find((entry) => entry.model === model)?.versions.find((entry) => entry.version === version) ?? null;
}

/** The version whose weights are published under `owner/name`, whatever the case; null when the catalogue has none. */
export function findReferenceByRepository(repository: string): { model: string; version: string } | null {
  const wanted = repository.toLowerCase();
  for (const { model, versions } of referenceCatalogue)
    for (const { version, repository: published } of versions) if (published?.toLowerCase() === wanted) return { model, version };
  return null;
}

/** All prices of the API names under which a model of the catalogue was served, also from when a name went on to serve others. */
export function findPriceHistory(model: string): readonly ReferencePrice[] {
  const names = new Set(referenceCatalogue.find((entry) => entry.model === model)?.versions.flatMap(({ prices }) => prices.map(({ apiName }) => apiName)));
  return priceHistory.filter(({ apiName }) => names.has(apiName));
}
