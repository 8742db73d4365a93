import { describe, expect, test } from 'vitest';
import { JobStatus, canTransition, isTerminalJobStatus, terminalJobStatuses } from './job.ts';

const allowed: readonly (readonly [JobStatus, readonly JobStatus[]])[] = [
  ['queued', ['running', 'failed', 'cancelled', 'expired']],
  ['running', ['queued', 'succeeded', 'failed', 'cancelled', 'expired']],
  ['succeeded', []],
  ['failed', []],
  ['cancelled', []],
  ['expired', []],
];

describe('states of a job', () => {
  test.each(allowed)('from %s it may go to %j and nowhere else', (from, targets) => {
    expect(JobStatus.options.filter((to) => canTransition(from, to)).toSorted()).toEqual(targets.toSorted());
  });

  test('four states are terminal', () => {
    expect([...terminalJobStatuses].toSorted()).toEqual(['cancelled', 'expired', 'failed', 'succeeded']);
    expect(isTerminalJobStatus('running')).toBe(false);
  });
});
