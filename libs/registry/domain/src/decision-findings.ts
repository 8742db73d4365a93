import type { Decision, DecisionReason, Obligation } from './decision.ts';
import type { LicenseLimit, LicenseObligation } from './license.ts';
import { describeWay } from './lineage-terms.ts';
import type { LineageTerms, LineageWay } from './lineage-terms.ts';

type Severity = 'deny' | 'review' | 'note';
type Rule = LicenseObligation | LicenseLimit;
const unindexed = 64;

/** Collects everything that fires, each once, and says what it comes to. The worst wins; within one severity the order of the rules stays. */
export class DecisionFindings {
  readonly #reasons: Record<Severity, DecisionReason[]> = { deny: [], review: [], note: [] };
  readonly #obligations: Obligation[] = [];
  readonly #rules: Rule[] = [];
  readonly #owedTo: string[] = [];
  #index: Map<Rule, Map<string, number>> | null = null;

  /** A rule of a licence that fired. `sentence` follows the name of the licence and the clause. */
  add(severity: Severity, { license, way }: LineageTerms, code: string, clause: string | null, sentence: string): void {
    const { id, name } = license.entry;
    if (this.#reasons[severity].some((reason) => reason.code === code && reason.license === id && reason.clause === clause)) return;
    const via = describeWay(way);
    this.#reasons[severity].push({
      code,
      license: id,
      clause,
      version: way.version.ref,
      via,
      message: `${name}${clause === null ? '' : `, ${clauseWords(clause)}`}: ${sentence}${via === null ? '' : ` (inherited: ${via})`}`,
    });
  }

  /** A finding about a version rather than a clause. */
  addAbout(severity: Severity, way: LineageWay, code: string, version: string, license: string | null, message: string): void {
    if (this.#reasons[severity].some((reason) => reason.code === code && reason.version === version && reason.license === license)) return;
    this.#reasons[severity].push({ code, license, clause: null, version, via: describeWay(way), message });
  }

  /** An obligation, or a limit that asks for another licence. Duties under a general licence are owed to each publisher, so there they are kept apart. */
  oblige({ license, way }: LineageTerms, rule: Rule, code: string, text: string, conditional: boolean): void {
    const owedTo = license.licensors.size > 0 ? '' : way.publisher;
    const index = this.#findObligation(rule, owedTo);
    const known = this.#obligations[index];
    if (known !== undefined) {
      if (known.conditional && !conditional) this.#obligations[index] = { ...known, text, conditional };
      return;
    }
    this.#obligations.push({ code, license: license.entry.id, clause: rule.clause, version: way.version.ref, text, conditional });
    this.#rules.push(rule);
    this.#owedTo.push(owedTo);
    if (this.#rules.length > unindexed) this.#remember(rule, owedTo, this.#rules.length - 1);
  }

  /** A usual decision has few obligations, and looking through them is fastest; a lineage of thousands of publishers needs an index. */
  #findObligation(rule: Rule, owedTo: string): number {
    if (this.#index !== null) return this.#index.get(rule)?.get(owedTo) ?? -1;
    for (let index = 0; index < this.#rules.length; index++) if (this.#rules[index] === rule && this.#owedTo[index] === owedTo) return index;
    return -1;
  }

  #remember(rule: Rule, owedTo: string, index: number): void {
    if (this.#index !== null) {
      const owed = this.#index.get(rule);
      if (owed === undefined) this.#index.set(rule, new Map([[owedTo, index]]));
      else owed.set(owedTo, index);
    } else {
      this.#index = new Map();
      for (const [known, each] of this.#rules.entries()) this.#remember(each, this.#owedTo[known] ?? '', known);
    }
  }

  get fires(): boolean {
    return this.#reasons.deny.length > 0 || this.#reasons.review.length > 0;
  }

  decision(): Decision {
    const { deny, review, note } = this.#reasons;
    return {
      decision: deny.length > 0 ? 'deny' : review.length > 0 ? 'review' : this.#obligations.length > 0 ? 'allow_with_obligations' : 'allow',
      reasons: [...deny, ...review, ...note],
      obligations: this.#obligations,
    };
  }
}

const numbered = /^[~(]?[0-9A-Z][0-9A-Za-z.()]*$/;
const clausePhrases = new Map<string, string>();

/** `clause 4.a`, `clauses 2, 5`, or a heading as it is. Kept, since the catalogue has few hundred of them. */
function clauseWords(clause: string): string {
  let words = clausePhrases.get(clause);
  if (words === undefined) {
    words = numbered.test(clause) ? `clause ${clause}` : clause.split(', ').every((part) => numbered.test(part)) ? `clauses ${clause}` : clause;
    if (clausePhrases.size < 10_000) clausePhrases.set(clause, words);
  }
  return words;
}
