import { maxLineageNodes } from '@weighbridge/registry-contracts';
import type { LineageDirection, LineageGraph } from '@weighbridge/registry-contracts';
import type { LineageRecord } from '@weighbridge/registry-data';
import { edgeTransfers } from '@weighbridge/registry-domain';
import type { RegistryDeps } from '../deps.ts';
import { requireModel, splitReference, versionNotFound } from '../refusals.ts';

interface LineageQuestion {
  readonly model: string;
  readonly version: string;
  readonly direction: LineageDirection;
  /** Most steps from the version; undefined: as far as it goes. */
  readonly depth?: number | undefined;
}

type Node = LineageGraph['nodes'][number];

/** The nearest of what a version was made from, and of what was made from it; base models that are not registered are nodes too. */
export async function readLineage({ registry, licenses }: Pick<RegistryDeps, 'registry' | 'licenses'>, { model, version, direction, depth: most = Number.MAX_SAFE_INTEGER }: LineageQuestion): Promise<LineageGraph> {
  const root = `${model}@${version}`;
  const ancestors = direction === 'descendants' ? [] : await registry.lineage.listNearest({ model, version }, 'ancestors', maxLineageNodes + 1);
  const descendants = direction === 'ancestors' ? [] : await registry.lineage.listNearest({ model, version }, 'descendants', maxLineageNodes + 1);
  const records = new Map([...ancestors, ...descendants].map((record) => [record.ref, record]));
  if (!records.has(root)) {
    await requireModel(registry, model);
    throw versionNotFound(model, version);
  }
  const nodes = new Map<string, Node>([[root, nodeOf(root, 0, 'root', records.get(root))]]);
  const isWhole = [addAncestors(nodes, records, root, most), addDescendants(nodes, descendants, root, most)].every(Boolean);

  const brings = edgeTransfers([...records.values()], await licenses.book());
  const edges = [...nodes.keys()].flatMap((from) => {
    const record = records.get(from);
    if (record === undefined) return [];
    return record.baseModels.filter(({ ref }) => nodes.has(ref)).map((edge) => ({ from, to: edge.ref, relation: edge.relation, brings: brings(record, edge).map((transfer) => ({ ...transfer, effects: [...transfer.effects], obligations: [...transfer.obligations] })) }));
  });
  return { root, nodes: [...nodes.values()], edges, truncated: !isWhole };
}

/** Step by step from the root; false: there is more than is shown. */
function addAncestors(nodes: Map<string, Node>, records: ReadonlyMap<string, LineageRecord>, root: string, most: number): boolean {
  let isWhole = true;
  const queue = [root];
  for (const from of queue) {
    const depth = (nodes.get(from)?.depth ?? 0) + 1;
    for (const { ref } of records.get(from)?.baseModels ?? []) {
      if (nodes.has(ref)) continue;
      if (depth > most || nodes.size >= maxLineageNodes) isWhole = false;
      else {
        nodes.set(ref, nodeOf(ref, depth, 'ancestor', records.get(ref)));
        queue.push(ref);
      }
    }
  }
  return isWhole;
}

/** They come nearest first, so whatever a version was made from on the shortest way is there before it. */
function addDescendants(nodes: Map<string, Node>, descendants: readonly LineageRecord[], root: string, most: number): boolean {
  const depths = new Map([[root, 0]]);
  let isWhole = true;
  for (const record of descendants) {
    if (record.ref === root) continue;
    const depth = Math.min(...record.baseModels.flatMap(({ ref }) => depths.get(ref) ?? [])) + 1;
    if (depth > most || nodes.size >= maxLineageNodes) isWhole = false;
    else {
      depths.set(record.ref, depth);
      nodes.set(record.ref, nodeOf(record.ref, depth, 'descendant', record));
    }
  }
  return isWhole;
}

const nodeOf = (ref: string, depth: number, side: Node['side'], record: LineageRecord | undefined): Node => ({
  ref,
  ...splitReference(ref),
  publisher: record?.publisher ?? null,
  license: record?.license ?? null,
  depth,
  side,
  registered: record !== undefined,
});
