import { InferenceMessage, inferenceQueues } from '@weighbridge/inference-contracts';
import { newId } from '@weighbridge/shared-adapters/ids';
import { createProducer, openQueueHome } from '@weighbridge/shared-adapters/queue';
import type { QueueHome } from '@weighbridge/shared-adapters/queue';
import type { ProjectId } from '@weighbridge/shared-domain';
import { createTestDatabase, startTestRedis } from '@weighbridge/shared-testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Admission } from '../operations/admit.ts';
import { createOutstandingWork } from '../outstanding-work.ts';
import { createInferenceQueue } from './inference-queue.ts';
import type { InferenceQueue } from './inference-queue.ts';

const request = { model: 'stub', messages: [{ role: 'user' as const, content: 'hi' }] };

/** The queue asks of an admission only who travels with whom. */
function admissionOf(projectId: ProjectId): Admission {
  const now = new Date().toISOString();
  const jobId = newId('job');
  const ticket = {
    jobId, projectId, keyId: null, useCaseId: newId('useCase'), lane: 'interactive', model: 'stub', version: '1', pool: 'default',
    candidates: [{ deploymentId: newId('deployment'), priceId: null, price: null }], passedOver: [],
    decision: { outcome: 'allow', inputsDigest: 'digest', approvalId: null }, holdUsd: '0', budgetAccounts: [], inputTokensBound: 1, maxOutputTokens: 1,
    admittedAt: now, deadlineAt: now, batchId: null, runId: null, tags: {},
  } as const;
  return { ticket, useCaseId: ticket.useCaseId } as unknown as Admission;
}

describe.each(['redis', 'postgres'] as const)('waiting calls on %s', (kind) => {
  const closers: (() => Promise<unknown>)[] = [];
  let home: QueueHome;
  let queue: InferenceQueue;

  beforeEach(async () => {
    const server = kind === 'redis' ? await startTestRedis() : await createTestDatabase({ scopes: ['inference', 'queue'] });
    closers.push(() => ('stop' in server ? server.stop() : server.close()));
    home = openQueueHome('url' in server ? server.url : server.urlFor('inference'), { name: 'test' });
    closers.push(() => home.close());
    queue = createInferenceQueue(home, 'gw_test', createOutstandingWork());
    closers.push(() => queue.close());
  });
  afterEach(async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  });

  const addTogether = (projectId: ProjectId, calls: number) => Array.from({ length: calls }, () => queue.addWaiting(admissionOf(projectId), request, false));
  const messages = async () => {
    const producer = createProducer(home, inferenceQueues);
    const jobs = await producer.bullQueue('inference', { suffix: 'default' }).getJobs(['prioritized']);
    await producer.close();
    return jobs
      .map(({ data, priority }) => {
        const message = InferenceMessage.parse(data);
        return { projects: new Set(message.kind === 'calls' ? message.calls.map(({ ticket }) => ticket.projectId) : []), calls: message.kind === 'calls' ? message.calls.length : 0, priority };
      })
      .toSorted((a, b) => a.priority - b.priority);
  };

  test('that come together travel together, up to 32 of one project, and rank by calls: another project stands behind its first message only', async () => {
    const [busy, other] = [newId('project'), newId('project')];

    await Promise.all([...addTogether(busy, 40), ...addTogether(other, 1)]);

    const [first, second, third] = await messages();
    expect(new Set([first!.calls, second!.calls])).toEqual(new Set([1, 32]));
    expect(first!.priority).toBe(second!.priority);
    expect(third).toMatchObject({ calls: 8, priority: first!.priority + 32 });
    for (const message of [first, second, third]) expect(message!.projects.size).toBe(1);
  });

  test('that come alone go alone', async () => {
    const project = newId('project');

    await queue.addWaiting(admissionOf(project), request, false);
    await queue.addWaiting(admissionOf(project), request, false);

    expect((await messages()).map(({ calls }) => calls)).toEqual([1, 1]);
  });

  test('leave the queue with the last of their message that is given up', async () => {
    const [first, second] = await Promise.all(addTogether(newId('project'), 2));

    expect(first).toBe(second);
    await queue.giveUpWaiting(first!);
    expect(await queue.hasWaiting(first!)).toBe(true);
    await queue.giveUpWaiting(second!);
    expect(await queue.hasWaiting(first!)).toBe(false);
  });
});
