import { isWord } from './character-set.ts';
import type { Program } from './compile-pattern.ts';
import type { Assertion } from './parse-pattern.ts';

/** Where the reported group begins and ends, in code points; -1 where it took no part. */
interface Capture {
  readonly start: number;
  readonly end: number;
}

interface Thread {
  readonly at: number;
  readonly capture: Capture;
}

const nothing: Capture = { start: -1, end: -1 };
const LINE_FEED = 10;

function holds(assertion: Assertion, text: readonly number[], position: number): boolean {
  const before = text[position - 1];
  const after = text[position];
  switch (assertion) {
    case 'text_start':
      return position === 0;
    case 'text_end':
      return position === text.length;
    case 'line_start':
      return before === undefined || before === LINE_FEED;
    case 'line_end':
      return after === undefined || after === LINE_FEED;
    case 'word_edge':
    case 'no_word_edge': {
      const isEdge = (before !== undefined && isWord(before)) !== (after !== undefined && isWord(after));
      return isEdge === (assertion === 'word_edge');
    }
  }
}

/**
 * The leftmost match of a program in a text, first alternative first, as Perl and RE2 choose it. All alternatives advance together, one character
 * at a time (Pike's machine; Cox, "Regular Expression Matching: the Virtual Machine Approach", 2009), so time is at most program × text, whatever the pattern.
 * Null when there is none; `group` is null when the reported group took no part.
 */
export function findMatch({ instructions }: Program, input: string): { readonly group: string | null } | null {
  const text = Array.from(input, (character) => character.codePointAt(0) ?? 0);
  /** In which step an instruction was last reached: a second arrival has lower priority and adds nothing. */
  const reachedIn = new Int32Array(instructions.length).fill(-1);

  /** Follows what takes no character, in order of priority, and collects where a character or the end is awaited. */
  const follow = (from: Thread, position: number, into: Thread[]): void => {
    const pending = [from];
    for (let thread = pending.pop(); thread !== undefined; thread = pending.pop()) {
      const { at, capture } = thread;
      if (reachedIn[at] === position) continue;
      reachedIn[at] = position;
      const instruction = instructions[at];
      switch (instruction?.op) {
        case 'jump':
          pending.push({ at: instruction.to, capture });
          break;
        case 'split':
          pending.push({ at: instruction.second, capture }, { at: instruction.first, capture });
          break;
        case 'save':
          pending.push({ at: at + 1, capture: { ...capture, [instruction.end]: position } });
          break;
        case 'assert':
          if (holds(instruction.assertion, text, position)) pending.push({ at: at + 1, capture });
          break;
        case 'set':
        case 'match':
          into.push(thread);
      }
    }
  };

  let threads: Thread[] = [];
  let matched: Capture | null = null;
  for (let position = 0; position <= text.length; position += 1) {
    // `threads` were followed to this position in the step before; a new start here comes last.
    if (matched === null) follow({ at: 0, capture: nothing }, position, threads);
    else if (threads.length === 0) break;
    const next: Thread[] = [];
    const codePoint = text[position];
    for (const thread of threads) {
      const instruction = instructions[thread.at];
      if (instruction?.op === 'match') {
        matched = thread.capture;
        break;
      }
      if (instruction?.op === 'set' && codePoint !== undefined && instruction.set(codePoint)) follow({ at: thread.at + 1, capture: thread.capture }, position + 1, next);
    }
    threads = next;
  }
  if (matched === null) return null;
  const { start, end } = matched;
  return { group: start < 0 || end < 0 ? null : text.slice(start, end).map((codePoint) => String.fromCodePoint(codePoint)).join('') };
}
