import type { EvaluationStore } from '@weighbridge/evaluation-data';
import type { Logger } from '@weighbridge/shared-adapters/logging';
import { ApiError } from '@weighbridge/shared-contracts';
import type { RunId } from '@weighbridge/shared-domain';
import type { GatewayClient } from '../gateway-client.ts';

export interface CancelOpenJobsDeps {
  readonly store: { readonly runs: Pick<EvaluationStore['runs'], 'clearCancelPending'> };
  readonly gateway: Pick<GatewayClient, 'cancelEvaluationJobs'>;
  readonly logger: Logger;
}

/** Cancels at the gateway what an ended run left open. When the gateway is away the run stays marked, and housekeeping asks again. */
export async function cancelOpenJobs({ store, gateway, logger }: CancelOpenJobsDeps, runId: RunId): Promise<void> {
  try {
    await gateway.cancelEvaluationJobs({ params: { runId } });
  } catch (error) {
    if (error instanceof ApiError && error.code === 'resource.not_found') return store.runs.clearCancelPending(runId);
    logger.warn({ event: 'run_jobs_not_cancelled', runId, err: error }, 'housekeeping will ask again');
    return;
  }
  await store.runs.clearCancelPending(runId);
}
