import { newId } from '@weighbridge/shared-adapters/ids';
import { describe, expect, test } from 'vitest';
import { createOutstandingWork } from './outstanding-work.ts';

describe('priorities', () => {
  test('take turns between projects: one with a thousand waiting stands behind one with none', () => {
    const work = createOutstandingWork();
    const [busy, idle] = [newId('project'), newId('project')];
    const priorities = Array.from({ length: 1_000 }, () => work.nextPriority(busy, 'interactive'));

    expect(work.nextPriority(idle, 'interactive')).toBe(priorities[0]);
    expect(priorities.at(-1)).toBe(priorities[0]! + 999);
  });

  test('count durable jobs, and fall back when calls end', () => {
    const work = createOutstandingWork();
    const project = newId('project');
    const first = work.nextPriority(project, 'background');
    work.setDurable([{ projectId: project, lane: 'background', jobs: 10 }]);

    expect(work.nextDurablePriority(project, 'background')).toBe(first + 11);
    work.ended(project, 'background');
    work.setDurable([]);

    expect(work.nextDurablePriority(project, 'background')).toBe(first);
    expect(work.waiting()).toBe(0);
  });

  test('of a later lane always come after an earlier one', () => {
    const work = createOutstandingWork();
    const project = newId('project');
    for (let calls = 0; calls < 100; calls += 1) work.nextPriority(project, 'interactive');

    expect(work.nextPriority(project, 'interactive')).toBeLessThan(work.nextPriority(newId('project'), 'background'));
  });
});
