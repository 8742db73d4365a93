import { carried } from '../terms/compile-license.ts';
import type { DecisionFindings } from './decision-findings.ts';
import { fieldOfUseMeanings, isFieldOfUseWord, neutralPurposes, restrictionConditions } from '../use-cases/field-of-use.ts';
import type { FieldOfUseRestriction } from '../licenses/license.ts';
import type { LineageTerms } from '../terms/lineage-terms.ts';
import type { UseCaseFacts } from '../use-cases/use-case-facts.ts';

/** Purposes whose very word states the intent to harm or deceive. */
const statesIntent: ReadonlySet<string> = new Set(['disinformation', 'fraud', 'harassment', 'malware']);
const neutral: ReadonlySet<string> = new Set(neutralPurposes);

/** Holds the purposes against the field-of-use list of a licence. What a closed list does not name is not prohibited, and that is said. */
export function decidePurposes(terms: LineageTerms, useCase: UseCaseFacts, findings: DecisionFindings): void {
  if ((terms.transfer.carries & carried.fieldOfUse) === 0) return;
  const { restrictions, restrictsPurposes, entry } = terms.license;
  for (const purpose of useCase.purposes) {
    const named = restrictions.get(purpose);
    if (named !== undefined) for (const restriction of named) decideRestriction(restriction, terms, useCase, findings);
    else if (neutral.has(purpose)) continue;
    else if (!isFieldOfUseWord(purpose)) {
      if (restrictsPurposes) findings.add('review', terms, 'missing-fact:purposes', entry.unreadPolicy?.clause ?? null, `it restricts purposes, and "${purpose}" is no word of the vocabulary, so nobody can say whether it is among them.`, 'purposes');
    } else if (entry.unreadPolicy !== null) findings.add('review', terms, `field-of-use:${purpose}`, entry.unreadPolicy.clause, `${entry.unreadPolicy.text} Whether it forbids use for ${fieldOfUseMeanings[purpose]} has to be looked up.`);
    else findings.add('note', terms, `not-listed:${purpose}`, null, `use for ${fieldOfUseMeanings[purpose]} is not among the restrictions, so it is not prohibited.`);
  }
}

function decideRestriction(restriction: FieldOfUseRestriction, terms: LineageTerms, useCase: UseCaseFacts, findings: DecisionFindings): void {
  const { word, clause, text, effect } = restriction;
  const code = `field-of-use:${word}`;
  const reach = text === undefined ? '' : ` ${text}`;
  const state = holds(restriction, useCase);
  if (state === true && effect === 'deny') findings.add('deny', terms, code, clause, `use for ${fieldOfUseMeanings[word]} is prohibited.${reach}`);
  else if (state === true) findings.add('review', terms, code, clause, `use for ${fieldOfUseMeanings[word]} is restricted in part.${reach}`);
  else if (state === null) findings.add('review', terms, code, clause, `use for ${fieldOfUseMeanings[word]} is prohibited under a condition that the use case does not settle (${questions(restriction)}).${reach}`, 'conditions');
  else if (restriction.otherwise === 'review') findings.add('review', terms, code, clause, `use for ${fieldOfUseMeanings[word]} is prohibited in part even under the declared conditions.${reach}`);
}

/** True: the prohibition bites. False: a declared condition lifts it. Null: nobody said. A condition and its opposite count as the worse. */
function holds({ word, suffixes }: FieldOfUseRestriction, { conditions }: UseCaseFacts): boolean | null {
  let answer: boolean | null = true;
  for (const suffix of suffixes) {
    if (suffix === 'intent' && statesIntent.has(word)) continue;
    const { bites, lifts } = restrictionConditions[suffix];
    if (conditions?.includes(bites) === true) continue;
    if (conditions?.includes(lifts) === true) return false;
    answer = null;
  }
  return answer;
}

const questions = ({ suffixes }: FieldOfUseRestriction): string =>
  suffixes.map((suffix) => `${restrictionConditions[suffix].bites} or ${restrictionConditions[suffix].lifts}?`).join(' ');
