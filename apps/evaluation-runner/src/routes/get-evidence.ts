import type { evaluationEndpoints } from '@weighbridge/evaluation-contracts';
import type { EvaluationStore } from '@weighbridge/evaluation-data';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { toRun } from '../presentation/to-run.ts';

/** No suite, no whole run on its newest revision, nothing that succeeded: no evidence. */
export const getEvidenceRoute =
  ({ store }: { readonly store: Pick<EvaluationStore, 'suites' | 'runs'> }): Handler<typeof evaluationEndpoints.getEvidence> =>
  async ({ query: { projectId, suite: name, model, version } }) => {
    const suite = await store.suites.findSuite(projectId, name);
    const run = suite && (await store.runs.findNewestWhole(suite.id, suite.samples, { model, version }));
    return { run: run && toRun(run) };
  };
