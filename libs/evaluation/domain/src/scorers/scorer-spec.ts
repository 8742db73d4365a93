import { z } from 'zod';
import { ChoiceLetter } from './choice-letter.ts';
import { ExactMatch } from './exact-match.ts';
import { Includes } from './includes.ts';
import { JsonEqual } from './json-equal.ts';
import { NumericAnswer } from './numeric-answer.ts';
import { Regex } from './regex.ts';
import { SquadF1 } from './squad-f1.ts';

/** Which scorer a suite uses, with its parameters. */
export const ScorerSpec = z.discriminatedUnion('kind', [ExactMatch, Includes, Regex, NumericAnswer, ChoiceLetter, JsonEqual, SquadF1]);
export type ScorerSpec = z.infer<typeof ScorerSpec>;

export type ScorerKind = ScorerSpec['kind'];
export type SpecOf<K extends ScorerKind> = Extract<ScorerSpec, { kind: K }>;
