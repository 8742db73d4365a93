import type { CharacterSet } from './character-set.ts';
import { parsePattern } from './parse-pattern.ts';
import type { Assertion, PatternNode } from './parse-pattern.ts';

export type Instruction =
  | { readonly op: 'set'; readonly set: CharacterSet }
  | { readonly op: 'assert'; readonly assertion: Assertion }
  /** Goes on at `first`, and failing that at `second`. */
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'save'; readonly end: 'start' | 'end' }
  | { readonly op: 'match' };

/** A pattern ready to run: see `findMatch`. */
export interface Program {
  readonly instructions: readonly Instruction[];
}

export interface PatternOptions {
  /** Any of `i`, `m`, `s`. */
  readonly flags: string;
  /** Whether the pattern must be the whole text. */
  readonly full: boolean;
  /** The capture group to report; 0 is the whole match. */
  readonly group: number;
}

/** Time is this times the length of the text; counted repeats are written out, so they use it up. */
const MAX_INSTRUCTIONS = 2_000;

/** Compiles RE2 syntax. Throws a SyntaxError when it is not that, is too large, or has no such group. */
export function compilePattern(pattern: string, { flags, full, group }: PatternOptions): Program {
  const { node, groups } = parsePattern(pattern, { ignoreCase: flags.includes('i'), multiline: flags.includes('m'), dotAll: flags.includes('s') });
  if (group > groups) throw new SyntaxError(`there is no group ${group}: the pattern has ${groups}`);
  const instructions: Instruction[] = [];

  const emit = <I extends Instruction>(instruction: I): I => {
    if (instructions.length >= MAX_INSTRUCTIONS) throw new SyntaxError('the pattern is too large once its repeats are written out');
    instructions.push(instruction);
    return instruction;
  };

  const captured = (inner: () => void): void => {
    emit({ op: 'save', end: 'start' });
    inner();
    emit({ op: 'save', end: 'end' });
  };

  /** `first` is the way into the body for a greedy repeat, the way past it for a lazy one. */
  const branch = (greedy: boolean): { into(at: number): void; past(at: number): void } => {
    const split = emit({ op: 'split', first: 0, second: 0 });
    return {
      into: (at) => (greedy ? (split.first = at) : (split.second = at)),
      past: (at) => (greedy ? (split.second = at) : (split.first = at)),
    };
  };

  const emitRepeat = ({ node: body, min, max, greedy }: Extract<PatternNode, { kind: 'repeat' }>): void => {
    for (let count = 0; count < min; count += 1) emitNode(body);
    if (max === Number.POSITIVE_INFINITY) {
      const start = instructions.length;
      const loop = branch(greedy);
      loop.into(instructions.length);
      emitNode(body);
      emit({ op: 'jump', to: start });
      loop.past(instructions.length);
      return;
    }
    const exits = Array.from({ length: max - min }, () => {
      const optional = branch(greedy);
      optional.into(instructions.length);
      emitNode(body);
      return optional;
    });
    for (const exit of exits) exit.past(instructions.length);
  };

  const emitChoice = (options: readonly PatternNode[]): void => {
    const jumps = options.slice(0, -1).map((option) => {
      const split = emit({ op: 'split', first: instructions.length + 1, second: 0 });
      emitNode(option);
      const jump = emit({ op: 'jump', to: 0 });
      split.second = instructions.length;
      return jump;
    });
    emitNode(options.at(-1) ?? { kind: 'empty' });
    for (const jump of jumps) jump.to = instructions.length;
  };

  const emitNode = (current: PatternNode): void => {
    switch (current.kind) {
      case 'empty':
        return;
      case 'set':
        emit({ op: 'set', set: current.set });
        return;
      case 'assert':
        emit({ op: 'assert', assertion: current.assertion });
        return;
      case 'sequence':
        current.parts.forEach(emitNode);
        return;
      case 'choice':
        emitChoice(current.options);
        return;
      case 'repeat':
        emitRepeat(current);
        return;
      case 'group':
        if (current.index === group) captured(() => emitNode(current.node));
        else emitNode(current.node);
    }
  };

  if (full) emit({ op: 'assert', assertion: 'text_start' });
  if (group === 0) captured(() => emitNode(node));
  else emitNode(node);
  if (full) emit({ op: 'assert', assertion: 'text_end' });
  emit({ op: 'match' });
  return { instructions };
}
