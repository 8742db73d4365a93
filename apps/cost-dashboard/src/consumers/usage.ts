import type { costQueues } from '@weighbridge/cost-contracts';
import type { UsageEvent } from '@weighbridge/cost-domain';
import { createMicroBatch } from '@weighbridge/shared-adapters/micro-batch';
import type { Consumer } from '@weighbridge/shared-adapters/queue';
import { AppError } from '@weighbridge/shared-domain';
import type { CostDeps } from '../cost-deps.ts';
import type { CostMetrics } from '../cost-metrics.ts';
import { settlePending } from '../operations/settle-pending.ts';
import { storeUsage } from '../operations/store-usage.ts';
import type { RefusedEvent, StoreUsageDeps } from '../operations/store-usage.ts';

/** Usage messages that one transaction takes; so many may be under way. */
export const mostMessagesTogether = 16;

/**
 * Records groups of usage events, those of messages that are there together in one transaction, then settles their holds. A second run changes
 * nothing. When any event is refused, the rest is recorded and its message fails for good, so that it stays visible: spend never goes missing
 * in silence.
 */
export function usageConsumer(deps: StoreUsageDeps & Pick<CostDeps, 'holds' | 'now' | 'logger'>, metrics: CostMetrics): Consumer<typeof costQueues.usage> {
  const ledger = createMicroBatch({
    flush: async (messages: readonly (readonly UsageEvent[])[]): Promise<(readonly RefusedEvent[])[]> => {
      const { recorded, refused } = await storeUsage(deps, messages.flat());
      metrics.recorded.inc(recorded.length);
      metrics.refused.inc(refused.length);
      await settlePending(deps);
      return messages.map((events) => (refused.length === 0 ? [] : refused.filter(({ id }) => events.some((event) => event.id === id))));
    },
    maxSize: mostMessagesTogether,
  });
  return async ({ events }, { messageId }) => {
    const refused = await ledger.add(events);
    if (refused.length === 0) return;
    deps.logger.error({ event: 'usage_refused', messageId, refused });
    throw new AppError('request.invalid', `${refused.length} of ${events.length} usage events refused: ${refused.slice(0, 3).map(({ id, fault }) => `${id}: ${fault}`).join('; ')}`);
  };
}
