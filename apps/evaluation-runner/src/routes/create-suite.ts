import type { evaluationEndpoints } from '@weighbridge/evaluation-contracts';
import { projectOf } from '@weighbridge/shared-adapters/auth';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { storeSuite } from '../operations/store-suite.ts';
import type { StoreSuiteDeps } from '../operations/store-suite.ts';
import { toSuiteSummary } from '../presentation/to-suite-summary.ts';

export const createSuiteRoute =
  (deps: StoreSuiteDeps): Handler<typeof evaluationEndpoints.createSuite> =>
  async ({ body: { project, ...definition }, caller, note }) => {
    const suite = await storeSuite(deps, projectOf(caller, project), definition);
    note({ suiteId: suite.id, revision: suite.revision, samples: suite.samples });
    return toSuiteSummary(suite);
  };
