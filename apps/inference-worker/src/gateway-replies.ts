import type { LiveReply } from '@weighbridge/inference-contracts';
import { createMicroBatch } from '@weighbridge/shared-adapters/micro-batch';

interface Addressed {
  readonly gatewayId: string;
  readonly reply: LiveReply;
}

/** Replies to one gateway that are ready in the same turn of the event loop travel in one message, in their order. */
export function createGatewayReplies(publish: (gatewayId: string, replies: LiveReply[]) => Promise<void>): (gatewayId: string, reply: LiveReply) => Promise<void> {
  const outgoing = createMicroBatch({
    flush: async (together: readonly Addressed[]) => {
      const byGateway = [...Map.groupBy(together, ({ gatewayId }) => gatewayId)];
      await Promise.all(byGateway.map(([gatewayId, addressed]) => publish(gatewayId, addressed.map(({ reply }) => reply))));
      return together.map(() => undefined);
    },
  });
  return (gatewayId, reply) => outgoing.add({ gatewayId, reply });
}
