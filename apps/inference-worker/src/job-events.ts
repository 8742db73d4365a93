import type { StoredJob } from '@weighbridge/inference-data';
import type { JobStatus } from '@weighbridge/inference-domain';

export interface JobEvents {
  /** Tells who watches, and wakes the batch that the job belongs to. Best effort: nothing depends on it but speed. */
  readonly changed: (job: Pick<StoredJob, 'id' | 'projectId' | 'batchId'>, status: JobStatus) => void;
  readonly close: () => Promise<void>;
}

export interface JobEventsOptions {
  readonly publish: (projectId: string, message: { readonly jobId: StoredJob['id']; readonly status: JobStatus }) => Promise<void>;
  readonly wakeBatches: (batchIds: string[]) => Promise<unknown>;
  readonly onError: (error: unknown) => void;
  /** A batch is woken at most this often. */
  readonly gatherMs?: number;
}

export function createJobEvents({ publish, wakeBatches, onError, gatherMs = 100 }: JobEventsOptions): JobEvents {
  const batches = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const flush = async () => {
    timer = undefined;
    const ids = [...batches];
    batches.clear();
    if (ids.length > 0) await wakeBatches(ids).catch(onError);
  };
  return {
    changed: (job, status) => {
      void publish(job.projectId, { jobId: job.id, status }).catch(onError);
      if (job.batchId === null || status === 'running') return;
      batches.add(job.batchId);
      timer ??= setTimeout(() => void flush(), gatherMs);
    },
    close: async () => {
      clearTimeout(timer);
      await flush();
    },
  };
}
