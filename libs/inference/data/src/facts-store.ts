import type pg from 'pg';
import { toJson } from './stored-job.ts';

/** The last facts that other services told, by name. Whoever reads them parses them: they may be of an older release. */
export interface FactsStore {
  loadFacts(name: string): Promise<unknown>;
  saveFacts(name: string, revision: number, document: unknown): Promise<void>;
}

/** Under which a gateway keeps the registry's snapshot; a worker that starts without the registry reads it. */
export const registryFactsName = 'registry snapshot';

export const createFactsStore = (pool: pg.Pool): FactsStore => ({
  loadFacts: async (name) => {
    const { rows } = await pool.query<{ document: unknown }>({ name: 'facts.load', text: 'select document from remote_facts where name = $1', values: [name] });
    return rows[0]?.document ?? null;
  },
  saveFacts: async (name, revision, document) => {
    await pool.query({
      name: 'facts.save',
      text: `insert into remote_facts (name, revision, document) values ($1, $2, $3)
        on conflict (name) do update set revision = excluded.revision, document = excluded.document, saved_at = now()`,
      values: [name, revision, toJson(document)],
    });
  },
});
