import { inTransaction } from '@weighbridge/shared-data';
import type { ProjectId, SuiteId } from '@weighbridge/shared-domain';
import type pg from 'pg';
import { sampleFromRow, suiteFromRow } from './stored-suite.ts';
import type { NewStoredSuite, PlacedSample, SampleRow, StoredSuite, SuiteRow } from './stored-suite.ts';

export interface SuiteFilter {
  /** Null: of all projects. */
  readonly projectId: ProjectId | null;
  /** The last suite of the page before. */
  readonly after?: { readonly name: string; readonly projectId: string } | undefined;
  readonly limit: number;
}

export interface SamplePage {
  /** The first position wanted. */
  readonly from: number;
  /** Positions before this one only. */
  readonly until: number;
  readonly limit: number;
}

/** Suites and their samples. A stored revision never changes. */
export interface SuiteStore {
  /**
   * Stores a definition as the next revision of its name, or answers the newest revision when that has the same digest.
   * Two calls at once are one after the other.
   */
  storeSuite(suite: NewStoredSuite): Promise<StoredSuite>;
  /** The newest revision. */
  findSuite(projectId: ProjectId, name: string): Promise<StoredSuite | null>;
  findRevision(id: SuiteId): Promise<StoredSuite | null>;
  /** The newest revision of each, by name, then project. */
  listSuites(filter: SuiteFilter): Promise<StoredSuite[]>;
  /** In the order of their positions. */
  listSamples(id: SuiteId, page: SamplePage): Promise<PlacedSample[]>;
  /** Those of these ids that the suite has, in no order. */
  findSamples(id: SuiteId, sampleIds: readonly string[]): Promise<PlacedSample[]>;
}

/** Rows of one insert: large enough to make the round trips few, small enough that a page of long samples is some megabytes. */
const insertRows = 1_000;

export function createSuiteStore(pool: pg.Pool): SuiteStore {
  const suites = async (name: string, text: string, values: readonly unknown[]) =>
    (await pool.query<SuiteRow>({ name: `suite.${name}`, text, values: [...values] })).rows.map(suiteFromRow);
  const samples = async (name: string, text: string, values: readonly unknown[]) =>
    (await pool.query<SampleRow>({ name: `suite.${name}`, text, values: [...values] })).rows.map(sampleFromRow);

  return {
    storeSuite: (suite) => inTransaction(pool, (client) => storeSuite(client, suite)),
    findSuite: async (projectId, name) => (await suites('find', `${newest} and name = $2 order by revision desc limit 1`, [projectId, name]))[0] ?? null,
    findRevision: async (id) => (await suites('find-revision', 'select * from suite where id = $1', [id]))[0] ?? null,
    listSuites: ({ projectId, after, limit }) =>
      suites(
        'list',
        `select distinct on (name, project_id) * from suite
         where ($1::text is null or project_id = $1) and ($2::text is null or (name, project_id) > ($2, $3))
         order by name, project_id, revision desc limit $4`,
        [projectId, after?.name ?? null, after?.projectId ?? null, limit],
      ),
    listSamples: (id, { from, until, limit }) =>
      samples('list-samples', 'select position, sample from suite_sample where suite_id = $1 and position >= $2 and position < $3 order by position limit $4', [id, from, until, limit]),
    findSamples: (id, sampleIds) =>
      samples('find-samples', 'select position, sample from suite_sample where suite_id = $1 and sample_id = any($2::text[])', [id, sampleIds]),
  };
}

const newest = 'select * from suite where project_id = $1';

async function storeSuite(client: pg.PoolClient, suite: NewStoredSuite): Promise<StoredSuite> {
  const { dataset, ...settings } = suite.definition;
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`suite ${suite.projectId} ${settings.name}`]);
  const { rows } = await client.query<SuiteRow>(`${newest} and name = $2 order by revision desc limit 1`, [suite.projectId, settings.name]);
  const last = rows[0];
  if (last?.digest === suite.digest) return suiteFromRow(last);
  const inserted = await client.query<SuiteRow>(
    `insert into suite (id, project_id, name, revision, digest, definition, scorers, slices, samples, created_at)
     values ($1, $2, $3, $4, $5, $6::json, $7, $8, $9, $10) returning *`,
    [suite.id, suite.projectId, settings.name, (last?.revision ?? 0) + 1, suite.digest, JSON.stringify(settings), suite.scorers, suite.slices, dataset.samples.length, suite.createdAt],
  );
  for (let from = 0; from < dataset.samples.length; from += insertRows) {
    const part = dataset.samples.slice(from, from + insertRows);
    await client.query(
      `insert into suite_sample (suite_id, position, sample_id, sample)
       select $1, $2 + row - 1, sample_id, sample::json from unnest($3::text[], $4::text[]) with ordinality as s(sample_id, sample, row)`,
      [suite.id, from, part.map(({ id }) => id), part.map((sample) => JSON.stringify(sample))],
    );
  }
  return suiteFromRow(inserted.rows[0] as SuiteRow);
}
