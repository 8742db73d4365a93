import type { Score } from './score.ts';

/** What a scorer looks at: one prepared output, and what its sample says. */
export interface Scored {
  readonly output: string;
  /** At least one; the score is the maximum over them, except where a scorer says otherwise. */
  readonly targets: readonly string[];
  /** The texts of the sample's choices, from A on. */
  readonly choices?: readonly string[] | undefined;
}

/** A pure function of the parameters and what is scored. Any change that can alter one score raises the version; versions are never pooled. */
export interface Scorer<Spec> {
  readonly version: number;
  score(spec: Spec, scored: Scored): Score;
}
