import type { EndedJob } from '@weighbridge/inference-data';
import { newId } from '@weighbridge/shared-adapters/ids';
import { silentLogger } from '@weighbridge/shared-adapters/logging';
import { describe, expect, test } from 'vitest';
import { followEnds } from './end-jobs.ts';

const ended = (more: Partial<EndedJob>): EndedJob => ({
  id: newId('job'),
  projectId: newId('project'),
  lane: 'background',
  batchId: null,
  runId: null,
  status: 'cancelled',
  was: 'queued',
  pool: 'default',
  dispatch: 0,
  finishSequence: null,
  ...more,
});

describe('when nobody can be told of an end', () => {
  test.each([
    { was: 'queued' as const, acts: ['release', 'remove'] },
    { was: 'running' as const, acts: ['cancel'] },
  ])('a job that was $was still has its $acts', async ({ was, acts }) => {
    const done: string[] = [];
    const act = (name: string) => async () => void done.push(name);

    await followEnds(
      {
        holds: { release: async () => (done.push('release'), 'released') },
        queue: { removeDurable: async () => done.push('remove') > 0 },
        publishCancel: act('cancel'),
        publishChange: () => Promise.reject(new Error('the live channel is away')),
        wakeBatches: act('wake'),
        logger: silentLogger(),
      },
      [ended({ was })],
    );

    expect(done).toEqual(acts);
  });
});
