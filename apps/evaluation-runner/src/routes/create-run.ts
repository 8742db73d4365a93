import type { evaluationEndpoints } from '@weighbridge/evaluation-contracts';
import { projectOf } from '@weighbridge/shared-adapters/auth';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { startRun } from '../operations/start-run.ts';
import type { StartRunDeps } from '../operations/start-run.ts';
import { toRun } from '../presentation/to-run.ts';

export const createRunRoute =
  (deps: StartRunDeps): Handler<typeof evaluationEndpoints.createRun> =>
  async ({ params: { name }, body: { project, model, useCaseId, limit }, caller, note }) => {
    const run = await startRun(deps, { projectId: projectOf(caller, project), keyId: caller.keyId, useCaseId: useCaseId ?? caller.useCaseId, suite: name, model, limit });
    note({ runId: run.id });
    return toRun(run);
  };
