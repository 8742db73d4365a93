import { describe, expect, test } from 'vitest';
import type { Lane } from './lane.ts';
import { lanes, messagePriority } from './lane.ts';

describe('messagePriority', () => {
  test.each([
    ['interactive', 0, 1],
    ['interactive', 524_287, 524_288],
    ['interactive', 10_000_000, 524_288],
    ['background', 0, 524_289],
    ['evaluation', 10_000_000, 2_097_152],
  ] as const)('%s with %d outstanding: %d', (lane, outstanding, priority) => {
    expect(messagePriority(lane, outstanding)).toBe(priority);
  });

  test.each([-1, 0.5, Number.NaN])('%d outstanding messages are refused', (outstanding) => {
    expect(() => messagePriority('batch', outstanding)).toThrow(RangeError);
  });

  test('the most patient message of a lane goes before the most urgent of the next', () => {
    for (const [index, lane] of lanes.slice(0, -1).entries()) {
      expect(messagePriority(lane, 100_000_000)).toBeLessThan(messagePriority(lanes[index + 1] as Lane, 0));
    }
  });
});

/** A queue as BullMQ orders it: lowest priority number first, then order of arrival. */
function simulate(arrivals: readonly { project: string; lane: Lane }[]): string[] {
  const outstanding = new Map<string, number>();
  const waiting = arrivals.map(({ project, lane }, arrival) => {
    const slot = `${project}/${lane}`;
    const before = outstanding.get(slot) ?? 0;
    outstanding.set(slot, before + 1);
    return { name: `${project}${before}`, priority: messagePriority(lane, before), arrival };
  });
  return waiting.toSorted((a, b) => a.priority - b.priority || a.arrival - b.arrival).map(({ name }) => name);
}

describe('fairness between projects', () => {
  const flood = Array.from({ length: 1_000 }, () => ({ project: 'a', lane: 'interactive' as Lane }));

  test("a thousand waiting calls of one project delay another project's first by one place", () => {
    const order = simulate([...flood, { project: 'b', lane: 'interactive' }]);

    expect(order.indexOf('b0')).toBe(1);
  });

  test('projects take turns', () => {
    const order = simulate([...flood, ...['b', 'b', 'c', 'b', 'c'].map((project) => ({ project, lane: 'interactive' as Lane }))]);

    expect(order.slice(0, 9)).toEqual(['a0', 'b0', 'c0', 'a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
  });

  test('a batch never delays a question, whoever asks it', () => {
    const order = simulate([...flood.map(({ project }) => ({ project, lane: 'batch' as Lane })), { project: 'b', lane: 'interactive' }]);

    expect(order[0]).toBe('b0');
  });
});
