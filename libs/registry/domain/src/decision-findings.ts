import type { Decision, DecisionReason, Obligation } from './decision.ts';
import { canonicalPublisher } from './compile-license.ts';
import { describeWay } from './lineage-terms.ts';
import type { LineageTerms, LineageWay } from './lineage-terms.ts';

type Severity = 'deny' | 'review' | 'note';

/** Collects everything that fires, each once, and says what it comes to. The worst wins; within one severity the order of the rules stays. */
export class DecisionFindings {
  readonly #reasons: Record<Severity, DecisionReason[]> = { deny: [], review: [], note: [] };
  readonly #obligations: Obligation[] = [];
  readonly #general: string[] = [];

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
      message: `${name}${clause === null ? '' : `, ${clauseWords(clause)}`}: ${sentence}${via === null ? '' : ` (it arrives from ${way.version.ref}: ${via})`}`,
    });
  }

  /** A finding about a version rather than a clause. */
  addAbout(severity: Severity, way: LineageWay, code: string, version: string, license: string | null, message: string): void {
    if (this.#reasons[severity].some((reason) => reason.code === code && reason.version === version && reason.license === license)) return;
    this.#reasons[severity].push({ code, license, clause: null, version, via: describeWay(way), message });
  }

  /** Duties under a general licence are owed to each publisher, so there they are kept apart. */
  oblige({ license, way }: LineageTerms, code: string, clause: string, text: string, conditional: boolean): void {
    const { id } = license.entry;
    const owedTo = license.licensors.size > 0 ? '' : canonicalPublisher(way.version.publisher);
    for (let index = 0; index < this.#obligations.length; index++) {
      const known = this.#obligations[index];
      if (known === undefined || known.code !== code || known.license !== id || known.clause !== clause || this.#general[index] !== owedTo) continue;
      if (known.text !== text) continue;
      if (known.conditional && !conditional) this.#obligations[index] = { ...known, conditional };
      return;
    }
    this.#obligations.push({ code, license: id, clause, version: way.version.ref, text, conditional });
    this.#general.push(owedTo);
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

const clauseWords = (clause: string): string => (/^[~(]?[0-9A-Za-z][0-9A-Za-z.()]*$/.test(clause) ? `clause ${clause}` : clause);
