import { DecisionOutcome } from './decision.ts';
import type { DecisionReason } from './decision.ts';
import type { DecisionFindings } from './decision-findings.ts';
import { describeWay } from '../terms/lineage-terms.ts';
import type { ArrivingTerms, LicenseChoice, LineageReading } from '../terms/lineage-terms.ts';

export interface ChosenLicenses {
  readonly findings: DecisionFindings;
  /** For each choice, what was taken and why. */
  readonly notes: readonly DecisionReason[];
}

type Weigh = (arriving: ArrivingTerms, missing: LineageReading['missing']) => DecisionFindings;
type Alternative = LicenseChoice['alternatives'][number];

interface Ranked {
  readonly choice: LicenseChoice;
  /** Best first: by outcome, then what is known before what is not, then by duties that are due, then by duties at all; the order of the expression where they are alike. */
  readonly alternatives: readonly { readonly alternative: Alternative; readonly outcome: DecisionOutcome }[];
}

/** Whole combinations that are weighed; past it the answer may be more cautious than it need be, and never less. */
const mostCombinations = 512;

/** Of "this or that licence" a licensee takes what serves the use best. Which serves best depends on the use, and may depend on what the licences of others allow to be joined. */
export function chooseLicenses({ terms, unknown, choices, missing }: LineageReading, weigh: Weigh): ChosenLicenses {
  const ranked = choices.map((choice) => rank(choice, weigh));
  const bound = Math.max(severityOf(weigh({ terms, unknown }, missing).outcome), ...ranked.map(({ alternatives }) => severityOf(alternatives[0]?.outcome ?? 'review')));
  let best: { readonly taken: readonly number[]; readonly findings: DecisionFindings; readonly severity: number } | undefined;
  for (const taken of combinations(ranked)) {
    const findings = weigh(join({ terms, unknown }, ranked, taken), missing);
    const severity = severityOf(findings.outcome);
    if (best === undefined || severity < best.severity) best = { taken, findings, severity };
    if (severity <= bound) break;
  }
  if (best === undefined) throw new Error('a choice without alternatives');
  const { taken, findings } = best;
  return { findings, notes: ranked.map((each, index) => explain(each, taken[index] ?? 0)) };
}

const severityOf = (outcome: DecisionOutcome): number => DecisionOutcome.options.indexOf(outcome);

function rank(choice: LicenseChoice, weigh: Weigh): Ranked {
  const weighed = choice.alternatives.map((alternative) => ({ alternative, findings: weigh(alternative, []) }));
  weighed.sort((a, b) => severityOf(a.findings.outcome) - severityOf(b.findings.outcome) || a.alternative.unknown.length - b.alternative.unknown.length || a.findings.due - b.findings.due || a.findings.listed - b.findings.listed);
  return { choice, alternatives: weighed.map(({ alternative, findings }) => ({ alternative, outcome: findings.outcome })) };
}

/** Positions into the ranked alternatives, the best of each first. */
function* combinations(ranked: readonly Ranked[]): Generator<readonly number[]> {
  const taken = ranked.map(() => 0);
  for (let count = 0; count < mostCombinations; count++) {
    yield [...taken];
    let place = taken.length - 1;
    for (; place >= 0; place--) {
      const next = (taken[place] ?? 0) + 1;
      if (next < (ranked[place]?.alternatives.length ?? 0)) {
        taken[place] = next;
        break;
      }
      taken[place] = 0;
    }
    if (place < 0) return;
  }
}

function join(fixed: ArrivingTerms, ranked: readonly Ranked[], taken: readonly number[]): ArrivingTerms {
  const chosen = ranked.flatMap(({ alternatives }, index) => alternatives[taken[index] ?? 0]?.alternative ?? []);
  return { terms: [...fixed.terms, ...chosen.flatMap(({ terms }) => terms)], unknown: [...fixed.unknown, ...chosen.flatMap(({ unknown }) => unknown)] };
}

const outcomeWords: Readonly<Record<DecisionOutcome, string>> = { allow: 'allowed', allow_with_obligations: 'allowed with obligations', review: 'in need of a review', deny: 'denied' };

function explain({ choice, alternatives }: Ranked, taken: number): DecisionReason {
  const { way, expression } = choice;
  const { ref } = way.version;
  const words = alternatives[taken]?.alternative.words ?? expression;
  const others = alternatives.filter((_, index) => index !== taken).map(({ alternative, outcome }) => `${alternative.words} (${outcomeWords[outcome]})`);
  const chosen = alternatives[taken]?.outcome ?? 'review';
  return {
    code: 'license-choice',
    license: words,
    clause: null,
    version: ref,
    via: describeWay(way),
    message: `${ref} is published under ${expression}: ${words} is taken for this use, since under it alone the use is ${outcomeWords[chosen]}; otherwise ${others.join(', ')}.`,
  };
}
