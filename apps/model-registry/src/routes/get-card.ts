import type { registryEndpoints } from '@weighbridge/registry-contracts';
import { modelCard } from '@weighbridge/registry-domain';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { requireVersion } from '../refusals.ts';

export const getCardRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.getCard> =>
  async ({ params }) => {
    const { architecture } = await requireVersion(deps.registry, params.name, params.version);
    return { ref: `${params.name}@${params.version}`, architecture, card: architecture === null ? null : modelCard(architecture) };
  };
