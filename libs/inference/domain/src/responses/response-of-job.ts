import type { TokenUsage } from '@weighbridge/shared-domain';
import type { ChatChoice } from '../chat-completion.ts';
import type { JobStatus } from '../job.ts';
import type { ResponseHead, ResponseObject, ResponseStatus } from './response-object.ts';
import { responseBody } from './response-object.ts';
import type { ResponseStream } from './response-stream.ts';
import { createResponseStream, outputOfChoice } from './response-stream.ts';
import type { ResponseEvent } from './response-stream.ts';

/** How a durable job stands, as far as a background response shows it. */
export interface ResponseJob {
  readonly status: JobStatus;
  readonly choices: readonly ChatChoice[];
  readonly usage: TokenUsage | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly finishedAt: Date | null;
}

const statuses = {
  queued: 'queued',
  running: 'in_progress',
  succeeded: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
  expired: 'failed',
} as const satisfies Record<JobStatus, ResponseStatus>;

const unixSeconds = (at: Date | null) => (at === null ? null : Math.floor(at.getTime() / 1_000));

/** A background response as it stands. */
export function responseOfJob(head: ResponseHead, job: ResponseJob): ResponseObject {
  const status = statuses[job.status];
  if (status !== 'completed') return responseBody(head, { status, error: status === 'failed' ? job.error : null });
  const { output = [], incompleteReason = null } = outputOfChoice(head.id, job.choices[0]);
  return responseBody(head, {
    status: incompleteReason === null ? 'completed' : 'incomplete',
    output,
    incompleteReason,
    usage: job.usage,
    completedAt: incompleteReason === null ? unixSeconds(job.finishedAt) : null,
  });
}

/** The events of a background response, as its job goes on. Told the same states, it numbers the same events alike, so a client can go on where it left. */
export function followResponse(head: ResponseHead, send: (event: ResponseEvent) => void): (job: ResponseJob) => void {
  const stream: ResponseStream = createResponseStream({ head, send });
  return (job) => {
    stream.queued();
    switch (statuses[job.status]) {
      case 'queued':
        return;
      case 'in_progress':
        stream.inProgress();
        return;
      case 'failed':
        stream.fail({ status: 'failed', error: job.error });
        return;
      case 'cancelled':
        stream.fail({ status: 'cancelled' });
        return;
      default:
        stream.finish({ choices: job.choices, usage: job.usage, completedAt: unixSeconds(job.finishedAt) });
    }
  };
}
