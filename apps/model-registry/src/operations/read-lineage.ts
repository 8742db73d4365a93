import type { LineageGraph } from '@weighbridge/registry-contracts';
import type { LineageRecord } from '@weighbridge/registry-data';
import type { RegistryDeps } from '../deps.ts';
import { requireModel, splitReference, versionNotFound } from '../refusals.ts';

/** Everything that a version was made from, nearest first; base models that are not registered are nodes too. */
export async function readLineage({ registry }: Pick<RegistryDeps, 'registry'>, { model, version }: { readonly model: string; readonly version: string }): Promise<LineageGraph> {
  const root = `${model}@${version}`;
  const records = new Map((await registry.versions.listLineage([{ model, version }])).map((record) => [record.ref, record]));
  if (!records.has(root)) {
    await requireModel(registry, model);
    throw versionNotFound(model, version);
  }
  const depths = new Map([[root, 0]]);
  const edges: LineageGraph['edges'] = [];
  for (const [from, depth] of depths) {
    for (const { ref: to, relation } of records.get(from)?.baseModels ?? []) {
      edges.push({ from, to, relation });
      if (!depths.has(to)) depths.set(to, depth + 1);
    }
  }
  return { root, nodes: [...depths].map(([ref, depth]) => nodeOf(ref, depth, records.get(ref))), edges };
}

const nodeOf = (ref: string, depth: number, record: LineageRecord | undefined): LineageGraph['nodes'][number] => ({
  ref,
  ...splitReference(ref),
  publisher: record?.publisher ?? null,
  license: record?.license ?? null,
  depth,
  registered: record !== undefined,
});
