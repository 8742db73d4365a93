import { relationBits } from './compile-license.ts';
import { catalogueBook } from '../licenses/license-book.ts';
import type { LicenseBook } from '../licenses/license-book.ts';
import { readLineage } from './lineage-terms.ts';
import type { LineageReading, LineageTerms, LineageWay, UnknownLicense } from './lineage-terms.ts';
import { lineageClosure } from '../lineage/lineage.ts';
import type { FindVersion, LineageVersion } from '../lineage/lineage.ts';

/** Grows whenever the rules would read other terms out of the same lineage, so that keys made before are made anew. */
export const lineageTermsVersion = 2;

export interface LineageTermsKey {
  /**
   * What the rules read out of the lineage, in canonical form. Two versions with equal keys are decided alike for every use case: same outcome, same codes,
   * licences and clauses. Only names, the order and the number of repetitions may differ.
   */
  readonly key: string;
  /** A lineage with that key, the version asked about first: as small as was easily found, to be decided on for all that share the key. */
  readonly sample: readonly LineageVersion[];
}

/** A lineage with more ways has no key: reading it takes more than a twentieth of a second. A chain of ten thousand links has one. */
const mostWays = 10_000;

/**
 * Reads the terms of a lineage under the licences in force. The key holds for as long as the entries of the licences in the lineage stay what they are;
 * of a hundred thousand versions some thousand are different. Null: there are too many ways through the lineage, and it is decided on for itself.
 */
export function lineageTermsKey(root: LineageVersion, find: FindVersion, licenses: LicenseBook = catalogueBook): LineageTermsKey | null {
  if (hasMoreWays(root, find)) return null;
  const marks = marksOf(readLineage(root, find, licenses));
  const key = keyOf(marks);
  const sample = cutOut(root, [...marks.values()]);
  const known = new Map(sample.map((version) => [version.ref, version]));
  const again = keyOf(marksOf(readLineage(sample[0] ?? root, (ref) => known.get(ref), licenses)));
  // A way that was left out may have been what ended another; then the whole lineage is the sample.
  return { key, sample: again === key ? sample : lineageClosure(root, find).versions };
}

/** Counts as `readLineage` walks: each version once for each set of relations. */
function hasMoreWays(root: LineageVersion, find: FindVersion): boolean {
  const seen = new Map<string, number>();
  const ways: { readonly version: LineageVersion; readonly relations: number }[] = [{ version: root, relations: 0 }];
  for (const { version, relations } of ways) {
    if (ways.length > mostWays) return true;
    for (const { ref, relation } of version.baseModels) {
      const then = relations | relationBits[relation];
      const before = seen.get(ref) ?? 0;
      if ((before & (1 << then)) !== 0) continue;
      seen.set(ref, before | (1 << then));
      const base = find(ref);
      if (base !== undefined) ways.push({ version: base, relations: then });
    }
  }
  return false;
}

interface Mark {
  readonly way: LineageWay;
  /** A base model that is named on the way, and not to be found. */
  readonly missing: string | null;
  /** Other ways that belong to it: a licence that can be chosen may arrive over several. */
  readonly others: readonly LineageWay[];
}

const keyOf = (marks: ReadonlyMap<string, Mark>): string => [...marks.keys()].toSorted().join('\n');

/** What a decision can tell apart, each with the first way that brings it in. */
function marksOf({ terms, unknown, missing, choices }: LineageReading): ReadonlyMap<string, Mark> {
  const marks = new Map<string, Mark>();
  const mark = (text: string, way: LineageWay, absent: string | null = null, others: readonly LineageWay[] = []) => {
    if (!marks.has(text)) marks.set(text, { way, missing: absent, others });
  };
  for (const each of terms) mark(termsMark(each), each.way);
  for (const each of unknown) mark(unknownMark(each), each.way);
  for (const { way, ref } of missing) mark('missing', way, ref);
  for (const { way, alternatives } of choices) {
    const either = alternatives.map((alternative) => [...new Set([...alternative.terms.map(termsMark), ...alternative.unknown.map(unknownMark)])].toSorted().join(' & '));
    const ways = alternatives.flatMap((alternative) => [...alternative.terms, ...alternative.unknown].map((each) => each.way));
    mark(`either ${either.join(' | ')}`, way, null, ways);
  }
  return marks;
}

const termsMark = (terms: LineageTerms): string =>
  ['terms', terms.license.entry.id, reachOf(terms), ...(terms.unverified === null ? [] : ['unverified']), ...(terms.exception === null ? [] : [terms.exception]), ...claimsOf(terms.way), ...mediaOf(terms)].join(' ');

const unknownMark = ({ license }: UnknownLicense): string => `unknown ${license ?? '?'}`;

/**
 * How much of a licence arrives. The version asked about is told from one that is reached, and a changed one from one that was only learnt from, since obligations
 * ask for that. Relations over which the same arrives are not told apart: that is what keeps the number of keys small.
 */
function reachOf({ way, transfer }: LineageTerms): string {
  if (way.from === null) return 'own';
  const isChanged = (way.relations & ~relationBits.distilled) !== 0;
  return `${transfer.carries}/${transfer.obligations.toString(16)}/${[...transfer.stoppedBy].toSorted().join('+')}${isChanged ? '/changed' : ''}`;
}

const claimsOf = ({ version }: LineageWay): readonly string[] => [...(version.conflictingLicenses ?? [])].toSorted().map((claim) => `claims:${claim}`);

/** Some licences leave people out of multimodal models alone, and tell those by their names where nothing else does. */
function mediaOf({ license, way }: LineageTerms): readonly string[] {
  const exclusions = license.entry.regionExclusions.filter(({ multimodalOnly }) => multimodalOnly);
  if (exclusions.length === 0) return [];
  if (typeof way.version.multimodal === 'boolean') return [`multimodal:${way.version.multimodal}`];
  const ref = way.version.ref.toLowerCase();
  return exclusions.flatMap(({ multimodalNames, textNames }) => [...multimodalNames, ...textNames].filter((name) => ref.includes(name)).map((name) => `named:${name}`));
}

/** The versions on these ways, and of their base models those alone that are on them. */
function cutOut(root: LineageVersion, marks: readonly Mark[]): readonly LineageVersion[] {
  const kept = new Map<string, { readonly version: LineageVersion; readonly edges: Set<string> }>();
  const keep = (version: LineageVersion) => {
    let node = kept.get(version.ref);
    if (node === undefined) kept.set(version.ref, (node = { version, edges: new Set() }));
    return node;
  };
  keep(root);
  for (const { way: last, missing, others } of marks) {
    if (missing !== null) for (const { ref, relation } of last.version.baseModels) if (ref === missing) keep(last.version).edges.add(`${relation} ${ref}`);
    for (const each of [last, ...others])
      for (let way = each; way.from !== null; way = way.from) {
        keep(way.version);
        keep(way.from.version).edges.add(`${way.relation} ${way.version.ref}`);
      }
  }
  return [...kept.values()].map(({ version, edges }) => ({ ...version, baseModels: version.baseModels.filter(({ ref, relation }) => edges.has(`${relation} ${ref}`)) }));
}
