import { DeliveryStatus, WebhookEvent } from '@weighbridge/inference-domain';
import { Instant, ProjectId, WebhookDeliveryId, WebhookId } from '@weighbridge/shared-domain';
import { z } from 'zod';

/** Its form only; whether it may be called is decided when it is given and again at each call. */
export const callbackUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).max(2_000);

const description = z.string().trim().max(200);
const events = z
  .array(WebhookEvent)
  .min(1)
  .max(WebhookEvent.options.length)
  .transform((names) => [...new Set(names)]);

export const NewWebhook = z.strictObject({ url: callbackUrl, events, description: description.optional() });
export type NewWebhook = z.infer<typeof NewWebhook>;

/** Absent members stay as they are. `active: true` lets a disabled endpoint hear again of what happens from then on. */
export const WebhookChange = z.strictObject({ url: callbackUrl.optional(), events: events.optional(), description: description.nullish(), active: z.boolean().optional() });
export type WebhookChange = z.infer<typeof WebhookChange>;

export const Webhook = z.object({
  id: WebhookId,
  projectId: ProjectId,
  url: z.string(),
  events: z.array(WebhookEvent),
  description: z.string().nullable(),
  status: z.enum(['active', 'disabled']),
  /** `gone`: the receiver answered 410. `by_request`: somebody did it. */
  disabledReason: z.enum(['gone', 'by_request']).nullable(),
  disabledAt: Instant.nullable(),
  /** Until then deliveries are signed with the secret before the last rotation too. */
  previousSecretUntil: Instant.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Webhook = z.infer<typeof Webhook>;

/** `whsec_…`, as Standard Webhooks writes it. Shown once. */
export const WebhookSecret = z.object({ secret: z.string(), previousSecretUntil: Instant.nullable() });
export type WebhookSecret = z.infer<typeof WebhookSecret>;

export const WebhookDelivery = z.object({
  id: WebhookDeliveryId,
  /** Null: the callback of a job. */
  webhookId: WebhookId.nullable(),
  projectId: ProjectId,
  url: z.string(),
  /** The `webhook-id` that the receiver sees, the same on every try. */
  eventId: z.string(),
  eventType: z.string(),
  /** The job, the batch, or for a test the endpoint. */
  subjectId: z.string(),
  status: DeliveryStatus,
  attempts: z.int(),
  nextAttemptAt: Instant.nullable(),
  lastStatusCode: z.int().nullable(),
  lastError: z.string().nullable(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

export const WebhookAttempt = z.object({
  number: z.int(),
  startedAt: Instant,
  durationMs: z.number(),
  /** Null: no answer came, and `error` says why. */
  statusCode: z.int().nullable(),
  error: z.string().nullable(),
  /** The beginning of the answer, at most 1,000 characters. */
  responseExcerpt: z.string().nullable(),
});
export type WebhookAttempt = z.infer<typeof WebhookAttempt>;

/** `payload` is the exact text that is sent. */
export const WebhookDeliveryDetail = WebhookDelivery.extend({ payload: z.string(), tries: z.array(WebhookAttempt) });
export type WebhookDeliveryDetail = z.infer<typeof WebhookDeliveryDetail>;
