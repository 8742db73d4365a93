import type { Job } from '@weighbridge/inference-contracts';
import { ChatRequest, responseOfJob, tokenUsageFromOpenAi } from '@weighbridge/inference-domain';
import type { ResponseHead, ResponseJob, ResponseObject } from '@weighbridge/inference-domain';
import { AppError, JobId } from '@weighbridge/shared-domain';
import { openAiErrors } from '../openai-errors.ts';

/** The job that a response is. Throws `resource.not_found` for what is no id of a response. */
export function jobIdOfResponse(responseId: string): JobId {
  const id = JobId.safeParse(responseId.replace(/^resp_/, 'job_'));
  if (id.success && responseId.startsWith('resp_')) return id.data;
  throw unknownResponse(responseId);
}

export const unknownResponse = (responseId: string): AppError =>
  new AppError('resource.not_found', `no response ${responseId}`, { detail: 'There is no such response. Only those made with background: true are kept.' });

/** `instructions` are known where the response is made; later they are one of the messages. */
export const headOfJob = (job: Pick<Job, 'id' | 'createdAt' | 'input'>, instructions: string | null = null): ResponseHead => ({
  id: job.id.replace(/^job_/, 'resp_'),
  createdAt: Math.floor(Date.parse(job.createdAt) / 1_000),
  chat: ChatRequest.parse(job.input),
  instructions,
  background: true,
});

export const stateOfJob = ({ status, error, finishedAt, output = null }: Pick<Job, 'status' | 'error' | 'finishedAt'> & { readonly output?: Job['output'] }): ResponseJob => ({
  status,
  choices: output?.choices ?? [],
  usage: tokenUsageFromOpenAi(output?.usage),
  error: error === null ? null : { code: openAiErrors[error.code].code, message: error.message },
  finishedAt: finishedAt === null ? null : new Date(finishedAt),
});

export const storedResponse = (job: Job, instructions?: string | null): ResponseObject => responseOfJob(headOfJob(job, instructions ?? null), stateOfJob(job));
