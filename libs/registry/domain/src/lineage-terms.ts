import { canonicalPublisher, compileLicense, relationBits } from './compile-license.ts';
import type { CompiledLicense, Transfer } from './compile-license.ts';
import type { LicenseBook } from './license-book.ts';
import type { FindVersion, LineageRelation, LineageVersion } from './lineage.ts';

/** One way from the version asked about to something it was made from. */
export interface LineageWay {
  readonly version: LineageVersion;
  readonly relation: LineageRelation | null;
  /** Sum of the bits of all relations on the way. */
  readonly relations: number;
  /** One step nearer to the version asked about; null there. */
  readonly from: LineageWay | null;
  /** Steps from the version asked about. */
  readonly depth: number;
  /** Of the version, to compare. */
  readonly publisher: string;
  /** The way in words, once somebody asked. */
  words: string | null;
}

/** What a licence somewhere in the lineage still says about the version asked about. */
export interface LineageTerms {
  readonly license: CompiledLicense;
  readonly way: LineageWay;
  readonly transfer: Transfer;
}

export interface LineageReading {
  readonly terms: readonly LineageTerms[];
  /** Versions whose licence is not known. */
  readonly unknown: readonly LineageWay[];
  /** Base models that are named but not to be found, and the way to who names them. */
  readonly missing: readonly { readonly ref: string; readonly relation: LineageRelation; readonly way: LineageWay }[];
}

interface Walk {
  readonly ways: LineageWay[];
  readonly missing: LineageReading['missing'][number][];
  /** Some version is reached by more than one way. */
  joins: boolean;
}

/**
 * Which terms reach the root over every way through its lineage. A child that the licensor itself publishes has the licence it was published with
 * ("same steward"), so terms end there; over another way they may still arrive. Iterative, and bounded on cycles.
 */
export function readLineage(root: LineageVersion, find: FindVersion, licenses: LicenseBook): LineageReading {
  const walk = walkLineage(root, find, null);
  const terms: LineageTerms[] = [];
  const unknown = new Map<string, LineageWay>();
  const waysPast = new Map<string, ReadonlyMap<string, LineageWay>>();
  for (const way of walk.ways) {
    const entry = way.version.license === null ? undefined : licenses.get(way.version.license);
    if (entry === undefined) {
      if (!unknown.has(way.version.ref)) unknown.set(way.version.ref, way);
      continue;
    }
    const license = compileLicense(entry);
    if (way.from === null) {
      terms.push({ license, way, transfer: license.transfers[0] as Transfer });
      continue;
    }
    const transfer = license.transfers[way.relations] as Transfer;
    // One that lets everything pass, or is the publisher's own, is out of it only if it is surely the licence.
    const isCertain = (way.version.conflictingLicenses ?? []).length === 0;
    if (isCertain && transfer.carries === 0 && transfer.obligations === 0 && transfer.stoppedBy.length === 0) continue;
    if (!isCertain || !endsAtLicensor(way, license.licensors)) terms.push({ license, way, transfer });
    else if (walk.joins) {
      const other = otherWay(way, license.licensors.size > 0 ? license.licensors : new Set([way.publisher]));
      if (other !== undefined) terms.push({ license, way: other, transfer });
    }
  }
  return { terms, unknown: [...unknown.values()], missing: walk.missing };

  /** A way of the same relations that passes no child of a licensor. */
  function otherWay(way: LineageWay, licensors: ReadonlySet<string>): LineageWay | undefined {
    const key = [...licensors].join('\n');
    let ways = waysPast.get(key);
    if (ways === undefined) {
      ways = new Map(walkLineage(root, find, licensors).ways.map((other) => [wayKey(other), other]));
      waysPast.set(key, ways);
    }
    return ways.get(wayKey(way));
  }
}

const wayKey = ({ version, relations }: LineageWay): string => `${relations} ${version.ref}`;

/** Whether some child on the way, the root included, is published by a licensor; under a general licence that is the publisher of the version itself. */
function endsAtLicensor(way: LineageWay, licensors: ReadonlySet<string>): boolean {
  if (licensors.size > 0) {
    for (let child = way.from; child !== null; child = child.from) if (licensors.has(child.publisher)) return true;
  } else for (let child = way.from; child !== null; child = child.from) if (child.publisher === way.publisher) return true;
  return false;
}

/**
 * Breadth first, so the first way to a version is a shortest one. A version is passed once for each set of relations, since what a licence
 * lets through depends on that set alone: at most 31 times, however many ways there are.
 */
function walkLineage(root: LineageVersion, find: FindVersion, endingAt: ReadonlySet<string> | null): Walk {
  const walk: Walk = { ways: [{ version: root, relation: null, relations: 0, from: null, depth: 0, publisher: canonicalPublisher(root.publisher), words: null }], missing: [], joins: false };
  if (root.baseModels.length === 0) return walk;
  const seen = new Map<string, number[]>([[root.ref, [0]]]);
  const absent = new Set<string>();
  for (let next = 0; next < walk.ways.length; next++) {
    const way = walk.ways[next];
    if (way === undefined) break;
    if (endingAt?.has(way.publisher) === true) continue;
    for (const { ref, relation } of way.version.baseModels) {
      const relations = way.relations | relationBits[relation];
      const before = seen.get(ref);
      if (before !== undefined) {
        walk.joins = true;
        if (before.includes(0) || before.includes(relations)) continue;
        before.push(relations);
      } else if (absent.has(ref)) continue;
      const version = find(ref);
      if (version === undefined) {
        absent.add(ref);
        walk.missing.push({ ref, relation, way });
        continue;
      }
      if (before === undefined) seen.set(ref, [relations]);
      walk.ways.push({ version, relation, relations, from: way, depth: way.depth + 1, publisher: canonicalPublisher(version.publisher), words: null });
    }
  }
  return walk;
}

const phrases: Readonly<Record<LineageRelation, string>> = { finetune: 'finetune of', adapter: 'adapter of', quantized: 'quantized from', merge: 'merge of', distilled: 'distilled from' };
const shownSteps = 8;

/** The way in words, nearest first, e.g. `quantized from a@1, finetune of b@2`; null for the version asked about. The middle of a long one is left out. */
export function describeWay(way: LineageWay): string | null {
  if (way.relation === null || way.from === null) return null;
  if (way.words === null) {
    const left = way.depth - shownSteps;
    let before = way.from;
    if (left > 0) while (before.depth >= shownSteps && before.from !== null) before = before.from;
    const first = describeWay(before);
    way.words = `${first === null ? '' : `${first}, `}${left > 0 ? `… ${left} more …, ` : ''}${describeStep(way.relation, way.version.ref)}`;
  }
  return way.words;
}

/** `finetune of b@2`. */
export const describeStep = (relation: LineageRelation, ref: string): string => `${phrases[relation]} ${ref}`;
