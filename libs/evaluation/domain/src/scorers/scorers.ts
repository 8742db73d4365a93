import { prepareOutput } from '../normalization.ts';
import { choiceLetter } from './choice-letter.ts';
import { exactMatch } from './exact-match.ts';
import { includes } from './includes.ts';
import { jsonEqual } from './json-equal.ts';
import { numericAnswer } from './numeric-answer.ts';
import { regex } from './regex.ts';
import { suiteError } from './score.ts';
import type { Score } from './score.ts';
import type { ScorerKind, ScorerSpec, SpecOf } from './scorer-spec.ts';
import type { Scorer } from './scorer.ts';
import { squadF1 } from './squad-f1.ts';

/** Every scorer there is. A new one is a file beside these, an entry here and a member of `ScorerSpec`. */
export const scorers: { readonly [K in ScorerKind]: Scorer<SpecOf<K>> } = {
  exact_match: exactMatch,
  includes,
  regex,
  numeric_answer: numericAnswer,
  choice_letter: choiceLetter,
  json_equal: jsonEqual,
  squad_f1: squadF1,
};

/** Name and version, as stored with every score: `squad_f1@1`. Scores of two versions are never pooled or compared. */
export const scorerName = (kind: ScorerKind): string => `${kind}@${scorers[kind].version}`;

export interface ScoreInput {
  /** The output of the model, as it came. */
  readonly output: string;
  readonly target: string | readonly string[];
  readonly choices?: readonly string[] | undefined;
  /** What the suite declares; false when absent. */
  readonly stripReasoning?: boolean | undefined;
}

const scoreAs = <K extends ScorerKind>(kind: K, spec: SpecOf<K>, input: Parameters<Scorer<SpecOf<K>>['score']>[1]): Score => scorers[kind].score(spec, input);

/** Scores one output. Pure: the same arguments give the same score on every machine. */
export function score(spec: ScorerSpec, { output, target, choices, stripReasoning = false }: ScoreInput): Score {
  const targets = typeof target === 'string' ? [target] : target;
  if (targets.length === 0) return suiteError('no_target');
  return scoreAs(spec.kind, spec, { output: prepareOutput(output, { stripReasoning }), targets, choices });
}
