import { z } from 'zod';
import { compilePattern } from '../linear-regex/compile-pattern.ts';
import type { Program } from '../linear-regex/compile-pattern.ts';
import { findMatch } from '../linear-regex/find-match.ts';
import { scored, scoredFromExtract, suiteError } from './score.ts';
import type { Scorer } from './scorer.ts';

const RegexFields = z.strictObject({
  kind: z.literal('regex'),
  /** RE2 syntax: no look-around, no back-references; matched in linear time. */
  pattern: z.string().min(1).max(1_000),
  /** Any of `i` (ignore case), `m` (`^` and `$` at lines), `s` (`.` takes line feeds), each once. */
  flags: z
    .string()
    .regex(/^(?!.*(.).*\1)[ims]*$/, 'flags are "i", "m" and "s", each at most once')
    .default(''),
  mode: z.enum(['search', 'full']).default('search'),
  /** The capture group reported as extracted; 0 is the whole match. */
  group: z.int().min(0).max(99).default(0),
});
type RegexFields = z.infer<typeof RegexFields>;

const compile = ({ pattern, flags, mode, group }: RegexFields): Program => compilePattern(pattern, { flags, full: mode === 'full', group });

/** 1 if the pattern is found in the output (`search`) or is the whole output (`full`), else 0; targets are not looked at. */
export const Regex = RegexFields.superRefine((spec, context) => {
  try {
    compile(spec);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    context.addIssue({ code: 'custom', path: ['pattern'], message: error.message });
  }
});

/** A suite scores thousands of outputs with one specification. Null is a pattern that does not compile. */
const programs = new WeakMap<RegexFields, Program | null>();

function programOf(spec: RegexFields): Program | null {
  const known = programs.get(spec);
  if (known !== undefined) return known;
  let program: Program | null = null;
  try {
    program = compile(spec);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  programs.set(spec, program);
  return program;
}

export const regex: Scorer<RegexFields> = {
  version: 1,
  score: (spec, { output }) => {
    const program = programOf(spec);
    if (program === null) return suiteError('bad_pattern');
    const match = findMatch(program, output);
    if (match === null) return scored(0);
    return match.group === null ? scored(1) : scoredFromExtract(1, match.group);
  },
};
