import type { Decision, DecisionReason } from './decision.ts';

/** What a reason is about, whatever words and numbers it is told with. */
const groundOf = ({ code, license, clause, version, policy }: DecisionReason): string => [code, license ?? '', clause ?? '', version, policy ?? ''].join('|');

/** What a person who approves a review has seen: every reason that the decision gave, each once, in order. */
export const approvalGrounds = ({ reasons }: Pick<Decision, 'reasons'>): string[] => [...new Set(reasons.map(groundOf))].toSorted();

/** Whether an approval speaks for a decision: a reason that came up since then was approved by nobody. Null: given before grounds were kept, for all. */
export const approvalCovers = (grounds: readonly string[] | null, { reasons }: Pick<Decision, 'reasons'>): boolean => grounds === null || reasons.every((reason) => grounds.includes(groundOf(reason)));
