import { carried } from '../terms/compile-license.ts';
import type { Decision } from './decision.ts';
import { DecisionFindings } from './decision-findings.ts';
import { decideLimits } from './decide-limits.ts';
import { decideObligations } from './decide-obligations.ts';
import { decideOutputTraining, decidePermissions, decideRegions } from './decide-permissions.ts';
import { decidePurposes } from './decide-purposes.ts';
import { nobodyCounted } from './counted-users.ts';
import type { CountedUsers } from './counted-users.ts';
import { chooseLicenses } from './choose-licenses.ts';
import { catalogueBook } from '../licenses/license-book.ts';
import type { LicenseBook } from '../licenses/license-book.ts';
import type { PropagationRule } from '../licenses/license.ts';
import { describeStep, readLineage } from '../terms/lineage-terms.ts';
import type { ArrivingTerms, LineageReading, LineageTerms } from '../terms/lineage-terms.ts';
import type { FindVersion, LineageVersion } from '../lineage/lineage.ts';
import type { UseCaseFacts } from '../use-cases/use-case-facts.ts';

export interface DecisionInput {
  readonly root: LineageVersion;
  /** Versions by `name@version`. */
  readonly find: FindVersion;
  readonly useCase: UseCaseFacts;
  /** The licences in force; absent: the catalogue as it ships. */
  readonly licenses?: LicenseBook;
  /** What the gateway counted; absent: nothing. */
  readonly counted?: CountedUsers;
}

/**
 * May this version be used for that? Pure: the same lineage, licences and facts give the same answer. Rules in order: grant, who and where, limits,
 * field of use, outputs, lineage, obligations. The worst wins, everything that fires is reported, and what is not known is `review`, never `allow`.
 * A reading of licence texts for engineers, not legal advice.
 */
export function decide({ root, find, useCase, licenses = catalogueBook, counted = nobodyCounted }: DecisionInput): Decision {
  return decideFor(readLineage(root, find, licenses), useCase, counted);
}

/** As {@link decide}, for many use cases of one version: the lineage is read once. */
export function prepareDecision({ root, find, licenses = catalogueBook, counted = nobodyCounted }: Omit<DecisionInput, 'useCase'>): (useCase: UseCaseFacts) => Decision {
  const reading = readLineage(root, find, licenses);
  return (useCase) => decideFor(reading, useCase, counted);
}

function decideFor(reading: LineageReading, useCase: UseCaseFacts, counted: CountedUsers): Decision {
  if (reading.choices.length === 0) return weigh(reading, reading.missing, useCase, counted).decision();
  const { findings, notes } = chooseLicenses(reading, (arriving, missing) => weigh(arriving, missing, useCase, counted));
  const decision = findings.decision();
  return { ...decision, reasons: [...decision.reasons, ...notes] };
}

/** Versions without a known licence that are named one by one: a decision is kept, and one unknown is enough for `review`. */
const shownUnknown = 100;

/** Everything that fires for terms that apply together. */
function weigh({ terms: all, unknown }: ArrivingTerms, missing: LineageReading['missing'], useCase: UseCaseFacts, counted: CountedUsers): DecisionFindings {
  const findings = new DecisionFindings();
  for (const { way, license } of unknown.slice(0, shownUnknown)) {
    const { ref } = way.version;
    findings.addAbout('review', way, 'unknown-license', ref, license, license === null ? `The licence of ${ref} is not known: somebody has to read it before it is used.` : `The licence "${license}" of ${ref} is not in the catalogue: somebody has to read it before it is used.`);
  }
  const oneMore = unknown[shownUnknown];
  if (oneMore !== undefined) findings.addAbout('review', oneMore.way, 'unknown-license', oneMore.way.version.ref, null, `The licences of ${unknown.length - shownUnknown} more versions of the lineage are not known.`);
  for (const { ref, relation, way } of missing) findings.addAbout('review', way, 'unknown-license', ref, null, `${way.version.ref} is recorded as ${describeStep(relation, ref)}, which is not registered, so the terms that come from there are not known.`);
  for (const terms of all) {
    const { entry } = terms.license;
    const { ref, conflictingLicenses } = terms.way.version;
    if (!entry.textRead) findings.add('review', terms, 'unknown-license', null, 'it is known by name, but its text has not been read for this catalogue.', `license of ${ref}`);
    if (conflictingLicenses !== undefined) for (const claimed of conflictingLicenses)
      findings.addAbout('review', terms.way, 'license-conflict', ref, claimed, `${ref} is published under ${terms.way.version.license ?? entry.id} and under ${claimed}; which of them was granted cannot be told from its files.`);
    if (terms.exception !== null) findings.add('note', terms, 'license-exception', null, `${ref} is published with the exception ${terms.exception}. Exceptions only permit more, so it is decided as without it.`);
    decidePermissions(terms, useCase, findings);
    decideRegions(terms, useCase, findings);
    const switches = decideLimits(terms, useCase, counted, findings);
    decidePurposes(terms, useCase, findings);
    decideOutputTraining(terms, useCase, findings);
    if (terms.transfer.stoppedBy.length > 0) decideMaking(terms, useCase, findings);
    decideObligations(terms, useCase, switches, findings);
  }
  if (all.length > 1) decideJoining(all, useCase, findings);
  if (!findings.fires) for (const terms of all) if ((terms.transfer.carries & carried.permissions) !== 0) findings.add('note', terms, 'granted', grantClause(terms, useCase), 'this use is within what is granted.');
  return findings;
}

const notMade = 'does not let such a model be made';
const makingSentences: Partial<Record<PropagationRule, string>> = {
  unlicensed: 'gives no right to make such a model',
  'separate-model': 'forbids making such a model',
};

/** A model that its licence does not let be made that way, or leaves open. */
function decideMaking(terms: LineageTerms, useCase: UseCaseFacts, findings: DecisionFindings): void {
  const { entry } = terms.license;
  for (const relation of terms.transfer.stoppedBy) {
    const { rule, clause, onlyWhenShared, onlyWhenCommercial } = entry.propagation[relation];
    if (onlyWhenCommercial === true && useCase.commercial === false) continue;
    const settledBy = useCase.commercial === null && (onlyWhenCommercial === true || rule === 'contract-only') ? 'commercial' : null;
    const code = relation === 'distilled' ? 'output-training' : 'permission:modification';
    if (rule === 'contract-only') {
      if (useCase.commercial !== false) findings.add('review', terms, 'contract-provenance', clause, 'somebody made this model from the outputs of a closed service whose terms restrict that. They bind its maker; whether you want to build on it is for a person to say.', settledBy);
    } else if (rule === 'review') findings.add('review', terms, code, clause, 'the text leaves open what a model made this way inherits.', settledBy);
    else if (onlyWhenShared === true) decideSharing(terms, code, clause, useCase, findings);
    else if (settledBy !== null) findings.add('review', terms, 'missing-fact:commercial', clause, `it ${makingSentences[rule] ?? notMade} for commercial use, and whether this use is commercial is not declared.`, settledBy);
    else findings.add('deny', terms, code, clause, `it ${makingSentences[rule] ?? notMade}${onlyWhenCommercial === true ? ' for commercial use' : ''}.`);
  }
}

/** What may be made, but not shared: copies are, and whether a service shares what answers behind it is not settled. */
function decideSharing(terms: LineageTerms, code: string, clause: string | null, { distribution }: UseCaseFacts, findings: DecisionFindings): void {
  if (distribution === 'service') findings.add('review', terms, code, clause, 'what is made from it may not be shared, and whether offering it as a service shares it is not settled.');
  else if (distribution !== 'internal') findings.add('deny', terms, code, clause, 'what is made from it may not be shared.');
}

/** A licence that forbids further restrictions cannot be handed on together with terms that restrict. */
function decideJoining(all: readonly LineageTerms[], { distribution }: UseCaseFacts, findings: DecisionFindings): void {
  if (distribution === 'internal' || distribution === 'service') return;
  const whole = all.filter(({ transfer }) => (transfer.carries & carried.permissions) !== 0);
  for (const terms of whole) {
    const { copyleft, id } = terms.license.entry;
    if (copyleft === null) continue;
    const other = whole.find(({ license }) => license.entry.id !== id && !copyleft.compatibleWith.includes(license.entry.id) && (license.restrictsPurposes || license.limits.length > 0 || license.entry.copyleft !== null));
    if (other !== undefined) findings.add('deny', terms, 'license-conflict', copyleft.clause, `copies may carry no further restrictions, but ${other.license.entry.name} adds some: the two cannot be handed on together.`);
  }
}

function grantClause({ license }: LineageTerms, { distribution, commercial }: UseCaseFacts): string | null {
  const { permissions } = license.entry;
  const reach = distribution === 'internal' ? null : permissions[distribution === 'service' ? 'hosting' : 'distribution'].clause;
  return reach ?? (commercial === true ? permissions['commercial-use'].clause : null) ?? permissions.modification.clause;
}
