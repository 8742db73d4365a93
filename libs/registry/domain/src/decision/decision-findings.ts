import type { CompiledLicense } from '../terms/compile-license.ts';
import type { Decision, DecisionOutcome, DecisionReason, Obligation } from './decision.ts';
import type { License, LicenseLimit, LicenseObligation } from '../licenses/license.ts';
import { describeWay } from '../terms/lineage-terms.ts';
import type { LineageTerms, LineageWay } from '../terms/lineage-terms.ts';

type Severity = 'deny' | 'review' | 'note';
type Rule = LicenseObligation | LicenseLimit;
const unindexed = 64;

/** What is owed under one licence, by rule: its place among all obligations. */
interface Debt {
  readonly license: CompiledLicense;
  readonly owedTo: string;
  readonly rules: Rule[];
  readonly places: number[];
}

/** Collects everything that fires, each once, and says what it comes to. The worst wins; within one severity the order of the rules stays. */
export class DecisionFindings {
  readonly #reasons: Record<Severity, DecisionReason[]> = { deny: [], review: [], note: [] };
  readonly #obligations: Obligation[] = [];
  readonly #debts: Debt[] = [];
  #index: Map<CompiledLicense, Map<string, Debt>> | null = null;

  /**
   * A rule of a licence that fired. `sentence` follows the name of the licence and the clause. `settledBy` is the declared fact that would settle a review.
   * Of terms that may have ended at their licensor's own version, all that would stop the use is a review until the publisher is vouched for.
   */
  add(severity: Severity, terms: LineageTerms, code: string, clause: string | null, sentence: string, settledBy: string | null = null): void {
    const { license, way, unverified } = terms;
    if (unverified !== null) {
      if (severity === 'note') return;
      const { ref, publisher } = unverified.version;
      const doubt = `nobody vouches that ${ref} was published by ${publisher}; if it was not, ${lowerFirst(sentence)}`;
      this.#push('review', 'missing-fact:publisher', license.entry, clause, way, doubt, `publisher of ${ref}`);
    } else this.#push(severity, code, license.entry, clause, way, sentence, settledBy);
  }

  #push(severity: Severity, code: string, { id, name }: License, clause: string | null, way: LineageWay, sentence: string, settledBy: string | null): void {
    if (this.#reasons[severity].some((reason) => reason.code === code && reason.license === id && reason.clause === clause)) return;
    const via = describeWay(way);
    const message = `${name}${clause === null ? '' : `, ${clauseWords(clause)}`}: ${sentence}${via === null ? '' : ` (inherited: ${via})`}`;
    const reason = { code, license: id, clause, version: way.version.ref, via, message };
    this.#reasons[severity].push(severity === 'review' ? { ...reason, settledBy } : reason);
  }

  /** A finding about a version rather than a clause. */
  addAbout(severity: Severity, way: LineageWay, code: string, version: string, license: string | null, message: string): void {
    if (this.#reasons[severity].some((reason) => reason.code === code && reason.version === version && reason.license === license)) return;
    const reason = { code, license, clause: null, version, via: describeWay(way), message };
    this.#reasons[severity].push(severity === 'review' ? { ...reason, settledBy: `license of ${version}` } : reason);
  }

  /** An obligation, or a limit that asks for another licence. Duties under a general licence are owed to each publisher, so there they are kept apart. */
  oblige({ license, way, unverified }: LineageTerms, rule: Rule, code: string, text: string, isConditional: boolean): void {
    const conditional = isConditional || unverified !== null;
    const { rules, places } = this.#debtFor(license, license.licensors.size > 0 ? '' : way.publisher);
    const known = rules.indexOf(rule);
    if (known < 0) {
      rules.push(rule);
      places.push(this.#obligations.length);
      this.#obligations.push({ code, license: license.entry.id, clause: rule.clause, version: way.version.ref, text, conditional });
      return;
    }
    const place = places[known] as number;
    const before = this.#obligations[place];
    if (before?.conditional === true && !conditional) this.#obligations[place] = { ...before, text, conditional };
  }

  /** Terms come one after the other, so it is mostly the last one. A usual decision has few, and looking through them is fastest; a lineage of thousands of publishers needs an index. */
  #debtFor(license: CompiledLicense, owedTo: string): Debt {
    const last = this.#debts.at(-1);
    if (last?.license === license && last.owedTo === owedTo) return last;
    const known = this.#index === null ? this.#debts.find((debt) => debt.license === license && debt.owedTo === owedTo) : this.#index.get(license)?.get(owedTo);
    if (known !== undefined) return known;
    const debt: Debt = { license, owedTo, rules: [], places: [] };
    this.#debts.push(debt);
    if (this.#index !== null) this.#remember(debt);
    else if (this.#debts.length > unindexed) for (const each of this.#debts) this.#remember(each);
    return debt;
  }

  #remember(debt: Debt): void {
    this.#index ??= new Map();
    const owed = this.#index.get(debt.license);
    if (owed === undefined) this.#index.set(debt.license, new Map([[debt.owedTo, debt]]));
    else owed.set(debt.owedTo, debt);
  }

  /** Obligations that are due whatever the open conditions say. */
  get due(): number {
    return this.#obligations.reduce((count, { conditional }) => (conditional ? count : count + 1), 0);
  }

  get listed(): number {
    return this.#obligations.length;
  }

  get outcome(): DecisionOutcome {
    const { deny, review } = this.#reasons;
    return deny.length > 0 ? 'deny' : review.length > 0 ? 'review' : this.#obligations.length > 0 ? 'allow_with_obligations' : 'allow';
  }

  get fires(): boolean {
    return this.#reasons.deny.length > 0 || this.#reasons.review.length > 0;
  }

  decision(): Decision {
    const { deny, review, note } = this.#reasons;
    return {
      decision: this.outcome,
      reasons: [...deny, ...review, ...note],
      obligations: this.#obligations,
    };
  }
}

/** Sentences begin with a capital where they are a text of their own, and go on after another one here. */
const lowerFirst = (text: string): string => (/^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text);

/** `4.a`, `~2`, `(m)`, `IV.a`, `D.2`, `17`; not `README` or `AUP`. */
const numbered = /^(?:~?\d[\w.()-]*|\([a-z0-9]+\)|[IVX]+(?:[.(][\w.()]+)?|[A-Z](?:[.(][\w.()]+)?)$/;
const clausePhrases = new Map<string, string>();

/** `clause 4.a`, `clauses 2, 5`, `clause 2 last paragraph`, or a heading as it is. Kept, since the catalogue has few hundred of them. */
function clauseWords(clause: string): string {
  let words = clausePhrases.get(clause);
  if (words === undefined) {
    const parts = clause.split(', ');
    const isNumbered = numbered.test((parts[0] ?? '').split(/[ ;]/, 1)[0] ?? '');
    words = isNumbered && !/clause/.test(clause) ? `${parts.slice(1).some((part) => numbered.test(part)) || clause.includes(';') ? 'clauses' : 'clause'} ${clause}` : clause;
    if (clausePhrases.size < 10_000) clausePhrases.set(clause, words);
  }
  return words;
}
