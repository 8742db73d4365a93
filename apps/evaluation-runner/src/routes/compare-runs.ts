import type { evaluationEndpoints } from '@weighbridge/evaluation-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { compareStoredRuns } from '../operations/compare-stored-runs.ts';
import type { CompareRunsDeps } from '../operations/compare-stored-runs.ts';

export const compareRunsRoute =
  (deps: CompareRunsDeps): Handler<typeof evaluationEndpoints.compareRuns> =>
  async ({ body, caller }) => {
    const { baseline, candidate, comparison } = await compareStoredRuns(deps, { baseline: body.baseline, candidate: body.candidate, margin: body.margin, projectId: caller.projectId });
    return { ...comparison, suite: baseline.suite, baseline: `${baseline.model}@${baseline.version}`, candidate: `${candidate.model}@${candidate.version}` };
  };
