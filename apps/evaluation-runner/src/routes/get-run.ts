import type { evaluationEndpoints } from '@weighbridge/evaluation-contracts';
import type { EvaluationStore } from '@weighbridge/evaluation-data';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { AppError } from '@weighbridge/shared-domain';
import { toRun } from '../presentation/to-run.ts';

export const getRunRoute =
  ({ store }: { readonly store: Pick<EvaluationStore, 'runs'> }): Handler<typeof evaluationEndpoints.getRun> =>
  async ({ params: { id }, caller }) => {
    const run = await store.runs.findRun(id, caller.projectId);
    if (run === null) throw new AppError('resource.not_found', `no run ${id} in ${caller.projectId}`);
    return toRun(run);
  };
