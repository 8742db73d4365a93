import type { HeldJob, JobStore } from '@weighbridge/inference-data';
import type { JobId } from '@weighbridge/shared-domain';

/** Keeps the leases of the durable jobs that this process works on, all with one statement at a time. */
export interface JobLeases {
  /** The signal is aborted when the job is no longer this process's: it was cancelled, it expired or another worker took it over. */
  readonly during: <T>(held: HeldJob, work: (lost: AbortSignal) => Promise<T>) => Promise<T>;
  readonly close: () => void;
}

export interface JobLeasesOptions {
  readonly store: Pick<JobStore, 'renewLeases'>;
  readonly owner: string;
  readonly leaseMs: number;
  readonly onError: (error: unknown) => void;
}

export function createJobLeases({ store, owner, leaseMs, onError }: JobLeasesOptions): JobLeases {
  const held = new Map<JobId, { readonly job: HeldJob; readonly lost: AbortController }>();
  const renew = async () => {
    const asked = [...held.values()];
    if (asked.length === 0) return;
    try {
      const kept = await store.renewLeases(asked.map(({ job }) => job), owner, leaseMs);
      for (const { job, lost } of asked) if (!kept.has(job.id)) lost.abort(new Error('the job is no longer this worker’s'));
    } catch (error) {
      onError(error);
    }
  };
  const timer = setInterval(() => void renew(), leaseMs / 3);
  timer.unref();
  return {
    during: async (job, work) => {
      const lost = new AbortController();
      held.set(job.id, { job, lost });
      try {
        return await work(lost.signal);
      } finally {
        held.delete(job.id);
      }
    },
    close: () => clearInterval(timer),
  };
}
