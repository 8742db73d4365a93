export { inferenceEndpoints } from './endpoints.ts';
export { AttemptRecord, EvaluationJobs, FinishedJob, Job, JobError, JobSummary, NewJob, Receipt } from './job.ts';
export { BatchObject, BatchRequest, BatchStatus, FileObject, openAiList } from './openai-files.ts';
export { InferenceMessage, LiveReplies, LiveReply, WaitingCall, inferenceChannels, inferenceHousekeepingQueues, inferenceQueues, mostCallsTogether, resultQueues, webhookQueues } from './queues.ts';
export { NewWebhook, Webhook, WebhookAttempt, WebhookChange, WebhookDelivery, WebhookDeliveryDetail, WebhookSecret, callbackUrl } from './webhook.ts';
export { AdmissionTicket, Candidate } from './ticket.ts';
