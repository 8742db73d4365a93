import type { NewVersion } from '@weighbridge/registry-contracts';
import type { Repositories } from '@weighbridge/registry-data';
import { findLineageCycle } from '@weighbridge/registry-domain';
import type { LineageVersion } from '@weighbridge/registry-domain';
import { AppError } from '@weighbridge/shared-domain';
import type { z } from 'zod';

/** Most versions that one may be made from, over all steps: a decision reads them all. */
export const mostAncestors = 20_000;
/** Of a circle, in an error. */
const shownSteps = 20;

/** Refuses base models that lead back to the version itself, or to more versions than a decision can read. */
export async function refuseLineage({ versions, lineage }: Pick<Repositories, 'versions' | 'lineage'>, { model, version, baseModels }: Pick<z.output<typeof NewVersion>, 'version' | 'baseModels'> & { readonly model: string }): Promise<void> {
  if (baseModels.length === 0) return;
  const ref = `${model}@${version}`;
  const root: LineageVersion = { ref, publisher: '', license: null, baseModels: baseModels.map((base) => ({ ref: `${base.model}@${base.version}`, relation: base.relation })) };
  // A version that is not registered yet can be a base model already: then, and only then, a new one may close a circle.
  if (root.baseModels.some((base) => base.ref === ref)) throw cycleError([ref, ref]);
  if (await lineage.isBaseModel({ model, version })) {
    const known = new Map<string, LineageVersion>((await versions.listLineage(baseModels)).map((record) => [record.ref, record]));
    const cycle = findLineageCycle(root, (wanted) => (wanted === ref ? root : known.get(wanted)));
    if (cycle !== null) throw cycleError(cycle);
  }
  if ((await lineage.countAncestors(baseModels, mostAncestors + 1)) > mostAncestors) {
    const most = mostAncestors.toLocaleString('en');
    throw new AppError('lineage.too_large', `${ref} has more than ${most} ancestors`, { detail: `A version may be made from ${most} others at most, over all steps: a decision reads them all.`, faults: [{ pointer: '/body/baseModels', message: `lead to more than ${most} versions` }] });
  }
}

function cycleError(cycle: readonly string[]): AppError {
  const shown = cycle.length <= shownSteps ? cycle : [...cycle.slice(0, shownSteps - 1), `… ${cycle.length - shownSteps} more …`, ...cycle.slice(-1)];
  const path = shown.join(' → ');
  return new AppError('lineage.cycle', `cycle ${path}`, { detail: `The base models lead back to the version itself: ${path}.`, faults: [{ pointer: '/body/baseModels', message: `lead back to the version itself: ${path}` }], extensions: { path: shown } });
}
