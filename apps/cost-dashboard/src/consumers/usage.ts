import type { costQueues } from '@weighbridge/cost-contracts';
import type { Consumer } from '@weighbridge/shared-adapters/queue';
import { AppError } from '@weighbridge/shared-domain';
import type { CostDeps } from '../cost-deps.ts';
import type { CostMetrics } from '../cost-metrics.ts';
import { settlePending } from '../operations/settle-pending.ts';
import { storeUsage } from '../operations/store-usage.ts';
import type { StoreUsageDeps } from '../operations/store-usage.ts';

/**
 * Records a group of usage events, then settles their holds. A second run changes nothing. When any event is refused, the rest is recorded and
 * the message fails for good, so that it stays visible: spend never goes missing in silence.
 */
export const usageConsumer =
  (deps: StoreUsageDeps & Pick<CostDeps, 'holds' | 'now' | 'logger'>, metrics: CostMetrics): Consumer<typeof costQueues.usage> =>
  async ({ events }, { messageId }) => {
    const { recorded, refused } = await storeUsage(deps, events);
    metrics.recorded.inc(recorded.length);
    await settlePending(deps);
    if (refused.length === 0) return;
    metrics.refused.inc(refused.length);
    deps.logger.error({ event: 'usage_refused', messageId, refused });
    throw new AppError('request.invalid', `${refused.length} of ${events.length} usage events refused: ${refused.slice(0, 3).map(({ id, fault }) => `${id}: ${fault}`).join('; ')}`);
  };
