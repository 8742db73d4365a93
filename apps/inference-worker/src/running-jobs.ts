/** The jobs that this process works on, so that a cancelled one can be stopped in flight. */
export interface RunningJobs {
  /** Registers a job for as long as the work takes; the signal is aborted when the job is cancelled. */
  readonly during: <T>(jobId: string, work: (cancelled: AbortSignal) => Promise<T>) => Promise<T>;
  readonly cancel: (jobId: string) => void;
  readonly ids: () => string[];
}

export function createRunningJobs(): RunningJobs {
  const running = new Map<string, AbortController>();
  return {
    during: async (jobId, work) => {
      const controller = new AbortController();
      running.set(jobId, controller);
      try {
        return await work(controller.signal);
      } finally {
        if (running.get(jobId) === controller) running.delete(jobId);
      }
    },
    cancel: (jobId) => running.get(jobId)?.abort(new Error('cancelled')),
    ids: () => [...running.keys()],
  };
}
