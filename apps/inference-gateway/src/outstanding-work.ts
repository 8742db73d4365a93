import type { OutstandingCount } from '@weighbridge/inference-data';
import { messagePriority } from '@weighbridge/inference-domain';
import type { Lane } from '@weighbridge/inference-domain';
import type { ProjectId } from '@weighbridge/shared-domain';

/**
 * How much each project has in each lane, for the priorities of further messages: exact for what this process waits for,
 * a few seconds old for durable jobs. Being a little wrong only bends the fairness a little.
 */
export interface OutstandingWork {
  /** The priority of one more message, which counts from now on. */
  readonly nextPriority: (projectId: ProjectId, lane: Lane) => number;
  /** A waiting call has ended. */
  readonly ended: (projectId: ProjectId, lane: Lane) => void;
  /** What the database says of durable jobs. */
  readonly setDurable: (counts: readonly OutstandingCount[]) => void;
  /** A durable job went into the queue since then. */
  readonly nextDurablePriority: (projectId: ProjectId, lane: Lane) => number;
  readonly waiting: () => number;
}

const keyOf = (projectId: ProjectId, lane: Lane) => `${projectId} ${lane}`;

export function createOutstandingWork(): OutstandingWork {
  const waiting = new Map<string, number>();
  let durable = new Map<string, number>();
  let calls = 0;
  const countOf = (key: string) => (waiting.get(key) ?? 0) + (durable.get(key) ?? 0);
  return {
    nextPriority: (projectId, lane) => {
      const key = keyOf(projectId, lane);
      const priority = messagePriority(lane, countOf(key));
      waiting.set(key, (waiting.get(key) ?? 0) + 1);
      calls += 1;
      return priority;
    },
    ended: (projectId, lane) => {
      const key = keyOf(projectId, lane);
      const left = (waiting.get(key) ?? 0) - 1;
      calls -= 1;
      if (left > 0) waiting.set(key, left);
      else waiting.delete(key);
    },
    setDurable: (counts) => {
      durable = new Map(counts.map(({ projectId, lane, jobs }) => [keyOf(projectId, lane), jobs]));
    },
    nextDurablePriority: (projectId, lane) => {
      const key = keyOf(projectId, lane);
      const priority = messagePriority(lane, countOf(key));
      durable.set(key, (durable.get(key) ?? 0) + 1);
      return priority;
    },
    waiting: () => calls,
  };
}
