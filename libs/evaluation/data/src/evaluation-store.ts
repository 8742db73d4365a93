import { inTransaction } from '@weighbridge/shared-data';
import type pg from 'pg';
import { createResultStore } from './result-store.ts';
import type { ResultStore } from './result-store.ts';
import { createRunStore } from './run-store.ts';
import type { RunStore } from './run-store.ts';
import { createSuiteStore } from './suite-store.ts';
import type { SuiteStore } from './suite-store.ts';

/** All that the evaluation scope keeps. */
export interface EvaluationStore {
  readonly suites: SuiteStore;
  readonly runs: RunStore;
  readonly results: ResultStore;
  /** Committed when `work` resolves, rolled back when it throws. */
  readonly transaction: <T>(work: (client: pg.PoolClient) => Promise<T>) => Promise<T>;
}

/** On a pool whose search path is the schema of the evaluation scope. */
export const createEvaluationStore = (pool: pg.Pool): EvaluationStore => ({
  suites: createSuiteStore(pool),
  runs: createRunStore(pool),
  results: createResultStore(pool),
  transaction: (work) => inTransaction(pool, work),
});
