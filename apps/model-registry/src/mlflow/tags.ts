import type { MlflowTagged } from '@weighbridge/registry-contracts';
import { maxTags } from '@weighbridge/registry-contracts';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import { requireMayChange } from '../refusals.ts';
import { isReserved } from './own-tags.ts';
import { invalidParameter, requireModelRecord, requireNumbered } from './refusals.ts';

/** Tags of a request as they are kept; `taken` are those of ours that said something about the thing itself. */
export function tagsOf(tags: readonly MlflowTagged[], taken: readonly string[] = []): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const { key, value } of tags) {
    if (taken.includes(key)) continue;
    refuseReserved(key);
    kept[key] = value;
  }
  return kept;
}

function refuseReserved(key: string): void {
  if (key.trim() === '' || key !== key.trim()) throw invalidParameter('key', 'may neither be blank nor begin or end with white space');
  if (isReserved(key)) throw invalidParameter('key', `"${key}" is not to be set: tags that begin with "weighbridge." are written by Weighbridge`);
}

interface TagChange {
  readonly caller: Caller;
  readonly name: string;
  readonly key: string;
  /** Null: it is taken off. */
  readonly value: string | null;
}

const changed = (tags: Readonly<Record<string, string>>, key: string, value: string | null): Record<string, string> => {
  const { [key]: _, ...others } = tags;
  const next = value === null ? others : { ...others, [key]: value };
  if (Object.keys(next).length > maxTags) throw invalidParameter('key', `must be one of ${maxTags} at most`);
  return next;
};

/** A tag that is taken off need not have been there, as in MLflow. */
export const changeModelTag = (deps: ChangeDeps, { caller, name, key, value }: TagChange): Promise<void> =>
  changeRegistry(deps, caller, async (change, audit) => {
    refuseReserved(key);
    await requireModelRecord(change, name);
    await requireMayChange(change, caller, name);
    const before = (await change.tags.listModelTags([name])).get(name) ?? {};
    if ((before[key] ?? null) === value) return;
    await change.tags.setModelTags(name, changed(before, key, value));
    await audit({ action: value === null ? 'model.untagged' : 'model.tagged', subject: name, details: { key } });
  });

export const changeVersionTag = (deps: ChangeDeps, { caller, name, version: number, key, value }: TagChange & { readonly version: string }): Promise<void> =>
  changeRegistry(deps, caller, async (change, audit) => {
    refuseReserved(key);
    const { version } = await requireNumbered(change, name, number);
    await requireMayChange(change, caller, name);
    const ref = `${name}@${version}`;
    const before = (await change.tags.listVersionTags([{ model: name, version }])).get(ref) ?? {};
    if ((before[key] ?? null) === value) return;
    await change.tags.setVersionTags({ model: name, version }, changed(before, key, value));
    await audit({ action: value === null ? 'version.untagged' : 'version.tagged', subject: ref, details: { key } });
  });
