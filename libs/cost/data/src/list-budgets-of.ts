import { Budget } from '@weighbridge/cost-domain';
import { idFromUuid } from '@weighbridge/shared-domain';
import type pg from 'pg';
import { usdOf, uuidOf } from './mapping.ts';

interface BudgetColumns {
  readonly id: string;
  readonly name: string;
  readonly project_id: string;
  readonly key_id: string | null;
  readonly use_case_id: string | null;
  readonly kind: string;
  readonly period: string;
  readonly limit_usd: string;
  readonly created_at: Date;
}

/** The budgets of some projects (null: of all), inside a transaction of the ledger. */
export async function listBudgetsOf(client: pg.PoolClient, projectIds: readonly string[] | null): Promise<Budget[]> {
  const { rows } = await client.query<BudgetColumns>({
    name: 'budgets_of',
    text: 'select * from budget where $1::uuid[] is null or project_id = any($1) order by id',
    values: [projectIds?.map(uuidOf) ?? null],
  });
  return rows.map((row) =>
    Budget.parse({
      id: idFromUuid('budget', row.id),
      name: row.name,
      projectId: idFromUuid('project', row.project_id),
      keyId: row.key_id === null ? null : idFromUuid('key', row.key_id),
      useCaseId: row.use_case_id === null ? null : idFromUuid('useCase', row.use_case_id),
      kind: row.kind,
      period: row.period,
      limitUsd: usdOf(row.limit_usd),
      createdAt: row.created_at.toISOString(),
    }),
  );
}
