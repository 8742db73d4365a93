import { z } from 'zod';

/** Lanes of a queue, most urgent first. As long as a message waits in one, none of a later one is taken. */
export const lanes = ['interactive', 'background', 'batch', 'evaluation'] as const;
export const Lane = z.enum(lanes);
export type Lane = z.infer<typeof Lane>;

/** BullMQ's priorities go from 1, taken first, to 2^21. */
const HIGHEST_PRIORITY_NUMBER = 2 ** 21;
const RANKS_PER_LANE = HIGHEST_PRIORITY_NUMBER / lanes.length;

/**
 * The priority of a message for BullMQ: a whole number from 1 to 2^21, lower ones are taken first, equal ones in order of arrival.
 * `outstandingOfProject` is how many messages of the same project wait or run in this lane, without this one; the k-th of a project
 * gets rank k. So every project's first waits behind at most one message of each other project, its second behind at most two, and
 * so on: a round robin between projects without a scheduler. Past 524,287 outstanding messages a project's ranks no longer grow.
 */
export function messagePriority(lane: Lane, outstandingOfProject: number): number {
  if (!Number.isSafeInteger(outstandingOfProject) || outstandingOfProject < 0) {
    throw new RangeError(`outstandingOfProject must be a whole number from 0, not ${outstandingOfProject}`);
  }
  return lanes.indexOf(lane) * RANKS_PER_LANE + Math.min(outstandingOfProject, RANKS_PER_LANE - 1) + 1;
}
