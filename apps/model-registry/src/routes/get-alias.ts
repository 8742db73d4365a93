import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { AppError } from '@weighbridge/shared-domain';
import { aliasStateView } from '../api-views.ts';
import type { RegistryDeps } from '../deps.ts';
import { requireModel } from '../refusals.ts';

export const getAliasRoute =
  (deps: Pick<RegistryDeps, 'registry'>): Handler<typeof registryEndpoints.getAlias> =>
  async ({ params: { name, alias } }) => {
    await requireModel(deps.registry, name);
    const standing = await deps.registry.aliases.standing(name, alias);
    if (standing.version === null && standing.approvals === null) throw new AppError('model.not_found', `no alias ${name}:${alias}`, { detail: `The model "${name}" has no alias "${alias}".` });
    return aliasStateView(name, alias, standing);
  };
