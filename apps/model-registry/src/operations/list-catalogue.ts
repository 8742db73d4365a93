import type { CatalogueEntrySummary } from '@weighbridge/registry-contracts';
import { referenceCatalogue } from '@weighbridge/registry-domain';
import type { z } from 'zod';
import type { RegistryDeps } from '../deps.ts';

/** A model counts as registered when all its versions are. */
export async function listCatalogue({ registry }: Pick<RegistryDeps, 'registry'>): Promise<z.input<typeof CatalogueEntrySummary>[]> {
  const registered = await registry.versions.findRegistered(referenceCatalogue.flatMap(({ model, versions }) => versions.map(({ version }) => ({ model, version }))));
  return referenceCatalogue.map(({ model, publisher, description, versions }) => ({
    model,
    publisher,
    description,
    versions: versions.map(({ version }) => version),
    registered: versions.every(({ version }) => registered.has(`${model}@${version}`)),
  }));
}
