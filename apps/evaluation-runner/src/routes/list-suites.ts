import type { evaluationEndpoints } from '@weighbridge/evaluation-contracts';
import type { EvaluationStore } from '@weighbridge/evaluation-data';
import { projectFilter } from '@weighbridge/shared-adapters/auth';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { toPage } from '@weighbridge/shared-contracts';
import { readCursor, writeCursor } from '../cursor.ts';
import { toSuiteSummary } from '../presentation/to-suite-summary.ts';
import { z } from 'zod';

const SuiteCursor = z.tuple([z.string(), z.string()]);

export const listSuitesRoute =
  ({ store }: { readonly store: Pick<EvaluationStore, 'suites'> }): Handler<typeof evaluationEndpoints.listSuites> =>
  async ({ query: { limit, cursor, project }, caller }) => {
    const after = readCursor(cursor, SuiteCursor);
    const suites = await store.suites.listSuites({ projectId: projectFilter(caller, project), after: after && { name: after[0], projectId: after[1] }, limit: limit + 1 });
    const { data, nextCursor } = toPage(suites, limit, ({ name, projectId }) => writeCursor([name, projectId]));
    return { data: data.map(toSuiteSummary), nextCursor };
  };
