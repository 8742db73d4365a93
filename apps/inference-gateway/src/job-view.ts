import { AdmissionTicket, AttemptRecord } from '@weighbridge/inference-contracts';
import type { FinishedJob, Job, JobError, JobSummary, Receipt } from '@weighbridge/inference-contracts';
import type { JobSummaryRow, StoredJob } from '@weighbridge/inference-data';
import { ChatCompletion } from '@weighbridge/inference-domain';
import { AppError, TokenUsage } from '@weighbridge/shared-domain';
import { z } from 'zod';

// Stored JSON is parsed by the schemas of the endpoints when it is answered; here it is only put in its place.
const Attempts = z.array(AttemptRecord).nullable();
const Resolved = z.object({ model: AdmissionTicket.shape.model, version: AdmissionTicket.shape.version });

export const jobSummary = (job: JobSummaryRow): JobSummary => ({
  id: job.id,
  status: job.status,
  lane: job.lane,
  model: job.modelReference,
  resolved: job.ticket === null ? null : Resolved.parse(job.ticket),
  projectId: job.projectId,
  keyId: job.keyId,
  useCaseId: job.useCaseId,
  batchId: job.batchId,
  runId: job.runId,
  tags: { ...job.tags },
  attempts: Array.isArray(job.attempts) ? job.attempts.length : 0,
  tokens: job.tokens === null ? null : TokenUsage.parse(job.tokens),
  costUsd: job.costUsd,
  error: job.error === null ? null : (job.error as JobError),
  createdAt: job.createdAt.toISOString(),
  startedAt: job.startedAt?.toISOString() ?? null,
  finishedAt: job.finishedAt?.toISOString() ?? null,
  expiresAt: job.expiresAt.toISOString(),
});

export const jobView = (job: StoredJob): Job => ({ ...jobSummary(job), input: job.request, output: job.output === null ? null : ChatCompletion.parse(job.output), callbackUrl: job.callbackUrl });

/** Throws `resource.wrong_state` for a job that has not been admitted: nothing was decided yet. */
export function receiptOf(job: StoredJob): Receipt {
  if (job.ticket === null) throw new AppError('resource.wrong_state', `${job.id} has no ticket`, { detail: 'This job was not admitted, so there is no decision, route or price to show.' });
  const ticket = AdmissionTicket.parse(job.ticket);
  return {
    jobId: job.id,
    model: ticket.model,
    version: ticket.version,
    useCaseId: ticket.useCaseId,
    decision: ticket.decision,
    route: { candidates: ticket.candidates.map(({ deploymentId }) => deploymentId), passedOver: ticket.passedOver },
    attempts: Attempts.parse(job.attempts) ?? [],
    holdUsd: ticket.holdUsd,
    costUsd: job.costUsd ?? '0',
  };
}

export function finishedJob(job: StoredJob): FinishedJob {
  const [choice] = job.output === null ? [] : ChatCompletion.parse(job.output).choices;
  return {
    sequence: job.finishSequence ?? 0,
    jobId: job.id,
    key: job.clientKey ?? '',
    status: job.status,
    text: choice?.message.content ?? null,
    finishReason: choice?.finish_reason ?? null,
    tokens: job.tokens === null ? null : TokenUsage.parse(job.tokens),
    costUsd: job.costUsd ?? '0',
    durationMs: job.startedAt === null || job.finishedAt === null ? null : job.finishedAt.getTime() - job.startedAt.getTime(),
    error: job.error === null ? null : (job.error as JobError),
  };
}
