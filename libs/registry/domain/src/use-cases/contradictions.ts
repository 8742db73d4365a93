import { restrictionConditions } from './field-of-use.ts';
import type { UseCaseFacts } from './use-case-facts.ts';

/** Declared facts that cannot all be true. */
export interface Contradiction {
  /** Every field that has a part in it. */
  readonly fields: readonly (keyof UseCaseFacts)[];
  readonly message: string;
}

/** Purposes that are commerce by their very meaning. */
const commercialPurposes: ReadonlySet<string> = new Set(['marketing', 'sales']);

/** Purposes whose word already says what a condition denies. */
const deniedBy: Readonly<Record<string, string>> = {
  disinformation: restrictionConditions.intent.lifts,
  fraud: restrictionConditions.intent.lifts,
  harassment: restrictionConditions.intent.lifts,
  malware: restrictionConditions.intent.lifts,
  'illegal-activity': restrictionConditions['unless-law'].lifts,
  'undisclosed-ai-output': restrictionConditions.undisclosed.lifts,
};

/**
 * Facts of a use case that contradict each other, all of them. A decision made from them would be one about a use that does not exist, so they are refused
 * rather than read one way. What is merely unusual (many users and no revenue, research for commerce) is none.
 */
export function findContradictions(facts: UseCaseFacts): Contradiction[] {
  const { purposes, commercial, conditions = [], monthlyActiveUsers, productMonthlyActiveUsers, trainOnOutputs, trainTarget } = facts;
  const found: Contradiction[] = [];
  if (typeof productMonthlyActiveUsers === 'number' && monthlyActiveUsers !== null && productMonthlyActiveUsers > monthlyActiveUsers)
    found.push({
      fields: ['productMonthlyActiveUsers', 'monthlyActiveUsers'],
      message: `one product cannot have ${grouped(productMonthlyActiveUsers)} users a month where all products together have ${grouped(monthlyActiveUsers)}`,
    });
  if (trainTarget !== undefined && !trainOnOutputs) found.push({ fields: ['trainTarget', 'trainOnOutputs'], message: `outputs cannot train "${trainTarget}" where trainOnOutputs is false` });
  const trade = purposes.filter((purpose) => commercialPurposes.has(purpose));
  if (commercial === false && trade.length > 0) found.push({ fields: ['commercial', 'purposes'], message: `${quoted(trade)} ${trade.length === 1 ? 'is a commercial purpose' : 'are commercial purposes'}, and commercial is false` });
  for (const { bites, lifts } of Object.values(restrictionConditions))
    if (conditions.includes(bites) && conditions.includes(lifts)) found.push({ fields: ['conditions'], message: `"${bites}" and "${lifts}" cannot both hold` });
  for (const purpose of new Set(purposes)) {
    const denial = deniedBy[purpose];
    if (denial !== undefined && conditions.includes(denial)) found.push({ fields: ['purposes', 'conditions'], message: `the purpose "${purpose}" says the opposite of the condition "${denial}"` });
  }
  return found;
}

const grouped = (count: number): string => count.toLocaleString('en-US');
const quoted = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(' and ');
