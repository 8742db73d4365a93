import { z } from 'zod';

/** How a version was made from another. `distilled`: trained on its outputs. */
export const LineageRelation = z.enum(['finetune', 'adapter', 'quantized', 'merge', 'distilled']);
export type LineageRelation = z.infer<typeof LineageRelation>;

export interface LineageEdge {
  /** `name@version` of what it was made from. */
  readonly ref: string;
  readonly relation: LineageRelation;
}

/** What the rules need to know of a version. */
export interface LineageVersion {
  /** `name@version`. */
  readonly ref: string;
  readonly publisher: string;
  /** False: nobody who may vouches for the publisher, so that it is the licensor cannot be relied on. Absent: vouched for. */
  readonly publisherVerified?: boolean;
  /** Id in the licence catalogue; null: not recognised. */
  readonly license: string | null;
  /** Day of release, `YYYY-MM-DD`. */
  readonly releasedOn?: string | null;
  /** Takes images, sound or video; some licences say more about such models. Absent or null: not known. */
  readonly multimodal?: boolean | null;
  /** Other licences that tag, text or card claim for this very version, with no way to tell which was granted. */
  readonly conflictingLicenses?: readonly string[];
  readonly baseModels: readonly LineageEdge[];
}

export type FindVersion = (ref: string) => LineageVersion | undefined;

export interface LineageClosure {
  /** The version asked about, then everything it was made from, nearest first, each once. */
  readonly versions: readonly LineageVersion[];
  /** Named as a base model, but not to be found. */
  readonly missing: readonly { readonly ref: string; readonly relation: LineageRelation; readonly child: string }[];
}

/** Everything that a version was made from. Ends on a cycle too: {@link findLineageCycle} is what refuses one. */
export function lineageClosure(root: LineageVersion, find: FindVersion): LineageClosure {
  const versions = [root];
  const missing: LineageClosure['missing'][number][] = [];
  const seen = new Set([root.ref]);
  for (let next = 0; next < versions.length; next++) {
    const version = versions[next];
    if (version === undefined) break;
    for (const { ref, relation } of version.baseModels) {
      if (seen.has(ref)) continue;
      seen.add(ref);
      const base = find(ref);
      if (base === undefined) missing.push({ ref, relation, child: version.ref });
      else versions.push(base);
    }
  }
  return { versions, missing };
}

/** A way from a version back to itself, as references with the first repeated at the end; null: there is none. Looks at everything the root was made from. */
export function findLineageCycle(root: LineageVersion, find: FindVersion): readonly string[] | null {
  const path: { version: LineageVersion; next: number }[] = [{ version: root, next: 0 }];
  const onPath = new Set([root.ref]);
  const done = new Set<string>();
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const edge = top.version.baseModels[top.next++];
    if (edge === undefined) {
      onPath.delete(top.version.ref);
      done.add(top.version.ref);
      path.pop();
      continue;
    }
    if (onPath.has(edge.ref)) {
      const refs = path.map(({ version }) => version.ref);
      return [...refs.slice(refs.indexOf(edge.ref)), edge.ref];
    }
    if (done.has(edge.ref)) continue;
    const base = find(edge.ref);
    if (base === undefined) continue;
    onPath.add(base.ref);
    path.push({ version: base, next: 0 });
  }
  return null;
}
