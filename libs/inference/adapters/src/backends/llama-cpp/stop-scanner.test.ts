import { describe, expect, test } from 'vitest';
import { StopScanner } from './stop-scanner.ts';

/** What is passed on piece by piece, up to the stop or the end. */
function scan(stops: readonly string[], pieces: readonly string[]): { readonly passed: string[]; readonly stopped: boolean } {
  const scanner = new StopScanner(stops);
  const passed: string[] = [];
  for (const piece of pieces) {
    const { text, stopped } = scanner.push(piece);
    passed.push(text);
    if (stopped) return { passed, stopped };
  }
  passed.push(scanner.flush());
  return { passed, stopped: false };
}

describe('StopScanner', () => {
  test.each([
    ['passes all without stops', [], ['a', 'b'], ['a', 'b', ''], false],
    ['stops inside a piece', ['X'], ['aXb'], ['a'], true],
    ['holds back what may begin a stop', ['END'], ['aE', 'N', 'D'], ['a', '', ''], true],
    ['gives back what was none', ['END'], ['aE', 'Nx'], ['a', 'ENx', ''], false],
    ['gives back at the end', ['END'], ['aEN'], ['a', 'EN'], false],
    ['takes the earliest of several', ['long stop', 'st'], ['a long', ' stop'], ['a ', ''], true],
    ['finds a stop that overlaps its own beginning', ['aab'], ['a', 'a', 'a', 'b'], ['', '', 'a', ''], true],
    ['ignores an empty stop', [''], ['a'], ['a', ''], false],
  ] as const)('%s', (_name, stops, pieces, passed, stopped) => {
    expect(scan(stops, pieces)).toEqual({ passed, stopped });
  });
});
