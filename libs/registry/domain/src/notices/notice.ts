import { catalogueBook } from '../licenses/license-book.ts';
import type { LicenseBook } from '../licenses/license-book.ts';
import { prepareDecision } from '../decision/license-decision.ts';
import type { Obligation } from '../decision/decision.ts';
import type { License, LicenseObligation } from '../licenses/license.ts';
import { licenseIdsOf } from '../licenses/license-ids.ts';
import { lineageClosure } from '../lineage/lineage.ts';
import type { FindVersion, LineageRelation, LineageVersion } from '../lineage/lineage.ts';
import type { UseCaseFacts } from '../use-cases/use-case-facts.ts';

/** What a notice says of a version beside the facts that decisions need. */
export interface NoticeVersion extends LineageVersion {
  /** As it was declared, where it was not recognised. */
  readonly licenseDeclared?: string | null;
  readonly sources?: readonly { readonly title: string; readonly url: string | null }[];
  /** Copyright lines as its files state them, never made up. */
  readonly copyright?: readonly string[];
}

export interface NoticeInput {
  /** What the notice is for: one version, or everything that a project runs. */
  readonly roots: readonly NoticeVersion[];
  readonly find: (ref: string) => NoticeVersion | undefined;
  /** Only what these uses trigger; absent: everything that any use could ask for. */
  readonly useCases?: readonly UseCaseFacts[];
  readonly licenses?: LicenseBook;
}

/** Exact words that a licence asks to be shown, or to stand in a file named "Notice". */
export interface NoticeLine {
  readonly line: string;
  /** Where and when, and the clause that asks for it, a sentence each. */
  readonly because: readonly string[];
  /** The declared facts leave open whether it is due. */
  readonly conditional: boolean;
}

export interface NoticeDuty {
  readonly text: string;
  readonly clause: string;
  readonly versions: readonly string[];
  readonly conditional: boolean;
}

export interface NoticeLicense {
  readonly id: string;
  readonly name: string;
  /** A link where there is one; else where the text was read. */
  readonly where: string;
  readonly versions: readonly string[];
  readonly duties: readonly NoticeDuty[];
}

export interface NoticeEntry {
  readonly ref: string;
  readonly publisher: string;
  readonly releasedOn: string | null;
  readonly license: string | null;
  readonly licenseDeclared: string | null;
  readonly copyright: readonly string[];
  readonly sources: readonly { readonly title: string; readonly url: string | null }[];
  readonly madeFrom: readonly { readonly ref: string; readonly relation: LineageRelation }[];
}

export interface Notice {
  readonly roots: readonly string[];
  readonly display: readonly NoticeLine[];
  readonly file: readonly NoticeLine[];
  readonly entries: readonly NoticeEntry[];
  readonly licenses: readonly NoticeLicense[];
  /** What all of it comes from, root by root. */
  readonly obligations: readonly Obligation[];
  /** What is missing for a complete notice, in sentences. */
  readonly open: readonly string[];
}

/**
 * Everything that the obligations of some versions and their lineages ask to be said, each thing once and in a stable order: roots and their bases
 * nearest first, licences and lines by their words. Obligations are those of {@link prepareDecision}, so what ends along the lineage ends here too.
 */
export function notice({ roots, find, useCases, licenses = catalogueBook }: NoticeInput): Notice {
  const versions = new Map<string, NoticeVersion>();
  const missing = new Map<string, string>();
  for (const root of roots) {
    const closure = lineageClosure(root, find);
    for (const version of closure.versions) versions.set(version.ref, version);
    for (const { ref, child } of closure.missing) if (!missing.has(ref)) missing.set(ref, child);
  }
  const obligations = roots.flatMap((root) => obligationsOf(root, find, [...versions.values()], useCases, licenses));
  const entries = [...versions.values()].map(entryOf);
  return {
    roots: roots.map(({ ref }) => ref),
    display: linesOf(obligations, 'display-attribution', licenses),
    file: linesOf(obligations, 'include-notice', licenses),
    entries,
    licenses: licensesOf(entries, obligations, licenses),
    obligations,
    open: [
      ...entries.filter(({ license }) => license === null).map(({ ref, licenseDeclared }) => `The licence of ${ref} is not known${licenseDeclared === null ? '' : ` (declared: ${shortened(licenseDeclared)})`}: what it asks for is not in this notice.`),
      ...[...versions.values()].flatMap(({ ref, license, conflictingLicenses = [] }) => conflictingLicenses.map((other) => `${ref} is published under ${license ?? 'an unknown licence'} and under ${other}: which was granted is not settled.`)),
      ...[...missing].map(([ref, child]) => `${ref}, which ${child} was made from, is not registered: what it asks for is not in this notice.`),
    ],
  };
}

/** Any use at all: handed on with its weights, commercially or not, by anyone, and a source of training data. Numbers and the rest are left open. */
const anyUse = (purposes: readonly string[]): UseCaseFacts => ({
  purposes: [...new Set(['any-purpose', ...purposes])],
  commercial: null,
  monthlyActiveUsers: null,
  annualRevenueUsd: null,
  regions: [],
  distribution: 'weights',
  trainOnOutputs: true,
});

function obligationsOf(root: NoticeVersion, find: NoticeInput['find'], closure: readonly NoticeVersion[], useCases: readonly UseCaseFacts[] | undefined, licenses: LicenseBook): Obligation[] {
  const decideFor = prepareDecision({ root, find: find as FindVersion, licenses });
  if (useCases !== undefined) return useCases.flatMap((useCase) => decideFor(useCase).obligations);
  const purposes = closure.flatMap(({ license }) => licenseIdsOf(license)).flatMap((id) => licenses.get(id)?.obligations.flatMap((obligation) => obligation.purposes ?? []) ?? []);
  return decideFor(anyUse(purposes)).obligations;
}

const entryOf = ({ ref, publisher, releasedOn = null, license, licenseDeclared = null, copyright = [], sources = [], baseModels }: NoticeVersion): NoticeEntry => ({
  ref,
  publisher,
  releasedOn,
  license,
  licenseDeclared,
  copyright: [...new Set(copyright)],
  sources,
  madeFrom: baseModels,
});

/** The rule of the licence that an obligation came from. */
const ruleOf = ({ license, code, clause }: Obligation, licenses: LicenseBook): LicenseObligation | undefined =>
  licenses.get(license)?.obligations.find((rule) => rule.code === code && rule.clause === clause);

function linesOf(obligations: readonly Obligation[], code: 'display-attribution' | 'include-notice', licenses: LicenseBook): NoticeLine[] {
  const lines = new Map<string, { because: Set<string>; conditional: boolean }>();
  for (const obligation of obligations) {
    if (obligation.code !== code) continue;
    const line = ruleOf(obligation, licenses)?.line;
    if (line === undefined) continue;
    const known = lines.get(line) ?? { because: new Set(), conditional: true };
    known.because.add(`${code === 'display-attribution' ? `${obligation.text} ` : ''}${nameOf(obligation.license, licenses)}, ${obligation.clause}; ${obligation.version}.`);
    known.conditional &&= obligation.conditional;
    lines.set(line, known);
  }
  return [...lines].map(([line, { because, conditional }]) => ({ line, because: [...because].toSorted(), conditional })).toSorted((a, b) => inOrder(a.line, b.line));
}

function licensesOf(entries: readonly NoticeEntry[], obligations: readonly Obligation[], licenses: LicenseBook): NoticeLicense[] {
  const versions = new Map<string, Set<string>>();
  const seenUnder = (id: string, ref: string) => void (versions.get(id) ?? versions.set(id, new Set()).get(id))?.add(ref);
  for (const { license, ref } of entries) for (const id of licenseIdsOf(license)) seenUnder(id, ref);
  const duties = new Map<string, Map<string, { duty: Obligation; versions: Set<string>; conditional: boolean }>>();
  for (const duty of obligations) {
    if (!versions.has(duty.license)) seenUnder(duty.license, duty.version);
    const ofLicense = duties.get(duty.license) ?? new Map<string, { duty: Obligation; versions: Set<string>; conditional: boolean }>();
    duties.set(duty.license, ofLicense);
    const key = `${duty.clause}\n${duty.text}`;
    const known = ofLicense.get(key) ?? { duty, versions: new Set<string>(), conditional: true };
    known.versions.add(duty.version);
    known.conditional &&= duty.conditional;
    ofLicense.set(key, known);
  }
  return [...versions]
    .map(([id, refs]) => ({
      id,
      name: nameOf(id, licenses),
      where: whereOf(id, licenses.get(id)),
      versions: [...refs].toSorted(inOrder),
      duties: [...(duties.get(id)?.values() ?? [])].map(({ duty, versions: owed, conditional }) => ({ text: duty.text, clause: duty.clause, versions: [...owed].toSorted(inOrder), conditional })),
    }))
    .toSorted((a, b) => inOrder(a.name, b.name) || inOrder(a.id, b.id));
}

const nameOf = (id: string, licenses: LicenseBook): string => licenses.get(id)?.name ?? id;

/** SPDX ids have a page of their own; of the others the catalogue knows where they were read. */
export const whereOf = (id: string, license: Pick<License, 'source'> | undefined): string =>
  id.startsWith('LicenseRef-') ? (license === undefined ? 'not in the catalogue' : `text: ${license.source}`) : `https://spdx.org/licenses/${encodeURIComponent(id)}.html`;

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const shortened = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return `"${line.length > 80 ? `${line.slice(0, 80)}…` : line}"`;
};
