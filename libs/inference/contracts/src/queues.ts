import type { BackendDelta } from '@weighbridge/inference-domain';
import { EmbeddingVector, ModelRequest } from '@weighbridge/inference-domain';
import { defineChannels, defineQueues } from '@weighbridge/shared-contracts';
import { JobId, WebhookDeliveryId } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { AttemptRecord, JobError } from './job.ts';
import { AdmissionTicket } from './ticket.ts';

/** A call that somebody waits for. It travels whole, since nothing else stores it, and is gone with its answer. */
export const WaitingCall = z.object({
  jobId: JobId,
  stream: z.boolean(),
  ticket: AdmissionTicket,
  request: ModelRequest,
  traceparent: z.string().max(100).optional(),
});
export type WaitingCall = z.infer<typeof WaitingCall>;

/** The gateway that waits: answers go to the live channel `gateway.<id>`. */
const gatewayId = z.string().max(60);

/** Most calls that travel in one message: a call of another project may have to wait for as many. */
export const mostCallsTogether = 32;

/**
 * Waiting calls of one gateway, pool, project and lane travel together when they come together.
 * A durable job travels as its id: PostgreSQL has the rest; its message has the id `<jobId>.<dispatch>`.
 */
export const InferenceMessage = z.discriminatedUnion('kind', [
  z.object({ v: z.literal(2), kind: z.literal('calls'), gatewayId, calls: z.array(WaitingCall).min(1).max(mostCallsTogether) }),
  /** A call alone, as gateways of earlier releases send it. */
  WaitingCall.extend({ v: z.literal(1), kind: z.literal('waiting'), gatewayId }),
  z.object({
    v: z.literal(1),
    kind: z.literal('durable'),
    jobId: JobId,
    /** Which round of dispatch this message belongs to. A job that was given to the queue anew has a higher one, and older messages are void. */
    dispatch: z.int().min(0),
    traceparent: z.string().max(100).optional(),
  }),
]);
export type InferenceMessage = z.infer<typeof InferenceMessage>;

export const inferenceQueues = defineQueues({
  /** `inference.<pool>`. A lost worker's message is given to another one; retries of backends happen inside one try. */
  inference: { payload: InferenceMessage, attempts: 3, backoffMs: 500, timeoutMs: 600_000, keep: 'none', suffixed: true },
});

/** Wake-ups for groups (batches and runs) some of whose jobs have ended. */
export const resultQueues = defineQueues({
  results: { payload: z.object({ v: z.literal(1), batchIds: z.array(z.string()).min(1).max(500) }), attempts: 5, backoffMs: 500, timeoutMs: 60_000 },
});

export const inferenceHousekeepingQueues = defineQueues({
  housekeeping: {
    payload: z.object({ v: z.literal(1), task: z.enum(['reconcile-jobs', 'expire-jobs', 'advance-batches', 'purge-idempotency', 'purge-webhooks', 'report-end-users']) }),
    attempts: 3,
    backoffMs: 1_000,
    timeoutMs: 60_000,
    suffixed: true,
  },
});

/** PostgreSQL has the delivery, its tries and their times; a message only says that it is due. Its id is `<deliveryId>.<dispatch>`. */
export const webhookQueues = defineQueues({
  webhooks: { payload: z.object({ v: z.literal(1), deliveryId: WebhookDeliveryId, dispatch: z.int().min(0) }), attempts: 3, backoffMs: 1_000, timeoutMs: 60_000, keep: 'none' },
});

/** What a worker tells the gateway that waits. `sequence` begins at 0 for each job and has no gaps: a gap means that a message was lost. */
export const LiveReply = z.discriminatedUnion('type', [
  z.object({ type: z.literal('delta'), jobId: JobId, sequence: z.int(), delta: z.custom<BackendDelta>() }),
  z.object({
    type: z.literal('done'),
    jobId: JobId,
    sequence: z.int(),
    attempts: z.array(AttemptRecord),
    reply: z.looseObject({ choices: z.array(z.unknown()), usage: z.unknown(), finishReason: z.string(), embeddings: z.array(EmbeddingVector).optional() }),
  }),
  z.object({ type: z.literal('failed'), jobId: JobId, sequence: z.int(), attempts: z.array(AttemptRecord), error: JobError, retryAfterSeconds: z.number().optional() }),
]);
export type LiveReply = z.infer<typeof LiveReply>;

/** Replies to one gateway that were ready together, in their order. One alone comes from workers that answer a message of version 1. */
export const LiveReplies = z.union([z.array(LiveReply), LiveReply.transform((reply) => [reply])]);

export const inferenceChannels = defineChannels({
  /** Suffixed with the id of a gateway process: `gateway.<id>`. */
  gateway: { name: 'gateway', message: LiveReplies },
  /** To all workers: whoever runs this job aborts it. */
  cancel: { name: 'inference.cancel', message: z.object({ jobId: JobId }) },
  /** Suffixed with a project id: a job of it has changed its state. */
  jobChanged: { name: 'inference.jobs', message: z.object({ jobId: JobId, status: z.string() }) },
});
