import { z } from 'zod';
import { normalizePair } from '../normalization.ts';
import { scored } from './score.ts';
import type { Scorer } from './scorer.ts';

/** Token F1 with multiset overlap under the `squad` profile (Rajpurkar et al., arXiv 1606.05250); the maximum over targets. */
export const SquadF1 = z.strictObject({ kind: z.literal('squad_f1') });

const tokensOf = (text: string): string[] => (text === '' ? [] : text.split(' '));

function tokenF1(output: readonly string[], target: readonly string[]): number {
  if (output.length === 0 || target.length === 0) return output.length === target.length ? 1 : 0;
  const available = new Map<string, number>();
  for (const token of target) available.set(token, (available.get(token) ?? 0) + 1);
  let overlap = 0;
  for (const token of output) {
    const left = available.get(token) ?? 0;
    if (left === 0) continue;
    overlap += 1;
    available.set(token, left - 1);
  }
  return (2 * overlap) / (output.length + target.length);
}

export const squadF1: Scorer<z.infer<typeof SquadF1>> = {
  version: 1,
  score: (_spec, { output, targets }) =>
    scored(
      Math.max(
        ...targets.map((target) => {
          const pair = normalizePair(output, target, 'squad');
          return tokenF1(tokensOf(pair.output), tokensOf(pair.target));
        }),
      ),
    ),
};
