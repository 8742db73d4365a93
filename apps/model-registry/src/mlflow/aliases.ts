import type { MlflowModelVersion } from '@weighbridge/registry-contracts';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { AliasName, AppError } from '@weighbridge/shared-domain';
import type { ChangeDeps } from '../change-registry.ts';
import type { RegistryDeps } from '../deps.ts';
import { setAlias } from '../operations/change-alias.ts';
import { invalidParameter, requireModelRecord, requireNumbered } from './refusals.ts';
import { readStage, stageAliases, stages } from './stages.ts';
import { modelVersionView } from './views.ts';
import type { NumberedVersion } from './versions.ts';

interface AliasInput {
  readonly caller: Caller;
  readonly name: string;
  readonly alias: string;
}

function requireAliasName(alias: string): string {
  const parsed = AliasName.safeParse(alias);
  if (!parsed.success) throw invalidParameter('alias', parsed.error.issues[0]?.message ?? 'is no alias');
  return parsed.data;
}

/** A protected alias does not move: MLflow has no word for "asked for", so its client is told with the number of the request. */
async function moveOrRefuse(deps: ChangeDeps, { caller, name, alias, version }: AliasInput & { readonly version: string | null }): Promise<void> {
  const { changeRequest } = await setAlias(deps, { caller, model: name, alias, version, reason: 'asked for by an MLflow client' });
  if (changeRequest === null) return;
  throw new AppError('auth.forbidden', `alias ${name}:${alias} is protected`, { detail: `The alias "${alias}" of "${name}" is protected: it moves once somebody else has approved the change request ${changeRequest.id}.` });
}

export async function pointAlias(deps: ChangeDeps, { caller, name, alias, version: number }: AliasInput & { readonly version: string }): Promise<void> {
  const { version } = await requireNumbered(deps.registry, name, number);
  await moveOrRefuse(deps, { caller, name, alias: requireAliasName(alias), version });
}

export async function removeAlias(deps: ChangeDeps, { caller, name, alias }: AliasInput): Promise<void> {
  await requireModelRecord(deps.registry, name);
  await moveOrRefuse(deps, { caller, name, alias: requireAliasName(alias), version: null });
}

export async function getByAlias({ registry }: Pick<RegistryDeps, 'registry'>, { name, alias }: Omit<AliasInput, 'caller'>): Promise<MlflowModelVersion> {
  const { aliases } = await requireModelRecord(registry, name);
  const found = aliases.find((one) => one.name === alias);
  // MLflow's own words and code: its client takes them for "there is no such alias".
  if (found === undefined) throw invalidParameter('alias', `Registered model alias ${alias} not found`);
  return modelVersionView(await requireNumbered(registry, name, String(found.number)));
}

/**
 * Stages are deprecated in MLflow; here they are the aliases of their names. To be staged is to be where the alias points, so there is never more
 * than one, whatever `archive_existing_versions` says; `None` and `Archived` take away the aliases that point here.
 */
export async function transitionStage(deps: ChangeDeps, { caller, name, version: number, stage: asked }: NumberedVersion & { readonly stage: string }): Promise<MlflowModelVersion> {
  const stage = readStage(asked);
  if (stage === null) throw invalidParameter('stage', `"${asked}" is no stage: None, Staging, Production and Archived are`);
  const { version, aliases } = await requireNumbered(deps.registry, name, number);
  const wanted = stages[stage];
  const moves: { readonly alias: string; readonly to: string | null; readonly isProtected: boolean }[] = [];
  for (const alias of stageAliases) {
    if ((alias === wanted) === aliases.some((one) => one.name === alias)) continue;
    const { approvals } = await deps.registry.aliases.standing(name, alias);
    moves.push({ alias, to: alias === wanted ? version : null, isProtected: approvals !== null });
  }
  // A protected one is only asked for, which the client hears as a refusal: before anything has moved.
  for (const { alias, to } of moves.toSorted((a, b) => Number(b.isProtected) - Number(a.isProtected))) await moveOrRefuse(deps, { caller, name, alias, version: to });
  return modelVersionView(await requireNumbered(deps.registry, name, number));
}
