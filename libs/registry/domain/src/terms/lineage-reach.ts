import { relationBits } from './compile-license.ts';
import type { LineageWay } from './lineage-terms.ts';

/** One step of the lineage, by places of versions. */
interface Step {
  readonly to: number;
  readonly bit: number;
  /** Sets of relations that have this one already. */
  readonly having: number;
}

/** Answers which versions are still reached, over which relations, when ways may not pass certain versions. */
export interface LineageReach {
  /** A way of those relations that passes no version that `ends` stops at; undefined: there is none. `name` stands for the question: the same name is worked out once. */
  readonly wayPast: (way: LineageWay, name: string, ends: (child: LineageWay) => boolean) => LineageWay | undefined;
}

/**
 * Over the versions that a walk has found. What is reached is one number for each version, a bit for each set of relations: a lineage of ten thousand versions is gone
 * through in milliseconds, and there may be as many questions as publishers.
 */
export function createLineageReach(ways: readonly LineageWay[]): LineageReach {
  const places = new Map<string, number>();
  /** The nearest way to each version. */
  const nearest: LineageWay[] = [];
  for (const way of ways) {
    if (places.has(way.version.ref)) continue;
    places.set(way.version.ref, nearest.length);
    nearest.push(way);
  }
  const steps = nearest.map(({ version }): readonly Step[] =>
    version.baseModels.flatMap(({ ref, relation }) => {
      const to = places.get(ref);
      const bit = relationBits[relation];
      return to === undefined || to === 0 ? [] : [{ to, bit, having: having.get(bit) ?? 0 }];
    }),
  );
  let order: readonly number[] | undefined;
  let parents: readonly (readonly { readonly from: number; readonly bit: number }[])[] | undefined;
  const answers = new Map<string, { readonly reached: Uint32Array; readonly passes: Uint8Array }>();

  return {
    wayPast: (way, name, ends) => {
      let answer = answers.get(name);
      if (answer === undefined) {
        const passes = new Uint8Array(nearest.length);
        for (const [place, each] of nearest.entries()) passes[place] = ends(each) ? 0 : 1;
        answers.set(name, (answer = { passes, reached: reach(passes) }));
      }
      const place = places.get(way.version.ref);
      if (place === undefined || ((answer.reached[place] ?? 0) & bitOf(way.relations)) === 0) return undefined;
      return trace(place, way.relations, answer.reached, answer.passes);
    },
  };

  /** Versions come before what they were made from, so one pass is enough but for a circle. */
  function reach(passes: Uint8Array): Uint32Array {
    const reached = new Uint32Array(nearest.length);
    reached[0] = bitOf(0);
    order ??= topDown(steps);
    for (let isNew = true; isNew; ) {
      isNew = false;
      for (const place of order) {
        const here = reached[place] ?? 0;
        if (here === 0 || passes[place] === 0) continue;
        for (const { to, bit, having } of steps[place] ?? []) {
          const before = reached[to] ?? 0;
          // Each set with one relation more: a set without it is so many bits further up with it.
          const then = (before | (here & having) | ((here & ~having) << bit)) >>> 0;
          if (then === before) continue;
          reached[to] = then;
          isNew = true;
        }
      }
    }
    return reached;
  }

  /** From the version back to the one asked about, each time over whichever is nearest to it. Null on a circle, which has no such end. */
  function trace(last: number, lastRelations: number, reached: Uint32Array, passes: Uint8Array): LineageWay | undefined {
    parents ??= invert();
    const path: { readonly place: number; readonly relations: number }[] = [{ place: last, relations: lastRelations }];
    for (let [place, relations] = [last, lastRelations]; place !== 0; ) {
      let best: { from: number; relations: number } | undefined;
      for (const { from, bit } of parents[place] ?? []) {
        if ((relations & bit) === 0 || passes[from] === 0) continue;
        for (const before of [relations & ~bit, relations]) {
          if (((reached[from] ?? 0) & bitOf(before)) === 0) continue;
          if (best === undefined || (nearest[from]?.depth ?? 0) < (nearest[best.from]?.depth ?? 0)) best = { from, relations: before };
        }
      }
      if (best === undefined || path.length > nearest.length) return undefined;
      [place, relations] = [best.from, best.relations];
      path.push({ place, relations });
    }
    let way = nearest[0];
    for (const { place, relations } of path.toReversed().slice(1)) {
      const target = nearest[place];
      if (way === undefined || target === undefined) return undefined;
      const from: LineageWay = way;
      const relation = from.version.baseModels.find((base) => base.ref === target.version.ref && (from.relations | relationBits[base.relation]) === relations)?.relation;
      if (relation === undefined) return undefined;
      way = { version: target.version, relation, relations, from, depth: from.depth + 1, publisher: target.publisher, words: null };
    }
    return way;
  }

  function invert(): readonly (readonly { readonly from: number; readonly bit: number }[])[] {
    const inverted = nearest.map((): { from: number; bit: number }[] => []);
    for (const [from, of] of steps.entries()) for (const { to, bit } of of) inverted[to]?.push({ from, bit });
    return inverted;
  }
}

/** The sets of relations, as bits of a number, that have this one. */
const setsWith = (bit: number): number => Array.from({ length: 32 }, (_, set) => set).reduce((sets, set) => ((set & bit) === 0 ? sets : (sets | (1 << set)) >>> 0), 0);
const having = new Map(Object.values(relationBits).map((bit) => [bit, setsWith(bit)]));

/** Depth first, so that each place comes before those that its steps lead to; on a circle some do not. */
function topDown(steps: readonly (readonly Step[])[]): number[] {
  const done: number[] = [];
  const entered = new Uint8Array(steps.length);
  const path = [{ place: 0, next: 0 }];
  entered[0] = 1;
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const step = steps[top.place]?.[top.next++];
    if (step === undefined) {
      done.push(top.place);
      path.pop();
    } else if (entered[step.to] === 0) {
      entered[step.to] = 1;
      path.push({ place: step.to, next: 0 });
    }
  }
  return done.toReversed();
}

/** Of a set of relations, in the number of a version. */
const bitOf = (relations: number): number => (1 << relations) >>> 0;
