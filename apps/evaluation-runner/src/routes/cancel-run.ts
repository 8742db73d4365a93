import type { evaluationEndpoints } from '@weighbridge/evaluation-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { cancelRun } from '../operations/cancel-run.ts';
import type { CancelRunDeps } from '../operations/cancel-run.ts';
import { toRun } from '../presentation/to-run.ts';

export const cancelRunRoute =
  (deps: CancelRunDeps): Handler<typeof evaluationEndpoints.cancelRun> =>
  async ({ params: { id }, caller, note }) => {
    note({ runId: id });
    return toRun(await cancelRun(deps, id, caller.projectId));
  };
