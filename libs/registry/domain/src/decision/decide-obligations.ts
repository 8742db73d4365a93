import { relationBits } from '../terms/compile-license.ts';
import type { DecisionFindings } from './decision-findings.ts';
import type { ObligationSwitches } from './decide-limits.ts';
import type { LicenseObligation } from '../licenses/license.ts';
import type { LineageTerms } from '../terms/lineage-terms.ts';
import type { UseCaseFacts } from '../use-cases/use-case-facts.ts';

/** Lists what the use makes due. A fact that can only add an obligation never asks for a person: the obligation is then conditional. */
export function decideObligations(terms: LineageTerms, useCase: UseCaseFacts, switches: ObligationSwitches, findings: DecisionFindings): void {
  const { obligations, studentObligations, possibleObligations } = terms.license;
  let left = terms.transfer.obligations & (possibleObligations[useCase.distribution] | (useCase.trainOnOutputs ? studentObligations : 0));
  for (; left !== 0; left &= left - 1) {
    const index = 31 - Math.clz32(left & -left);
    const obligation = obligations[index];
    if (obligation === undefined) continue;
    const applies = condition(obligation, terms, useCase, switches);
    if (applies === false) continue;
    const due = arises(obligation, terms, useCase);
    const text = obligation.when === undefined || obligation.when === 'modified' ? obligation.text : `${obligation.text} When: ${obligation.when}.`;
    if (due !== false) findings.oblige(terms, obligation, obligation.code, text, due === null || applies === null);
    else if (useCase.trainOnOutputs && (studentObligations & (1 << index)) !== 0) findings.oblige(terms, obligation, obligation.code, `${text} For a model trained on the outputs, once it is published or offered.`, true);
  }
}

/** Whether the trigger fires: null is "only if somebody makes a model". */
function arises({ trigger, onMaker }: LicenseObligation, { way }: LineageTerms, { distribution, trainOnOutputs }: UseCaseFacts): boolean | null {
  switch (trigger) {
    case 'any':
      return true;
    case 'available':
      return distribution !== 'internal';
    case 'copies':
      return distribution === 'embedded' || distribution === 'weights';
    case 'model-released':
      if (way.from !== null && distribution !== 'internal') return onMaker === true ? null : true;
      return trainOnOutputs || distribution === 'weights' ? null : false;
  }
}

function condition({ when, commercialOnly, purposes, whenLimits }: LicenseObligation, { way }: LineageTerms, useCase: UseCaseFacts, switches: ObligationSwitches): boolean | null {
  let answer: boolean | null = true;
  if (purposes !== undefined && !purposes.some((purpose) => useCase.purposes.includes(purpose))) return false;
  if (commercialOnly === true && useCase.commercial !== true) {
    if (useCase.commercial === false) return false;
    answer = null;
  }
  if (whenLimits !== undefined) {
    const states = whenLimits.map((name) => switches.get(name) ?? null);
    if (!states.includes(true)) {
      if (!states.includes(null)) return false;
      answer = null;
    }
  }
  if (when === 'modified') return (way.relations & ~relationBits.distilled) !== 0 ? answer : null;
  return when === undefined ? answer : null;
}
