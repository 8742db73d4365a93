import type { Tags, VersionTags } from '@weighbridge/registry-contracts';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import type { z } from 'zod';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import { requireMayChange, requireVersion } from '../refusals.ts';

interface Tagging {
  readonly caller: Caller;
  readonly model: string;
  readonly version: string;
  readonly tags: Tags;
}

/** Versions never change; what people say of them may. */
export function tagVersion(deps: ChangeDeps, { caller, model, version, tags }: Tagging): Promise<z.output<typeof VersionTags>> {
  return changeRegistry(deps, caller, async (change, audit) => {
    await requireMayChange(change, caller, model);
    await requireVersion(change, model, version);
    const before = (await change.tags.listVersionTags([{ model, version }])).get(`${model}@${version}`) ?? {};
    const names = Object.keys(tags);
    const [set, removed] = [names.filter((key) => before[key] !== tags[key]), Object.keys(before).filter((key) => !(key in tags))];
    if (set.length > 0 || removed.length > 0) {
      await change.tags.setVersionTags({ model, version }, tags);
      await audit({ action: 'version.tagged', subject: `${model}@${version}`, details: { set, removed } });
    }
    return { ref: `${model}@${version}`, tags };
  });
}
