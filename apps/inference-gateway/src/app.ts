import type { Express } from 'express';
import { inferenceEndpoints } from '@weighbridge/inference-contracts';
import { createHttpApp } from '@weighbridge/shared-adapters/http';
import type { Handlers, HttpAppOptions } from '@weighbridge/shared-adapters/http';
import { renderOpenAiError } from './openai-errors.ts';
import { cancelBatchRoute } from './routes/cancel-batch.ts';
import { cancelEvaluationJobsRoute } from './routes/cancel-evaluation-jobs.ts';
import { cancelJobRoute } from './routes/cancel-job.ts';
import { cancelResponseRoute } from './routes/cancel-response.ts';
import { createBatchRoute } from './routes/create-batch.ts';
import { createChatCompletionRoute } from './routes/create-chat-completion.ts';
import { createCompletionRoute } from './routes/create-completion.ts';
import { createEmbeddingsRoute } from './routes/create-embeddings.ts';
import { createEvaluationJobsRoute } from './routes/create-evaluation-jobs.ts';
import { createJobRoute } from './routes/create-job.ts';
import { createResponseRoute } from './routes/create-response.ts';
import { deleteFileRoute } from './routes/delete-file.ts';
import { getBatchRoute } from './routes/get-batch.ts';
import { getFileContentRoute } from './routes/get-file-content.ts';
import { getFileRoute } from './routes/get-file.ts';
import { getJobRoute } from './routes/get-job.ts';
import { getOpenAiModelRoute } from './routes/get-open-ai-model.ts';
import { getReceiptRoute } from './routes/get-receipt.ts';
import { getResponseRoute } from './routes/get-response.ts';
import { listBatchesRoute } from './routes/list-batches.ts';
import { listFilesRoute } from './routes/list-files.ts';
import { listFinishedEvaluationJobsRoute } from './routes/list-finished-evaluation-jobs.ts';
import { listJobsRoute } from './routes/list-jobs.ts';
import { listOpenAiModelsRoute } from './routes/list-open-ai-models.ts';
import { streamJobEventsRoute } from './routes/stream-job-events.ts';
import { streamProjectEventsRoute } from './routes/stream-project-events.ts';
import { summariseJobsRoute } from './routes/summarise-jobs.ts';
import { uploadFileRoute } from './routes/upload-file.ts';
import { webhookRoutes } from './webhook-routes.ts';
import type { WebhookRouteDeps } from './webhook-routes.ts';

type RouteDeps = Parameters<typeof createChatCompletionRoute>[0] &
  Parameters<typeof createResponseRoute>[0] &
  Parameters<typeof listOpenAiModelsRoute>[0] &
  Parameters<typeof uploadFileRoute>[0] &
  Parameters<typeof createBatchRoute>[0] &
  Parameters<typeof listBatchesRoute>[0] &
  Parameters<typeof cancelBatchRoute>[0] &
  Parameters<typeof createJobRoute>[0] &
  Parameters<typeof listJobsRoute>[0] &
  Parameters<typeof summariseJobsRoute>[0] &
  Parameters<typeof cancelJobRoute>[0] &
  Parameters<typeof streamJobEventsRoute>[0] &
  Parameters<typeof createEvaluationJobsRoute>[0] &
  Parameters<typeof listFinishedEvaluationJobsRoute>[0] &
  Parameters<typeof cancelEvaluationJobsRoute>[0] &
  WebhookRouteDeps;

export type AppDeps = RouteDeps & Pick<HttpAppOptions<typeof inferenceEndpoints>, 'authenticate' | 'logger' | 'readiness' | 'stopping' | 'metrics'>;

/** The inference API. Never listens. */
export function createApp(deps: AppDeps): Express {
  const handlers: Handlers<typeof inferenceEndpoints> = {
    createChatCompletion: createChatCompletionRoute(deps),
    listOpenAiModels: listOpenAiModelsRoute(deps),
    createCompletion: createCompletionRoute(deps),
    createEmbeddings: createEmbeddingsRoute(deps),
    createResponse: createResponseRoute(deps),
    getResponse: getResponseRoute(deps),
    cancelResponse: cancelResponseRoute(deps),
    getOpenAiModel: getOpenAiModelRoute(deps),
    uploadFile: uploadFileRoute(deps),
    listFiles: listFilesRoute(deps),
    getFile: getFileRoute(deps),
    getFileContent: getFileContentRoute(deps),
    deleteFile: deleteFileRoute(deps),
    createBatch: createBatchRoute(deps),
    listBatches: listBatchesRoute(deps),
    getBatch: getBatchRoute(deps),
    cancelBatch: cancelBatchRoute(deps),
    createJob: createJobRoute(deps),
    listJobs: listJobsRoute(deps),
    summariseJobs: summariseJobsRoute(deps),
    getJob: getJobRoute(deps),
    cancelJob: cancelJobRoute(deps),
    streamJobEvents: streamJobEventsRoute(deps),
    streamProjectEvents: streamProjectEventsRoute(deps),
    getReceipt: getReceiptRoute(deps),
    createEvaluationJobs: createEvaluationJobsRoute(deps),
    listFinishedEvaluationJobs: listFinishedEvaluationJobsRoute(deps),
    cancelEvaluationJobs: cancelEvaluationJobsRoute(deps),
    ...webhookRoutes(deps),
  };
  return createHttpApp({
    service: 'inference-gateway',
    version: '1',
    description: 'OpenAI-compatible door, durable jobs, batches and files. Every request is admitted by licence, rate, price and budget before a model is called.',
    publicPath: '/',
    endpoints: inferenceEndpoints,
    handlers,
    authenticate: deps.authenticate,
    logger: deps.logger,
    readiness: deps.readiness,
    stopping: deps.stopping,
    ...(deps.metrics === undefined ? {} : { metrics: deps.metrics }),
    renderError: renderOpenAiError,
  });
}
