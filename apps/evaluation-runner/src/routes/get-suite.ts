import type { evaluationEndpoints } from '@weighbridge/evaluation-contracts';
import type { EvaluationStore } from '@weighbridge/evaluation-data';
import type { Sample } from '@weighbridge/evaluation-domain';
import { projectOf } from '@weighbridge/shared-adapters/auth';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { AppError } from '@weighbridge/shared-domain';
import { toSuiteSummary } from '../presentation/to-suite-summary.ts';

const pageSize = 1_000;

export const getSuiteRoute =
  ({ store }: { readonly store: Pick<EvaluationStore, 'suites'> }): Handler<typeof evaluationEndpoints.getSuite> =>
  async ({ params: { name }, query: { project }, caller }) => {
    const projectId = projectOf(caller, project);
    const suite = await store.suites.findSuite(projectId, name);
    if (suite === null) throw new AppError('resource.not_found', `no suite ${name} in ${projectId}`);
    const samples: Sample[] = [];
    for (let from = 0; from < suite.samples; from += pageSize) {
      const page = await store.suites.listSamples(suite.id, { from, until: suite.samples, limit: pageSize });
      for (const { sample } of page) samples.push(sample);
    }
    return { ...toSuiteSummary(suite), definition: { ...suite.settings, dataset: { samples } } };
  };
