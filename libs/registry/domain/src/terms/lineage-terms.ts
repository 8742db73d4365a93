import { canonicalPublisher, compileLicense, relationBits } from './compile-license.ts';
import type { CompiledLicense, Transfer } from './compile-license.ts';
import type { LicenseBook } from '../licenses/license-book.ts';
import { licenseAlternatives } from '../licenses/license-expression.ts';
import type { LicenseAlternative } from '../licenses/license-expression.ts';
import { createLineageReach } from './lineage-reach.ts';
import type { LineageReach } from './lineage-reach.ts';
import type { FindVersion, LineageRelation, LineageVersion } from '../lineage/lineage.ts';

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
  /** The child on the way that, if its publisher is who it says, is the licensor's own, so that the terms end there. Null: none, they hold. */
  readonly unverified: LineageWay | null;
  /** SPDX id of what permits more than the licence does. */
  readonly exception: string | null;
}

/** A version whose licence is not known, or an operand of its licence. */
export interface UnknownLicense {
  readonly way: LineageWay;
  readonly license: string | null;
}

/** What arrives under one licence, or under several that apply together. */
export interface ArrivingTerms {
  readonly terms: readonly LineageTerms[];
  readonly unknown: readonly UnknownLicense[];
}

/** A version under an expression with `OR`: the licensee chooses. */
export interface LicenseChoice {
  readonly way: LineageWay;
  readonly expression: string;
  readonly alternatives: readonly (ArrivingTerms & { readonly words: string })[];
}

export interface LineageReading extends ArrivingTerms {
  /** Versions with a licence to choose; what arrives from them is in none of the other lists. */
  readonly choices: readonly LicenseChoice[];
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
  const walk = walkLineage(root, find);
  const terms: LineageTerms[] = [];
  // Most lineages need none of these, and deciding is done a hundred thousand times a second.
  let unknown: Map<string, UnknownLicense> | null = null;
  let choices: Map<string, OpenChoice> | null = null;
  let reach: LineageReach | null = null;
  for (const way of walk.ways) {
    const { license: name, ref } = way.version;
    const entry = name === null ? undefined : licenses.get(name);
    if (entry !== undefined) {
      const arriving = arrive(compileLicense(entry), way, null);
      if (arriving !== null) terms.push(arriving);
    } else if (name === null) {
      unknown ??= new Map();
      if (!unknown.has(ref)) unknown.set(ref, { way, license: null });
    } else readExpression(name, way);
  }
  return { terms, unknown: listOf<UnknownLicense>(unknown), choices: listOf<OpenChoice>(choices).map(closeChoice), missing: walk.missing };

  /** With one way to read it, its licences apply like any other; with several, the choice is left to who decides. */
  function readExpression(expression: string, way: LineageWay): void {
    const alternatives = licenseAlternatives(expression, licenses);
    const [only] = alternatives;
    if (alternatives.length === 1 && only !== undefined) collect(only, way, terms, (unknown ??= new Map()));
    else {
      choices ??= new Map();
      let choice = choices.get(way.version.ref);
      if (choice === undefined) choices.set(way.version.ref, (choice = { way, expression, alternatives: alternatives.map(({ words }) => ({ words, terms: [], unknown: new Map() })) }));
      for (const [index, alternative] of alternatives.entries()) {
        const open = choice.alternatives[index];
        if (open !== undefined) collect(alternative, way, open.terms, open.unknown);
      }
    }
  }

  function collect(alternative: LicenseAlternative, way: LineageWay, into: LineageTerms[], missing: Map<string, UnknownLicense>): void {
    for (const { id, entry, exception } of alternative.licenses) {
      const key = `${id} ${way.version.ref}`;
      if (entry === null) {
        if (!missing.has(key)) missing.set(key, { way, license: id });
        continue;
      }
      const arriving = arrive(compileLicense(entry), way, exception);
      if (arriving !== null) into.push(arriving);
    }
  }

  /** What of a licence arrives over a way; null: nothing. */
  function arrive(license: CompiledLicense, way: LineageWay, exception: string | null): LineageTerms | null {
    const transfer = license.transfers[way.relations] as Transfer;
    if (way.from === null) return { license, way, transfer, unverified: null, exception };
    // One that lets everything pass, or is the publisher's own, is out of it only if it is surely the licence.
    const claims = way.version.conflictingLicenses;
    const isCertain = claims === undefined || claims.length === 0;
    if (isCertain && transfer.carries === 0 && transfer.obligations === 0 && transfer.stoppedBy.length === 0) return null;
    const end = isCertain ? licensorOn(way, license) : null;
    if (end === null) return { license, way, transfer, unverified: null, exception };
    if (walk.joins) {
      const past = otherWay(way, license, 'claimed');
      if (past !== undefined) return { license, way: past, transfer, unverified: null, exception };
      const doubtful = end.isVerified ? otherWay(way, license, 'verified') : way;
      if (doubtful === undefined) return null;
      return { license, way: doubtful, transfer, unverified: licensorOn(doubtful, license)?.way ?? end.way, exception };
    }
    return end.isVerified ? null : { license, way, transfer, unverified: end.way, exception };
  }

  /** A way of the same relations that passes no child of a licensor: none that claims to be one, or none that surely is. */
  function otherWay(way: LineageWay, license: CompiledLicense, which: 'claimed' | 'verified'): LineageWay | undefined {
    const licensors = license.licensors.size > 0 ? license.licensors : new Set([way.publisher]);
    if (which === 'verified' && license.licensors.size === 0 && !isVerified(way)) return way;
    reach ??= createLineageReach(walk.ways);
    return reach.wayPast(way, [which, ...licensors].join('\n'), (child) => licensors.has(child.publisher) && (which === 'claimed' || isVerified(child)));
  }
}

const listOf = <T>(map: ReadonlyMap<string, T> | null): readonly T[] => (map === null ? [] : [...map.values()]);

interface OpenChoice {
  readonly way: LineageWay;
  readonly expression: string;
  readonly alternatives: readonly { readonly words: string; readonly terms: LineageTerms[]; readonly unknown: Map<string, UnknownLicense> }[];
}

const closeChoice = ({ way, expression, alternatives }: OpenChoice): LicenseChoice => ({
  way,
  expression,
  alternatives: alternatives.map(({ words, terms, unknown }) => ({ words, terms, unknown: [...unknown.values()] })),
});

const isVerified = ({ version }: LineageWay): boolean => version.publisherVerified !== false;

/**
 * The child on the way, the root included, that a licensor published: one whose publisher is vouched for if there is one, else one that merely says so.
 * Under a general licence the licensor is the publisher of the version itself, which then has to be vouched for as well.
 */
function licensorOn(way: LineageWay, { licensors }: CompiledLicense): { readonly way: LineageWay; readonly isVerified: boolean } | null {
  const general = licensors.size === 0;
  let claimed: LineageWay | null = null;
  for (let child = way.from; child !== null; child = child.from) {
    if (general ? child.publisher !== way.publisher : !licensors.has(child.publisher)) continue;
    if (isVerified(child) && (!general || isVerified(way))) return { way: child, isVerified: true };
    claimed ??= child;
  }
  return claimed === null ? null : { way: claimed, isVerified: false };
}

/**
 * Breadth first, so the first way to a version is a shortest one. A version is passed once for each set of relations, since what a licence
 * lets through depends on that set alone: at most 31 times, however many ways there are.
 */
function walkLineage(root: LineageVersion, find: FindVersion): Walk {
  const walk: Walk = { ways: [{ version: root, relation: null, relations: 0, from: null, depth: 0, publisher: canonicalPublisher(root.publisher), words: null }], missing: [], joins: false };
  if (root.baseModels.length === 0) return walk;
  const seen = new Map<string, number[]>([[root.ref, [0]]]);
  const absent = new Set<string>();
  for (let next = 0; next < walk.ways.length; next++) {
    const way = walk.ways[next];
    if (way === undefined) break;
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
