import { z } from 'zod';

/** The states of a job. The last four are terminal: a job enters exactly one of them, once. */
export const JobStatus = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled', 'expired']);
export type JobStatus = z.infer<typeof JobStatus>;

const transitions: Readonly<Record<JobStatus, readonly JobStatus[]>> = {
  queued: ['running', 'failed', 'cancelled', 'expired'],
  // Back to `queued` when its worker was lost: the reconciler gives it to another one.
  running: ['queued', 'succeeded', 'failed', 'cancelled', 'expired'],
  succeeded: [],
  failed: [],
  cancelled: [],
  expired: [],
};

/** The states that never change again. */
export const terminalJobStatuses: ReadonlySet<JobStatus> = new Set(JobStatus.options.filter((status) => transitions[status].length === 0));

export const isTerminalJobStatus = (status: JobStatus): boolean => terminalJobStatuses.has(status);

/** Whether a job may go from one state to another. A state is no transition of itself. */
export const canTransition = (from: JobStatus, to: JobStatus): boolean => transitions[from].includes(to);
