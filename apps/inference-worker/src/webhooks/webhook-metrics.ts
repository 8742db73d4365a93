import type { DeliveryDecision } from '@weighbridge/inference-domain';
import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

export interface WebhookMetrics {
  readonly tried: (outcome: DeliveryDecision['outcome'], durationMs: number) => void;
  readonly setPending: (summary: { readonly pending: number; readonly oldestSeconds: number }) => void;
}

/** Labels are few and bounded: no project or receiver is ever one. */
export function createWebhookMetrics(registry: Registry): WebhookMetrics {
  const registers = [registry];
  const tries = new Counter({ name: 'weighbridge_webhook_tries_total', help: 'Tries of webhook deliveries by what came of them: delivered, retry, dead (given up) or gone (410)', labelNames: ['outcome'], registers });
  const seconds = new Histogram({ name: 'weighbridge_webhook_try_seconds', help: 'How long receivers take to answer', buckets: [0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 15], registers });
  const pending = new Gauge({ name: 'weighbridge_webhooks_pending', help: 'Webhook deliveries that are neither delivered nor given up, over the whole installation', registers });
  const oldest = new Gauge({ name: 'weighbridge_webhook_oldest_pending_seconds', help: 'Age of the oldest of them', registers });
  return {
    tried: (outcome, durationMs) => {
      tries.labels(outcome).inc();
      seconds.observe(durationMs / 1_000);
    },
    setPending: (summary) => {
      pending.set(summary.pending);
      oldest.set(summary.oldestSeconds);
    },
  };
}
