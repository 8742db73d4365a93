import type { LiveReply } from '@weighbridge/inference-contracts';
import { newId } from '@weighbridge/shared-adapters/ids';
import type { HoldState } from '@weighbridge/shared-adapters/budget-holds';
import { silentLogger } from '@weighbridge/shared-adapters/logging';
import type { JobId } from '@weighbridge/shared-domain';
import { describe, expect, test } from 'vitest';
import { createWaitingCalls } from './waiting-calls.ts';
import { createLostCallsWatch } from './watch-lost-calls.ts';

const jobId = newId('job');
const delta = (sequence: number): LiveReply => ({ type: 'delta', jobId, sequence, delta: { index: 0, content: String(sequence) } });
const done = (sequence: number): LiveReply => ({ type: 'done', jobId, sequence, attempts: [], reply: { choices: [], usage: {}, finishReason: 'stop' } });
const failed = (sequence: number): LiveReply => ({ type: 'failed', jobId, sequence, attempts: [], error: { code: 'backend.failed', message: 'no' } });

function heard(replies: readonly LiveReply[]): string[] {
  const events: string[] = [];
  const calls = createWaitingCalls();
  calls.open(jobId, { onDelta: ({ content }) => void events.push(`delta ${content}`), onDone: () => void events.push('done'), onFailed: ({ code }) => void events.push(code) });
  calls.receive(replies);
  return events;
}

describe('the replies to a call', () => {
  test.each([
    { what: 'in order', replies: [delta(0), delta(1), done(2)], events: ['delta 0', 'delta 1', 'done'] },
    { what: 'with a gap', replies: [delta(0), delta(2), done(3)], events: ['delta 0', 'backend.failed'] },
    { what: 'without their beginning', replies: [done(1)], events: ['backend.failed'] },
    { what: 'twice', replies: [delta(0), delta(0)], events: ['delta 0', 'backend.failed'] },
    { what: 'after the end', replies: [done(0), delta(1), done(1)], events: ['done'] },
    // A worker that takes over a lost one counts from 0 again.
    { what: 'that fail after a redelivery', replies: [delta(0), delta(1), failed(0)], events: ['delta 0', 'delta 1', 'backend.failed'] },
  ])('$what: $events', ({ replies, events }) => {
    expect(heard(replies)).toEqual(events);
  });

  test('idle resolves when the last call has ended', async () => {
    const calls = createWaitingCalls();
    const { close } = calls.open(jobId, { onDelta: () => {}, onDone: () => {}, onFailed: () => {} });

    const idle = calls.idle();
    close();

    await expect(idle).resolves.toBeUndefined();
  });
});

describe('the watch for lost answers', () => {
  test('fails a silent call whose message or hold is gone at two looks in a row, and no other', async () => {
    let nowMs = 0;
    const events: string[] = [];
    const calls = createWaitingCalls(() => nowMs);
    const [lost, busy, answered, fresh, unsent] = Array.from({ length: 5 }, () => newId('job')) as [JobId, JobId, JobId, JobId, JobId];
    const message = (id: JobId) => ({ id, pool: 'default', wanted: 1 });
    const open = (id: JobId, name: string) => calls.open(id, { onDelta: () => {}, onDone: () => {}, onFailed: ({ code }) => void events.push(`${name} ${code}`) });
    open(lost, 'lost').travelsIn(message(lost));
    open(busy, 'busy').travelsIn(message(busy));
    open(answered, 'answered').travelsIn(message(busy));
    open(unsent, 'unsent');
    const hold = { owner: 'test' } as HoldState;
    const look = createLostCallsWatch({
      calls,
      queue: { hasWaiting: async ({ id }) => id === busy },
      holds: { inspect: async (id) => (id === answered ? null : hold) },
      logger: silentLogger(),
      nowMs: () => nowMs,
      silentMs: 1_000,
    });
    nowMs = 1_500;
    open(fresh, 'fresh').travelsIn(message(fresh));

    await look();
    expect(events).toEqual([]);
    await look();

    expect(events).toEqual(['lost backend.failed', 'answered backend.failed']);
    expect(calls.count()).toBe(3);
  });
});
