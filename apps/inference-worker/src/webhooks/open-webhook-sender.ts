import { createWebhookClient } from '@weighbridge/inference-adapters/webhooks';
import type { WebhookClientOptions } from '@weighbridge/inference-adapters/webhooks';
import { webhookQueues } from '@weighbridge/inference-contracts';
import { createWebhookDeliveryStore } from '@weighbridge/inference-data';
import type { Logger } from '@weighbridge/shared-adapters/logging';
import { createProducer, defineWorker } from '@weighbridge/shared-adapters/queue';
import type { QueueHome } from '@weighbridge/shared-adapters/queue';
import type pg from 'pg';
import type { Registry } from 'prom-client';
import { deliverWebhook } from './deliver-webhook.ts';
import { createWebhookMetrics } from './webhook-metrics.ts';
import { startWebhookRelay } from './webhook-relay.ts';

export interface WebhookSenderDeps extends WebhookClientOptions {
  readonly pool: pg.Pool;
  readonly home: QueueHome;
  readonly openSecret: (sealed: string) => string;
  readonly concurrency: number;
  readonly lockMs: number;
  readonly closeTimeoutMs: number;
  readonly metrics: Registry;
  readonly logger: Logger;
  /** Between looks for what is due. Default 500 ms. */
  readonly lookMs?: number;
  readonly now?: () => Date;
  readonly random?: () => number;
}

const countMs = 15_000;

/** Tells receivers what happened: takes what is due from PostgreSQL to the queue, and from the queue to them. Any number of processes may do so. */
export async function openWebhookSender(deps: WebhookSenderDeps): Promise<{ readonly close: () => Promise<void> }> {
  const { pool, home, logger, lookMs = 500, now = () => new Date(), random = Math.random } = deps;
  const deliveries = createWebhookDeliveryStore(pool);
  const metrics = createWebhookMetrics(deps.metrics);
  const client = createWebhookClient(deps);
  const queue = createProducer(home, webhookQueues);
  const worker = defineWorker(
    home,
    webhookQueues,
    { webhooks: ({ deliveryId, dispatch }, { signal }) => deliverWebhook({ deliveries, client, openSecret: deps.openSecret, metrics, logger, now, random }, { id: deliveryId, dispatch }, signal) },
    { concurrency: deps.concurrency, logger, lockMs: deps.lockMs, stalledIntervalMs: Math.min(5_000, deps.lockMs / 2), closeTimeoutMs: deps.closeTimeoutMs },
  );
  await worker.ready();
  const onError = (error: unknown) => logger.warn({ event: 'webhooks_not_relayed', err: error });
  const relay = startWebhookRelay({
    deliveries,
    enqueue: (due) => queue.addBulk('webhooks', due.map(({ id, dispatch }) => ({ id: `${id}.${dispatch}`, payload: { v: 1, deliveryId: id, dispatch } }))),
    onError,
    everyMs: lookMs,
  });
  const count = () => void deliveries.summarise().then(metrics.setPending).catch(onError);
  count();
  const counting = setInterval(count, countMs);
  counting.unref();
  return {
    close: async () => {
      clearInterval(counting);
      await relay.close();
      await worker.close();
      await client.close();
      await queue.close();
    },
  };
}
