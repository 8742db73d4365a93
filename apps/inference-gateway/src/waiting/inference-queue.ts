import { inferenceQueues, mostCallsTogether } from '@weighbridge/inference-contracts';
import type { WaitingCall } from '@weighbridge/inference-contracts';
import type { ModelRequest } from '@weighbridge/inference-domain';
import type { DispatchableJob } from '@weighbridge/inference-data';
import { createMicroBatch } from '@weighbridge/shared-adapters/micro-batch';
import { createProducer } from '@weighbridge/shared-adapters/queue';
import type { QueueCounts, QueueHome } from '@weighbridge/shared-adapters/queue';
import type { Admission } from '../operations/admit.ts';
import type { OutstandingWork } from '../outstanding-work.ts';

/** A message in which waiting calls travel. */
export interface CallMessage {
  readonly id: string;
  readonly pool: string;
  /** Calls that were not given up. */
  wanted: number;
}

/** The only way into the queue of the workers: it takes admissions, and durable jobs that were stored with theirs. */
export interface InferenceQueue {
  /**
   * Resolves once the queue has the call. Calls of one pool, project and lane that come in one turn of the event loop, or while others are on
   * their way, share a message; one that comes alone goes at once.
   */
  readonly addWaiting: (admission: Admission, request: ModelRequest, stream: boolean) => Promise<CallMessage>;
  /** The same dispatch of a job that is in the queue already is not added again. */
  readonly addDurable: (jobs: readonly DispatchableJob[]) => Promise<void>;
  /** Nobody wants one of its calls any more. The last one takes the message with it, unless a worker has it. */
  readonly giveUpWaiting: (message: CallMessage) => Promise<void>;
  readonly removeDurable: (job: Pick<DispatchableJob, 'id' | 'pool' | 'dispatch'>) => Promise<boolean>;
  /** Whether the message is still there. */
  readonly hasWaiting: (message: CallMessage) => Promise<boolean>;
  readonly counts: (pool: string) => Promise<QueueCounts>;
  readonly close: () => Promise<void>;
}

/** A call with the priority that it would have alone. */
interface RankedCall {
  readonly call: WaitingCall;
  readonly priority: number;
}

const durableMessageId = ({ id, dispatch }: Pick<DispatchableJob, 'id' | 'dispatch'>) => `${id}.${dispatch}`;

export function createInferenceQueue(home: QueueHome, gatewayId: string, outstanding: OutstandingWork): InferenceQueue {
  const producer = createProducer(home, inferenceQueues);
  const message = (job: DispatchableJob) => ({
    payload: { v: 1 as const, kind: 'durable' as const, jobId: job.id, dispatch: job.dispatch },
    id: durableMessageId(job),
    priority: outstanding.nextDurablePriority(job.projectId, job.lane),
  });
  /** The message ranks as its first call; further ones of the project rank behind all of its calls. */
  const send = async (together: readonly RankedCall[]): Promise<CallMessage> => {
    const [first] = together;
    if (first === undefined) throw new RangeError('a message without calls');
    const { jobId, ticket } = first.call;
    await producer.add('inference', { v: 2, kind: 'calls', gatewayId, calls: together.map(({ call }) => call) }, { suffix: ticket.pool, id: jobId, priority: first.priority });
    return { id: jobId, pool: ticket.pool, wanted: together.length };
  };
  const calls = createMicroBatch({
    flush: async (ranked: readonly RankedCall[]) => {
      const groups = travelGroups(ranked);
      const sends = groups.map(send);
      await Promise.allSettled(sends);
      // Each call has the end of its own message: one that could not be added fails nobody else's.
      const sendOf = new Map(groups.flatMap((group, index) => group.map((member) => [member, sends[index] as Promise<CallMessage>] as const)));
      return ranked.map((member) => sendOf.get(member) as Promise<CallMessage>);
    },
    concurrency: 1,
  });
  return {
    addWaiting: async ({ ticket }, request, stream) =>
      calls.add({ call: { jobId: ticket.jobId, stream, ticket, request }, priority: outstanding.nextPriority(ticket.projectId, ticket.lane) }),
    addDurable: async (jobs) => {
      for (const [pool, ofPool] of Map.groupBy(jobs, (job) => job.pool)) await producer.addBulk('inference', ofPool.map(message), { suffix: pool });
    },
    giveUpWaiting: async (given) => {
      given.wanted -= 1;
      if (given.wanted === 0) await producer.remove('inference', given.id, { suffix: given.pool });
    },
    removeDurable: (job) => producer.remove('inference', durableMessageId(job), { suffix: job.pool }),
    hasWaiting: async ({ id, pool }) => (await producer.bullQueue('inference', { suffix: pool }).getJob(id)) !== undefined,
    counts: (pool) => producer.counts('inference', { suffix: pool }),
    close: () => producer.close(),
  };
}

/** Calls that may share a message, in their order. */
function travelGroups(ranked: readonly RankedCall[]): RankedCall[][] {
  const alike = Map.groupBy(ranked, ({ call: { ticket } }) => `${ticket.pool} ${ticket.lane} ${ticket.projectId}`);
  return [...alike.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / mostCallsTogether) }, (_, index) => group.slice(index * mostCallsTogether, (index + 1) * mostCallsTogether)),
  );
}
