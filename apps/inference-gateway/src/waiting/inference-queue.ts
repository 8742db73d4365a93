import { inferenceQueues } from '@weighbridge/inference-contracts';
import type { ModelRequest } from '@weighbridge/inference-domain';
import type { DispatchableJob } from '@weighbridge/inference-data';
import { createProducer } from '@weighbridge/shared-adapters/queue';
import type { QueueCounts, QueueHome } from '@weighbridge/shared-adapters/queue';
import type { JobId } from '@weighbridge/shared-domain';
import type { Admission } from '../operations/admit.ts';
import type { OutstandingWork } from '../outstanding-work.ts';

/** The only way into the queue of the workers: it takes admissions, and durable jobs that were stored with theirs. */
export interface InferenceQueue {
  readonly addWaiting: (admission: Admission, request: ModelRequest, stream: boolean) => Promise<void>;
  /** The same dispatch of a job that is in the queue already is not added again. */
  readonly addDurable: (jobs: readonly DispatchableJob[]) => Promise<void>;
  /** True when no worker has it or ever will: it was taken out, or had ended. */
  readonly removeWaiting: (pool: string, jobId: JobId) => Promise<boolean>;
  readonly removeDurable: (job: Pick<DispatchableJob, 'id' | 'pool' | 'dispatch'>) => Promise<boolean>;
  /** Whether the message of a waiting call is still there. */
  readonly hasWaiting: (pool: string, jobId: JobId) => Promise<boolean>;
  readonly counts: (pool: string) => Promise<QueueCounts>;
  readonly close: () => Promise<void>;
}

const durableMessageId = ({ id, dispatch }: Pick<DispatchableJob, 'id' | 'dispatch'>) => `${id}.${dispatch}`;

export function createInferenceQueue(home: QueueHome, gatewayId: string, outstanding: OutstandingWork): InferenceQueue {
  const producer = createProducer(home, inferenceQueues);
  const message = (job: DispatchableJob) => ({
    payload: { v: 1 as const, kind: 'durable' as const, jobId: job.id, dispatch: job.dispatch },
    id: durableMessageId(job),
    priority: outstanding.nextDurablePriority(job.projectId, job.lane),
  });
  return {
    addWaiting: async ({ ticket }, request, stream) => {
      const { jobId, pool, projectId, lane } = ticket;
      await producer.add(
        'inference',
        { v: 1, kind: 'waiting', jobId, gatewayId, stream, ticket, request },
        { suffix: pool, id: jobId, priority: outstanding.nextPriority(projectId, lane) },
      );
    },
    addDurable: async (jobs) => {
      for (const [pool, ofPool] of Map.groupBy(jobs, (job) => job.pool)) await producer.addBulk('inference', ofPool.map(message), { suffix: pool });
    },
    removeWaiting: (pool, jobId) => producer.remove('inference', jobId, { suffix: pool }),
    removeDurable: (job) => producer.remove('inference', durableMessageId(job), { suffix: job.pool }),
    hasWaiting: async (pool, jobId) => (await producer.bullQueue('inference', { suffix: pool }).getJob(jobId)) !== undefined,
    counts: (pool) => producer.counts('inference', { suffix: pool }),
    close: () => producer.close(),
  };
}
