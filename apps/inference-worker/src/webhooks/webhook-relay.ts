import type { DueDelivery, WebhookDeliveryStore } from '@weighbridge/inference-data';

export interface WebhookRelayDeps {
  readonly deliveries: Pick<WebhookDeliveryStore, 'takeDue'>;
  readonly enqueue: (due: readonly DueDelivery[]) => Promise<void>;
  readonly onError: (error: unknown) => void;
  readonly everyMs: number;
}

export interface WebhookRelay {
  /** Resolves when the round under way has ended. */
  readonly close: () => Promise<void>;
}

/** Of one receiver under way: enough for a busy project, little enough that a receiver that answers nothing holds few places. */
const perReceiver = 8;
/** Over the whole installation. What waits for more than its lease is only given to the queue again. */
const underWay = 256;
const leaseMs = 180_000;

/** Brings what is due from PostgreSQL into the queue, round after round, one round at a time. */
export function startWebhookRelay({ deliveries, enqueue, onError, everyMs }: WebhookRelayDeps): WebhookRelay {
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  const round = async () => {
    try {
      const due = await deliveries.takeDue({ perReceiver, underWay, leaseMs });
      if (due.length > 0) await enqueue(due);
    } catch (error) {
      onError(error);
    }
    if (!closed) timer = setTimeout(() => (running = round()), everyMs);
  };
  let running = round();
  return {
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
