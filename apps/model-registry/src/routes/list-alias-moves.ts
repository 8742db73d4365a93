import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { toPage } from '@weighbridge/shared-contracts';
import { aliasMoveView } from '../api-views.ts';
import type { RegistryDeps } from '../deps.ts';
import { pageRequest } from '../page-request.ts';
import { requireModel } from '../refusals.ts';

export const listAliasMovesRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.listAliasMoves> =>
  async ({ params, query, caller }) => {
    const { ownerId } = await requireModel(deps.registry, params.name);
    const page = toPage(await deps.registry.aliases.listMoves(params.name, params.alias, pageRequest(query)), query.limit, ({ id }) => id);
    return { ...page, data: page.data.map((move) => aliasMoveView(move, caller, ownerId)) };
  };
