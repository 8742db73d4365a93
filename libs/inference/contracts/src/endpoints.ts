import { ChatCompletion, JobStatus, Lane } from '@weighbridge/inference-domain';
import { defineEndpoints, pageOf, pageQuery } from '@weighbridge/shared-contracts';
import { BatchId, FileId, JobId, ProjectId, RunId, UseCaseId } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { OpenAiModel, doorEndpoints } from './door-endpoints.ts';
import { EvaluationJobs, FinishedJob, Job, JobSummary, NewJob, Receipt } from './job.ts';
import { BatchObject, FileObject, openAiList } from './openai-files.ts';
import { webhookEndpoints } from './webhook-endpoints.ts';

const jobParams = z.object({ id: JobId });
const fileParams = z.object({ id: FileId });
const batchParams = z.object({ id: BatchId });
const openAiPage = { limit: z.coerce.number().int().min(1).max(200).default(20), after: z.string().max(100).optional() };

/**
 * The inference API. The first part follows OpenAI to the letter, errors included; `raw` endpoints there read their own bodies,
 * so that a body is parsed once and errors have OpenAI's shape.
 */
export const inferenceEndpoints = defineEndpoints({
  createChatCompletion: {
    method: 'post',
    path: '/v1/chat/completions',
    role: 'runner',
    summary: 'Chat completion; with stream: true as server-sent events (body: OpenAI chat completion request)',
    response: ChatCompletion,
    reply: 'raw',
    admission: true,
    maxBodyBytes: 4_194_304,
  },
  listOpenAiModels: {
    method: 'get',
    path: '/v1/models',
    role: 'runner',
    summary: 'The models that this key may call now',
    response: z.object({ object: z.literal('list'), data: z.array(OpenAiModel) }),
  },
  ...doorEndpoints,
  uploadFile: { method: 'post', path: '/v1/files', role: 'runner', summary: 'Uploads a JSONL file (multipart: file, purpose "batch")', response: FileObject, reply: 'raw', maxBodyBytes: 209_715_200 },
  listFiles: { method: 'get', path: '/v1/files', role: 'runner', summary: 'The files of the project', query: z.object({ ...openAiPage, purpose: z.string().max(40).optional() }), response: openAiList(FileObject) },
  getFile: { method: 'get', path: '/v1/files/{id}', role: 'runner', summary: 'A file', params: fileParams, response: FileObject },
  getFileContent: { method: 'get', path: '/v1/files/{id}/content', role: 'runner', summary: 'The content of a file', params: fileParams, response: z.string(), reply: 'raw' },
  deleteFile: {
    method: 'delete',
    path: '/v1/files/{id}',
    role: 'runner',
    summary: 'Deletes a file',
    params: fileParams,
    response: z.object({ id: z.string(), object: z.literal('file'), deleted: z.literal(true) }),
  },
  createBatch: { method: 'post', path: '/v1/batches', role: 'runner', summary: 'Starts a batch from an uploaded file (header x-weighbridge-use-case names another use case than the key’s)', response: BatchObject, reply: 'raw', admission: true },
  listBatches: { method: 'get', path: '/v1/batches', role: 'runner', summary: 'The batches of the project, newest first', query: z.object(openAiPage), response: openAiList(BatchObject) },
  getBatch: { method: 'get', path: '/v1/batches/{id}', role: 'runner', summary: 'A batch', params: batchParams, response: BatchObject },
  cancelBatch: { method: 'post', path: '/v1/batches/{id}/cancel', role: 'runner', summary: 'Cancels a batch; what is finished is kept', params: batchParams, response: BatchObject },

  createJob: { method: 'post', path: '/v1/jobs', role: 'runner', summary: 'A durable background job; 202 means that it is stored', body: NewJob, response: Job, status: 202, admission: true, maxBodyBytes: 4_194_304 },
  listJobs: {
    method: 'get',
    path: '/v1/jobs',
    role: 'viewer',
    summary: 'The durable jobs of a project, newest first',
    query: z.object({ ...pageQuery, project: ProjectId.optional(), status: JobStatus.optional(), lane: Lane.optional(), useCaseId: UseCaseId.optional() }),
    response: pageOf(JobSummary),
  },
  summariseJobs: {
    method: 'get',
    path: '/v1/jobs/summary',
    role: 'viewer',
    summary: 'How many durable jobs are in each state, and how old the oldest waiting one is',
    query: z.object({ project: ProjectId.optional() }),
    response: z.object({ counts: z.record(JobStatus, z.int()), oldestQueuedMs: z.number().nullable(), finishedLastHour: z.int() }),
  },
  /** Before the paths with an id, which would take `events` for one. */
  streamProjectEvents: { method: 'get', path: '/v1/jobs/events', role: 'viewer', summary: 'Every change of state of the jobs of a project, as server-sent events', query: z.object({ project: ProjectId.optional() }), response: z.string(), reply: 'raw' },
  getJob: { method: 'get', path: '/v1/jobs/{id}', role: 'viewer', summary: 'A job, with its output once there is one', params: jobParams, response: Job },
  cancelJob: { method: 'delete', path: '/v1/jobs/{id}', role: 'runner', summary: 'Cancels a job, in flight too', params: jobParams, response: Job },
  streamJobEvents: { method: 'get', path: '/v1/jobs/{id}/events', role: 'viewer', summary: 'The states of a job as server-sent events, until the last', params: jobParams, response: z.string(), reply: 'raw' },
  getReceipt: { method: 'get', path: '/v1/jobs/{id}/receipt', role: 'viewer', summary: 'Why allowed, why this route, why this price', params: jobParams, response: Receipt },

  ...webhookEndpoints,

  createEvaluationJobs: {
    method: 'post',
    path: '/v1/evaluation-jobs',
    role: 'service',
    summary: 'Jobs of an evaluation run, for the evaluation runner',
    body: EvaluationJobs,
    response: z.object({ accepted: z.int(), refused: z.array(z.object({ key: z.string(), code: z.string(), message: z.string() })) }),
    status: 202,
    admission: true,
    maxBodyBytes: 16_777_216,
  },
  listFinishedEvaluationJobs: {
    method: 'get',
    path: '/v1/evaluation-jobs',
    role: 'service',
    summary: 'Finished jobs of a run after a sequence number; waits up to waitMs for the first',
    query: z.object({ runId: RunId, after: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(1_000).default(500), waitMs: z.coerce.number().int().min(0).max(20_000).default(0) }),
    response: z.object({ data: z.array(FinishedJob), finished: z.int(), total: z.int() }),
  },
  cancelEvaluationJobs: { method: 'delete', path: '/v1/evaluation-jobs/{runId}', role: 'service', summary: 'Cancels what is left of a run', params: z.object({ runId: RunId }), response: z.object({ cancelled: z.int() }) },
});
