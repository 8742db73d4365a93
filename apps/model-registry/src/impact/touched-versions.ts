import { setImmediate } from 'node:timers/promises';
import type { LineageRecord, Registry } from '@weighbridge/registry-data';
import { describeStep, licenseIdsOf, lineageTermsKey } from '@weighbridge/registry-domain';
import type { AssumedLicenses, FindVersion, ImpactSubject, LicenseBook, LineageVersion } from '@weighbridge/registry-domain';

/** Terms as they are and as they would be: everything that decisions can tell apart, so a pair is decided once for all versions that have it. */
export interface TermsPair {
  readonly before: DecidableLineage;
  /** Null without an assumption. */
  readonly after: DecidableLineage | null;
}

export interface DecidableLineage {
  readonly root: LineageVersion;
  readonly find: FindVersion;
}

export interface TouchedVersion {
  readonly record: Omit<LineageRecord, 'baseModels'>;
  /** In words, nearest first; null: it is what was asked about. */
  readonly via: string | null;
  /** The version that brings the licence in, or that was asked about. */
  readonly origin: string;
  readonly pair: TermsPair;
}

export interface Touched {
  readonly touched: readonly TouchedVersion[];
  /** Touched as well, but with so many ways through their lineage that they can only be decided on one by one. */
  readonly unread: number;
}

const readAtATime = 2_000;
const shownSteps = 8;
const longestTurnMs = 20;

/** Reads the terms of what is touched, some thousand versions at a time, so that a licence that half of the registry has fits into memory. */
export async function readTouched(registry: Registry, subject: ImpactSubject, found: readonly LineageRecord[], licenses: LicenseBook, assumption: AssumedLicenses | null): Promise<Touched> {
  const ways = waysFrom(found, (record) => ('license' in subject ? licenseIdsOf(record.license).includes(subject.license) : record.ref === subject.version));
  const pairs = new Map<string, TermsPair>();
  const touched: TouchedVersion[] = [];
  let unread = 0;
  for (let from = 0; from < found.length; from += readAtATime) {
    const part = found.slice(from, from + readAtATime);
    const lineage = new Map<string, LineageVersion>((await registry.lineage.listAncestors(part.map(({ id }) => id))).map((version) => [version.ref, version]));
    const find: FindVersion = (ref) => lineage.get(ref);
    const assumed = new Map<string, LineageVersion>(assumption === null ? [] : [...lineage].map(([ref, version]) => [ref, assumption.assumed(version)]));
    const findAssumed: FindVersion = (ref) => assumed.get(ref);
    let turnEnds = performance.now() + longestTurnMs;
    for (const { baseModels: _, ...record } of part) {
      const root = lineage.get(record.ref);
      if (root === undefined) continue;
      const before = lineageTermsKey(root, find, licenses);
      const after = assumption === null ? undefined : lineageTermsKey(assumed.get(record.ref) ?? root, findAssumed, assumption.licenses);
      if (before === null || after === null) {
        unread += 1;
        continue;
      }
      const key = `${before.key}\n\n${after?.key ?? ''}`;
      let pair = pairs.get(key);
      if (pair === undefined) pairs.set(key, (pair = { before: decidable(before.sample), after: after === undefined ? null : decidable(after.sample) }));
      touched.push({ record, pair, ...(ways.get(record.ref) ?? { via: null, origin: record.ref }) });
      if (performance.now() < turnEnds) continue;
      await setImmediate();
      turnEnds = performance.now() + longestTurnMs;
    }
  }
  return { touched, unread };
}

function decidable(sample: readonly LineageVersion[]): DecidableLineage {
  const byRef = new Map(sample.map((version) => [version.ref, version]));
  return { root: sample[0] as LineageVersion, find: (ref) => byRef.get(ref) };
}

interface Way {
  readonly via: string | null;
  readonly origin: string;
}

/** The nearest come first, so of the base models that are touched too, the first is on a shortest way. */
function waysFrom(found: readonly LineageRecord[], isOrigin: (record: LineageRecord) => boolean): ReadonlyMap<string, Way> {
  const places = new Map(found.map(({ ref }, place) => [ref, place]));
  const steps = new Map<string, { readonly words: readonly string[]; readonly length: number; readonly origin: string }>();
  for (const [place, record] of found.entries()) {
    const { ref } = record;
    let nearest: { readonly at: number; readonly words: string; readonly ref: string } | undefined;
    for (const base of isOrigin(record) ? [] : record.baseModels) {
      const at = places.get(base.ref);
      if (at !== undefined && at < place && (nearest === undefined || at < nearest.at)) nearest = { at, words: describeStep(base.relation, base.ref), ref: base.ref };
    }
    const before = nearest === undefined ? undefined : steps.get(nearest.ref);
    steps.set(ref, nearest === undefined || before === undefined ? { words: [], length: 0, origin: ref } : { words: [nearest.words, ...before.words].slice(0, shownSteps), length: before.length + 1, origin: before.origin });
  }
  return new Map([...steps].map(([ref, { words, length, origin }]) => [ref, { origin, via: length === 0 ? null : `${words.join(', ')}${length > words.length ? `, … ${length - words.length} more` : ''}` }]));
}
