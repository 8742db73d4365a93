import type { FieldOfUseRestriction, License, LicenseLimit, LicenseObligation, ObligationTrigger } from '../licenses/license.ts';
import type { LineageRelation } from '../lineage/lineage.ts';
import type { Distribution } from '../use-cases/use-case-facts.ts';

/** Kinds of terms that travel down a lineage, as bits. */
export const carried = { permissions: 1, limits: 2, fieldOfUse: 4, outputRule: 8 } as const;
const everything = 15;

/** Relations as bits, so that a way through a lineage is the set of relations on it. */
export const relationBits: Readonly<Record<LineageRelation, number>> = { finetune: 1, adapter: 2, quantized: 4, merge: 8, distilled: 16 };
const relations = Object.keys(relationBits) as LineageRelation[];

/** What of a licence arrives after a way: terms, obligations by position, and relations that the licence does not let pass. */
export interface Transfer {
  readonly carries: number;
  readonly obligations: number;
  readonly stoppedBy: readonly LineageRelation[];
}

/** A licence prepared for deciding: looked up by word, with bits instead of lists. */
export interface CompiledLicense {
  readonly entry: License;
  readonly licensors: ReadonlySet<string>;
  readonly restrictions: ReadonlyMap<string, readonly FieldOfUseRestriction[]>;
  readonly restrictsPurposes: boolean;
  readonly limits: readonly LicenseLimit[];
  readonly obligations: readonly LicenseObligation[];
  readonly nonCommercialLimit: boolean;
  readonly hostingLimit: boolean;
  /** What arrives over a way of these relations; index is the sum of their bits. */
  readonly transfers: readonly Transfer[];
  /** Which obligations go to a model that is trained on outputs. */
  readonly studentObligations: number;
  /** Which obligations can arise for a distribution at all, `model-released` always among them. */
  readonly possibleObligations: Readonly<Record<Distribution, number>>;
}

const compiled = new WeakMap<License, CompiledLicense>();

export function compileLicense(entry: License): CompiledLicense {
  let result = compiled.get(entry);
  if (result === undefined) {
    result = compile(entry);
    compiled.set(entry, result);
  }
  return result;
}

/** Effects that say no at least as firmly as a permission that is not granted: only then may a limit of the same name speak for it. */
const denies: ReadonlySet<string> = new Set(['deny', 'request-license']);

function compile(entry: License): CompiledLicense {
  const single = Object.fromEntries(relations.map((relation) => [relation, transfer(entry, relation)])) as Record<LineageRelation, Transfer>;
  const transfers = Array.from({ length: 32 }, (_, set): Transfer => {
    const taken = relations.filter((relation) => (set & relationBits[relation]) !== 0).map((relation) => single[relation]);
    return {
      carries: taken.reduce((bits, { carries }) => bits & carries, everything),
      obligations: taken.reduce((bits, { obligations }) => bits & obligations, allObligations(entry)),
      stoppedBy: taken.flatMap(({ stoppedBy }) => stoppedBy),
    };
  });
  return {
    entry,
    licensors: new Set(entry.licensors.map(canonicalPublisher)),
    restrictions: Map.groupBy(entry.fieldOfUse, ({ word }) => word),
    restrictsPurposes: entry.fieldOfUse.length > 0 || entry.unreadPolicy !== null,
    limits: entry.limits.filter(({ effect }) => effect !== 'note'),
    obligations: entry.obligations,
    nonCommercialLimit: entry.limits.some(({ name, measure, effect }) => name === 'non-commercial' && measure === 'commercial' && denies.has(effect)),
    hostingLimit: entry.limits.some(({ name, measure, effect }) => name === 'no-hosting' && measure === 'distribution' && denies.has(effect)),
    transfers,
    studentObligations: single.distilled.obligations,
    possibleObligations: {
      internal: obligationBits(entry, ['any', 'model-released']),
      service: obligationBits(entry, ['any', 'available', 'model-released']),
      embedded: allObligations(entry),
      weights: allObligations(entry),
    },
  };
}

function transfer(entry: License, relation: LineageRelation): Transfer {
  const { rule, only, keepsLimits, keepsTerms } = entry.propagation[relation];
  const kept = keepsTerms === true ? everything : keepsLimits === true ? carried.permissions | carried.limits : 0;
  const obligations = only === undefined ? allObligations(entry) : entry.obligations.reduce((bits, { code }, index) => (only.includes(code) ? bits | (1 << index) : bits), 0);
  switch (rule) {
    case 'same-license':
    case 'pass-on-restrictions':
      return { carries: everything, obligations, stoppedBy: [] };
    case 'obligations-only':
      return { carries: kept, obligations, stoppedBy: [] };
    case 'none':
      return { carries: 0, obligations: 0, stoppedBy: [] };
    case 'unlicensed':
    case 'separate-model':
    case 'contract-only':
      return { carries: kept, obligations: keepsTerms === true ? obligations : 0, stoppedBy: [relation] };
    case 'review':
      return { carries: kept, obligations: only === undefined && keepsTerms !== true ? 0 : obligations, stoppedBy: [relation] };
  }
}

/** Thirty at most, as the schema says, so that they fit the bits of a number. */
const allObligations = (entry: License): number => (1 << entry.obligations.length) - 1;

const obligationBits = (entry: License, triggers: readonly ObligationTrigger[]): number =>
  entry.obligations.reduce((bits, { trigger }, index) => (triggers.includes(trigger) ? bits | (1 << index) : bits), 0);

const canonicalNames = new Map<string, string>();

/** Publishers are compared by letters and digits, so that `Meta` is `meta`, and `DeepSeek` is `deepseek`. */
export function canonicalPublisher(publisher: string): string {
  let canonical = canonicalNames.get(publisher);
  if (canonical === undefined) {
    canonical = publisher.normalize('NFKC').toLowerCase().replaceAll(/[^\p{Letter}\p{Number}]/gu, '');
    if (canonicalNames.size >= 10_000) canonicalNames.clear();
    canonicalNames.set(publisher, canonical);
  }
  return canonical;
}
