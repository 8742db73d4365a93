import type { JobStatus, Lane } from '@weighbridge/inference-domain';
import type { BatchId, JobId, ProjectId, RunId, UseCaseId } from '@weighbridge/shared-domain';
import type { NewStoredJob, StoredJob } from './stored-job.ts';

export interface Claim {
  readonly id: JobId;
  /** Of the message. */
  readonly dispatch: number;
  /**
   * The queue has given this message to the caller after another worker lost it: takes the job from that worker, whose lease may
   * still run. Its writes are refused from then on.
   */
  readonly takeover?: boolean;
}

export interface HeldJob {
  readonly id: JobId;
  readonly epoch: number;
}

export interface JobCompletion {
  readonly id: JobId;
  /** Null: the gateway ends a job that no worker has. */
  readonly owner: string | null;
  readonly epoch: number;
  readonly status: Exclude<JobStatus, 'queued' | 'running'>;
  /** Null leaves those that are stored. */
  readonly attempts: readonly unknown[] | null;
  readonly output: unknown;
  readonly tokens: unknown;
  /** Decimal string of US dollars. */
  readonly costUsd: string | null;
  readonly error: unknown;
}

/** A job that has just entered its terminal state. */
export interface EndedJob {
  readonly id: JobId;
  readonly projectId: ProjectId;
  readonly lane: Lane;
  readonly batchId: BatchId | null;
  readonly runId: RunId | null;
  readonly status: JobStatus;
  /** `queued`: nothing was started, its hold can be released. `running`: a worker has it, and settles. */
  readonly was: 'queued' | 'running';
  readonly pool: string | null;
  readonly dispatch: number;
  readonly finishSequence: number | null;
}

/** What it takes to give a job to the queue: message id `<id>.<dispatch>` on `inference.<pool>`. */
export interface DispatchableJob {
  readonly id: JobId;
  readonly projectId: ProjectId;
  readonly lane: Lane;
  readonly pool: string;
  readonly dispatch: number;
}

export interface AdmittedJob {
  readonly id: JobId;
  readonly ticket: unknown;
  readonly pool: string;
}

/** A job as lists show it: without request and output. */
export type JobSummaryRow = Omit<StoredJob, 'request' | 'output'>;

export interface JobFilter {
  /** Null: of all projects. */
  readonly projectId: ProjectId | null;
  readonly status?: JobStatus | undefined;
  readonly lane?: Lane | undefined;
  readonly useCaseId?: UseCaseId | undefined;
  /** Only jobs with a smaller id, i.e. older ones. */
  readonly before?: string | undefined;
  readonly limit: number;
}

export interface GroupProgress {
  readonly projectId: ProjectId;
  readonly total: number;
  readonly finished: number;
  readonly succeeded: number;
  readonly cancelledAt: Date | null;
}

export interface JobSummaryCounts {
  readonly counts: Readonly<Record<JobStatus, number>>;
  readonly oldestQueuedMs: number | null;
  readonly finishedLastHour: number;
}

export interface OutstandingCount {
  readonly projectId: ProjectId;
  readonly lane: Lane;
  readonly jobs: number;
}

/**
 * Durable jobs. Every change of state is guarded by the state it comes from, terminal states by owner and epoch too, so whatever runs
 * twice or too late changes nothing. All methods take many at once; see `createMicroBatch` for callers that have one.
 */
export interface JobStore {
  /** Stores jobs and counts them in their groups. Those whose id, key or position is there already are left as they are. Returns the ids that were new. */
  insertJobs(jobs: readonly NewStoredJob[]): Promise<ReadonlySet<JobId>>;
  /** Makes queued, admitted jobs the owner's own for `leaseMs`. One that is finished, expired, of another dispatch or held by another is not in the answer. */
  claimJobs(claims: readonly Claim[], owner: string, leaseMs: number): Promise<StoredJob[]>;
  /** Returns those that are still the owner's. The others were cancelled, expired or taken over: abort their calls. */
  renewLeases(held: readonly HeldJob[], owner: string, leaseMs: number): Promise<ReadonlySet<JobId>>;
  /** Ends jobs. Returns those that this call ended (P2): for one that is not in the answer nobody may be told anything. */
  completeJobs(completions: readonly JobCompletion[]): Promise<EndedJob[]>;
  /** Ends what is not finished yet; a running job too, whose worker must be told. `projectId` null: whosever it is. */
  cancelJobs(ids: readonly JobId[], projectId: ProjectId | null, error: unknown): Promise<EndedJob[]>;
  /** Refuses further jobs of the group, and ends up to `limit` of its open ones; call it until it gives none. */
  cancelGroup(groupId: BatchId | RunId, error: unknown, limit: number): Promise<EndedJob[]>;
  /** Ends up to `limit` jobs that were not finished before they expired. */
  expireJobs(error: unknown, limit: number): Promise<EndedJob[]>;

  /** `projectId` null: whosever it is. */
  findJob(id: JobId, projectId: ProjectId | null): Promise<StoredJob | null>;
  /** Newest first. */
  listJobs(filter: JobFilter): Promise<JobSummaryRow[]>;
  summariseJobs(projectId: ProjectId | null): Promise<JobSummaryCounts>;

  /** Which of the keys the group has already. */
  listClientKeys(groupId: BatchId | RunId, keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** The next lines of a group that wait for admission, in their order. */
  listUnadmitted(groupId: BatchId, limit: number): Promise<StoredJob[]>;
  /** Admitted and not finished. */
  countOutstanding(groupId: BatchId | RunId): Promise<number>;
  /** Gives queued jobs their tickets, and counts them as dispatched. Returns those that got it; the others are no longer waiting. */
  admitJobs(admitted: readonly AdmittedJob[]): Promise<DispatchableJob[]>;
  /** Admitted jobs that were given to the queue longer than `olderThanMs` ago and that no worker has taken; counts them as dispatched again. */
  redispatch(olderThanMs: number, limit: number): Promise<DispatchableJob[]>;
  /** Jobs whose worker let its lease run out, back in the queued state under a new dispatch. */
  requeueLost(limit: number): Promise<DispatchableJob[]>;
  /** Admitted and not finished, by project and lane. */
  listOutstanding(): Promise<OutstandingCount[]>;

  groupProgress(groupId: BatchId | RunId): Promise<GroupProgress | null>;
  /** In the order of finishing, after a sequence number. A reader that goes on from the last one it saw misses none. */
  listFinished(groupId: BatchId | RunId, after: number, limit: number): Promise<StoredJob[]>;
  /** Finished jobs in the order of the input, after a position. */
  listFinishedByPosition(groupId: BatchId, after: number, limit: number): Promise<StoredJob[]>;
}
