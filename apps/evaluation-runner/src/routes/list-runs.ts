import type { evaluationEndpoints } from '@weighbridge/evaluation-contracts';
import type { EvaluationStore } from '@weighbridge/evaluation-data';
import { projectFilter } from '@weighbridge/shared-adapters/auth';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { toPage } from '@weighbridge/shared-contracts';
import { RunId } from '@weighbridge/shared-domain';
import { readCursor, writeCursor } from '../cursor.ts';
import { toRun } from '../presentation/to-run.ts';

export const listRunsRoute =
  ({ store }: { readonly store: Pick<EvaluationStore, 'runs'> }): Handler<typeof evaluationEndpoints.listRuns> =>
  async ({ query: { limit, cursor, project, suite, model, version, status }, caller }) => {
    const runs = await store.runs.listRuns({ projectId: projectFilter(caller, project), suite, model, version, status, before: readCursor(cursor, RunId), limit: limit + 1 });
    const { data, nextCursor } = toPage(runs, limit, ({ id }) => writeCursor(id));
    return { data: data.map(toRun), nextCursor };
  };
