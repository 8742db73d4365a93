import type { evaluationEndpoints } from '@weighbridge/evaluation-contracts';
import type { EvaluationStore } from '@weighbridge/evaluation-data';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { toPage } from '@weighbridge/shared-contracts';
import { AppError } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { readCursor, writeCursor } from '../cursor.ts';
import { toSampleResult } from '../presentation/to-sample-result.ts';

const Position = z.int().min(0).max(1_000_000);

export const listResultsRoute =
  ({ store }: { readonly store: Pick<EvaluationStore, 'runs' | 'suites' | 'results'> }): Handler<typeof evaluationEndpoints.listResults> =>
  async ({ params: { id }, query: { limit, cursor, outcome, slice }, caller }) => {
    const run = await store.runs.findRun(id, caller.projectId);
    const suite = run && (await store.suites.findRevision(run.suiteId));
    if (run === null || suite === null) throw new AppError('resource.not_found', `no run ${id} in ${caller.projectId}`);
    const last = readCursor(cursor, Position);
    const results = await store.results.listResults({ runId: run.id, suiteId: suite.id, outcome, slice, from: last === undefined ? 0 : last + 1, limit: limit + 1 });
    const { data, nextCursor } = toPage(results, limit, ({ position }) => writeCursor(position));
    return { data: data.map((result) => toSampleResult(suite, result)), nextCursor };
  };
