import type { AliasRollback, NewRollback } from '@weighbridge/registry-contracts';
import type { Repositories } from '@weighbridge/registry-data';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { AppError } from '@weighbridge/shared-domain';
import type { z } from 'zod';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import { requireMayChange } from '../refusals.ts';
import { moveOrAsk } from './change-alias.ts';
import { requireExpectedVersion, rollbackTarget } from './move-alias.ts';

type RollbackInput = z.output<typeof NewRollback> & { readonly caller: Caller; readonly model: string; readonly alias: string };

/**
 * Takes back the move that brought the alias where it is. Called again, it goes one move further back, never forth. No gate is judged: the way back
 * must be open in an incident. All that must hold is that the earlier version runs, where anything of the model does; the licence is decided on
 * every request anyway. An administrator may do this to a protected alias at once.
 */
export const rollBackAlias = (deps: ChangeDeps, { caller, model: name, alias, reason, expectedVersion }: RollbackInput): Promise<AliasRollback> =>
  changeRegistry(deps, caller, async (change, audit) => {
    const model = await requireMayChange(change, caller, name);
    const { version: from } = await change.aliases.standing(name, alias);
    requireExpectedVersion(alias, from, expectedVersion);
    const target = await rollbackTarget(change, name, alias);
    if (target === null) throw nothingBefore(name, alias);
    const deployed = await requireRunnable(change, name, target.to);
    const done = await moveOrAsk(change, audit, { caller, model, alias, to: target.to, kind: 'rollback', reason, at: deps.now(), atOnce: caller.role === 'admin' });
    return {
      ...done,
      from,
      to: target.to,
      checks: [
        { name: 'deployed', judged: true, message: deployed },
        { name: 'gate', judged: false, message: 'No gate was judged: a rollback must be possible when nothing can be measured.' },
        { name: 'license', judged: false, message: 'The licence was not decided on here: it is decided for every request, and a use that it denies stays refused.' },
      ],
    };
  });

function nothingBefore(model: string, alias: string): AppError {
  return new AppError('resource.wrong_state', `nothing to roll ${model}:${alias} back to`, { detail: `The alias "${alias}" has no move before the one that brought it where it is, so there is nothing to go back to.` });
}

/** What was found, in a sentence. Throws `resource.wrong_state` when others of the model run and this version does not. */
export async function requireRunnable({ deployments }: Pick<Repositories, 'deployments'>, model: string, version: string): Promise<string> {
  const deployed = await deployments.listDeployed(model);
  if (deployed.length === 0) return 'No version of this model is deployed, so nothing runs that could fail.';
  const own = deployed.filter((deployment) => deployment.version === version);
  if (own.some(({ status }) => status === 'active')) return `${model}@${version} has an active deployment.`;
  const why = own.length === 0 ? 'is not deployed' : `has only deployments that are ${[...new Set(own.map(({ status }) => status))].join(' or ')}`;
  throw new AppError('resource.wrong_state', `${model}@${version} cannot run`, { detail: `${model}@${version} ${why}: going back to it would stop the requests. Nothing was moved; set the alias to a version that runs.`, extensions: { version } });
}
