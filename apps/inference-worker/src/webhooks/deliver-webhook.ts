import { signWebhook } from '@weighbridge/inference-adapters/webhooks';
import type { WebhookClient, WebhookReply } from '@weighbridge/inference-adapters/webhooks';
import type { ClaimedDelivery, DueDelivery, WebhookDeliveryStore } from '@weighbridge/inference-data';
import { decideDelivery, retryAfterMs } from '@weighbridge/inference-domain';
import type { Logger } from '@weighbridge/shared-adapters/logging';
import type { WebhookMetrics } from './webhook-metrics.ts';

export interface DeliverWebhookDeps {
  readonly deliveries: Pick<WebhookDeliveryStore, 'claimDelivery' | 'recordTry'>;
  readonly client: Pick<WebhookClient, 'post'>;
  readonly openSecret: (sealed: string) => string;
  readonly metrics: Pick<WebhookMetrics, 'tried'>;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly random: () => number;
}

/** Longer than any call takes. */
const claimMs = 60_000;

/**
 * Tells a receiver once, and writes down what came of it. A process that dies in between has told and not written: the receiver hears it again,
 * with the same webhook-id (at least once). Does nothing for a delivery that has ended or was given again.
 */
export async function deliverWebhook(deps: DeliverWebhookDeps, due: DueDelivery, signal: AbortSignal): Promise<void> {
  const delivery = await deps.deliveries.claimDelivery(due, claimMs);
  if (delivery === null) return;
  const startedAt = deps.now();
  const began = performance.now();
  const reply = await tell(deps, delivery, startedAt, signal);
  const durationMs = performance.now() - began;
  // The process stops, or the message was given to another: whoever has it next tries again, and the receiver is not blamed.
  if (reply.statusCode === null && signal.aborted) throw new Error('stopped while a webhook was being told', { cause: signal.reason });

  const decision = decideDelivery({ statusCode: reply.statusCode, retryAfterMs: retryAfterMs(reply.retryAfter, startedAt.getTime()) }, { round: delivery.round + 1, random: deps.random() });
  await deps.deliveries.recordTry({
    delivery: due,
    outcome: decision.outcome,
    delayMs: decision.outcome === 'retry' ? decision.delayMs : 0,
    startedAt,
    durationMs,
    statusCode: reply.statusCode,
    error: reply.error,
    responseExcerpt: reply.excerpt,
  });
  deps.metrics.tried(decision.outcome, durationMs);
  deps.logger.info({ event: 'webhook_told', deliveryId: due.id, outcome: decision.outcome, statusCode: reply.statusCode, round: delivery.round + 1, durationMs: Math.round(durationMs) });
}

/** A secret that cannot be opened (another WEIGHBRIDGE_SECRET_KEY) is a try like others: it is in the log for the project to see, and a new secret helps. */
async function tell({ client, openSecret, logger }: DeliverWebhookDeps, delivery: ClaimedDelivery, at: Date, signal: AbortSignal): Promise<WebhookReply> {
  let secrets: readonly string[];
  try {
    secrets = delivery.secretsSealed.map(openSecret);
  } catch (error) {
    logger.error({ event: 'webhook_secret_not_opened', deliveryId: delivery.id, err: error });
    return { statusCode: null, error: 'the secret cannot be opened: give a new one', excerpt: null, retryAfter: undefined };
  }
  return client.post({ url: delivery.url, headers: { ...signWebhook({ id: delivery.eventId, body: delivery.body, at, secrets }) }, body: delivery.body, signal });
}
