import type { evaluationEndpoints } from '@weighbridge/evaluation-contracts';
import type { EvaluationStore } from '@weighbridge/evaluation-data';
import { projectOf } from '@weighbridge/shared-adapters/auth';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { AppError } from '@weighbridge/shared-domain';
import { toRun } from '../presentation/to-run.ts';

const mostVersions = 200;

export const getLeaderboardRoute =
  ({ store }: { readonly store: Pick<EvaluationStore, 'suites' | 'runs'> }): Handler<typeof evaluationEndpoints.getLeaderboard> =>
  async ({ query: { project, suite: name }, caller }) => {
    const projectId = projectOf(caller, project);
    const suite = await store.suites.findSuite(projectId, name);
    if (suite === null) throw new AppError('resource.not_found', `no suite ${name} in ${projectId}`);
    const runs = await store.runs.listBest(suite.id, suite.samples, mostVersions);
    return { suite: suite.name, data: runs.map(toRun) };
  };
