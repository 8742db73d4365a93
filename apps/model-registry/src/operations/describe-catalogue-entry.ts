import type { CatalogueEntry } from '@weighbridge/registry-contracts';
import { findPriceHistory, modelCard, referenceCatalogue } from '@weighbridge/registry-domain';
import { AppError } from '@weighbridge/shared-domain';
import type { RegistryDeps } from '../deps.ts';

/** The whole entry, each version with the card that follows from its shape and whether it is registered here. */
export async function describeCatalogueEntry({ registry }: Pick<RegistryDeps, 'registry'>, model: string): Promise<CatalogueEntry> {
  const entry = referenceCatalogue.find((known) => known.model === model);
  if (entry === undefined) throw new AppError('model.not_found', `${model} is not in the reference catalogue`, { detail: `"${model}" is not in the reference catalogue. GET /v1/reference-catalogue lists what is.` });
  const registered = await registry.versions.findRegistered(entry.versions.map(({ version }) => ({ model, version })));
  return {
    ...entry,
    priceHistory: [...findPriceHistory(model)],
    versions: entry.versions.map((version) => ({ ...version, card: modelCard(version.architecture), registered: registered.has(`${model}@${version.version}`) })),
  };
}
