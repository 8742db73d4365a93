import { canonicalPublisher, carried, compileLicense, relationBits } from './compile-license.ts';
import type { CompiledLicense, Transfer } from './compile-license.ts';
import type { EdgeEffect } from '../lineage/edge-effect.ts';
import { catalogueBook } from '../licenses/license-book.ts';
import type { LicenseBook } from '../licenses/license-book.ts';
import { licenseIdsOf } from '../licenses/license-ids.ts';
import type { PropagationRule } from '../licenses/license.ts';
import type { LineageEdge, LineageRelation, LineageVersion } from '../lineage/lineage.ts';

/** What of one licence reaches a version over one of its base models. */
export interface EdgeTransfer {
  readonly license: string;
  /** The version whose licence it is: the base model, or one that it was made from. */
  readonly version: string;
  readonly effects: readonly EdgeEffect[];
  /** Codes of the obligations that go along. */
  readonly obligations: readonly string[];
  readonly clause: string | null;
  readonly message: string;
}

interface Arrival {
  readonly license: CompiledLicense;
  readonly version: LineageVersion;
  /** Sum of the bits of the relations so far. */
  readonly relations: number;
}

export type TransfersOver = (child: LineageVersion, edge: LineageEdge) => readonly EdgeTransfer[];

/**
 * For explaining a lineage step by step; decisions read it by `readLineage`, which weighs all ways at once. Each licence is shown once on an edge, by the shortest
 * way. Base models that are not among the versions bring nothing that is known. Bounded on cycles.
 */
export function edgeTransfers(versions: readonly LineageVersion[], licenses: LicenseBook = catalogueBook): TransfersOver {
  const byRef = new Map(versions.map((version) => [version.ref, version]));
  const arrivals = new Map<string, readonly Arrival[]>();
  for (const version of bottomUp(versions, byRef)) arrivals.set(version.ref, arrivalsAt(version));

  return (child, { ref, relation }) => {
    const shown = new Map<string, EdgeTransfer>();
    for (const arrival of arrivals.get(ref) ?? []) {
      const isOwn = arrival.version.ref === ref;
      const transfer = step(arrival, child, relation);
      if (shown.has(transfer.license) || (!isOwn && transfer.effects.every((effect) => effect === 'nothing'))) continue;
      shown.set(transfer.license, transfer);
    }
    return [...shown.values()];
  };

  /** Its own licences, and what arrives over its base models; the own ones first. */
  function arrivalsAt(version: LineageVersion): readonly Arrival[] {
    const all: Arrival[] = licenseIdsOf(version.license).flatMap((id) => {
      const entry = licenses.get(id);
      return entry === undefined ? [] : [{ license: compileLicense(entry), version, relations: 0 }];
    });
    const seen = new Set(all.map(({ license }) => `${license.entry.id} 0`));
    for (const { ref, relation } of version.baseModels) {
      for (const arrival of arrivals.get(ref) ?? []) {
        const relations = arrival.relations | relationBits[relation];
        const word = `${arrival.license.entry.id} ${relations}`;
        if (seen.has(word) || isLicensor(arrival, version) || isNothing(arrival.license.transfers[relations])) continue;
        seen.add(word);
        all.push({ ...arrival, relations });
      }
    }
    return all;
  }
}

const isNothing = (transfer: Transfer | undefined): boolean => transfer === undefined || (transfer.carries === 0 && transfer.obligations === 0 && transfer.stoppedBy.length === 0);

/** Who published what is licensed may publish what was made from it under another licence. */
function isLicensor({ license, version }: Arrival, child: LineageVersion): boolean {
  const publisher = canonicalPublisher(child.publisher);
  return license.licensors.size > 0 ? license.licensors.has(publisher) : publisher === canonicalPublisher(version.publisher);
}

const carriedEffects = [
  ['permissions', carried.permissions],
  ['limits', carried.limits],
  ['field-of-use', carried.fieldOfUse],
  ['output-rule', carried.outputRule],
] as const satisfies readonly (readonly [EdgeEffect, number])[];

const rules: Readonly<Record<PropagationRule, string>> = {
  'same-license': 'what is made this way stays under all of its terms.',
  'pass-on-restrictions': 'its restrictions and obligations go along.',
  'obligations-only': 'its obligations go along, its restrictions do not.',
  none: 'nothing of it goes along.',
  unlicensed: 'it gives no right to make such a model.',
  'separate-model': 'it forbids making such a model.',
  'contract-only': 'it binds who made the model, not who uses it.',
  review: 'it leaves open what a model made this way inherits.',
};

function step(arrival: Arrival, child: LineageVersion, relation: LineageRelation): EdgeTransfer {
  const { license, version, relations } = arrival;
  const { entry } = license;
  const { rule, clause, onlyWhenShared, onlyWhenCommercial } = entry.propagation[relation];
  const head = { license: entry.id, version: version.ref, clause };
  const named = `${entry.name}${clause === null ? '' : ` (${clause})`}`;
  if (isLicensor(arrival, child)) return { ...head, effects: ['own-licence'], obligations: [], message: `${named}: ${child.publisher} is the licensor, and published ${child.ref} under a licence of its own.` };
  const transfer = license.transfers[relations | relationBits[relation]];
  if (transfer === undefined || isNothing(transfer)) return { ...head, effects: ['nothing'], obligations: [], message: `${named}: nothing of it goes along.` };
  const obligations = [...new Set(entry.obligations.filter((_, index) => (transfer.obligations & (1 << index)) !== 0).map(({ code }) => code))];
  const effects: EdgeEffect[] = [
    ...carriedEffects.filter(([, bit]) => (transfer.carries & bit) !== 0).map(([effect]) => effect),
    ...(obligations.length > 0 ? (['obligations'] as const) : []),
    ...(transfer.stoppedBy.length > 0 ? (['stopped'] as const) : []),
  ];
  return { ...head, effects, obligations, message: `${named}: ${rules[rule]}${onlyWhenShared === true ? ' That holds only when the result is shared.' : ''}${onlyWhenCommercial === true ? ' That holds only when the result is used commercially.' : ''}` };
}

/** Base models before what was made from them. */
function bottomUp(versions: readonly LineageVersion[], byRef: ReadonlyMap<string, LineageVersion>): LineageVersion[] {
  const ordered: LineageVersion[] = [];
  const entered = new Set<string>();
  for (const start of versions) {
    if (entered.has(start.ref)) continue;
    entered.add(start.ref);
    const path = [{ version: start, next: 0 }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const edge = top.version.baseModels[top.next++];
      if (edge === undefined) {
        ordered.push(top.version);
        path.pop();
        continue;
      }
      const base = byRef.get(edge.ref);
      if (base === undefined || entered.has(base.ref)) continue;
      entered.add(base.ref);
      path.push({ version: base, next: 0 });
    }
  }
  return ordered;
}
