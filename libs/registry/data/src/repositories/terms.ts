import { LineageRelation } from '@weighbridge/registry-domain';
import { z } from 'zod';
import { Prisma } from '../generated/client.ts';
import { json } from './session.ts';
import type { Session } from './session.ts';
import { walkLinks } from './walk-links.ts';

const SampleVersion = z.object({
  ref: z.string(),
  publisher: z.string(),
  license: z.string().nullable(),
  releasedOn: z.string().nullable().optional(),
  multimodal: z.boolean().nullable().optional(),
  publisherVerified: z.boolean().optional(),
  conflictingLicenses: z.array(z.string()).optional(),
  baseModels: z.array(z.object({ ref: z.string(), relation: LineageRelation })),
});

/** What many versions share: a small lineage to decide on, the version asked about first; empty: it has too many ways to be shared. Never changes while it is there. */
export const TermsRecord = z.object({ id: z.int(), lineage: z.array(SampleVersion) });
export type TermsRecord = z.infer<typeof TermsRecord>;

export const PendingVersion = z.object({ node: z.int(), generation: z.int(), id: z.string(), ref: z.string() });
export type PendingVersion = z.infer<typeof PendingVersion>;

export interface TermsRepository {
  /** Versions whose lineage is still to be read, or to be read anew. */
  readonly listPending: (limit: number) => Promise<PendingVersion[]>;
  readonly countPending: () => Promise<number>;
  /** Keeps terms that are not there yet; gives the ids of all, by key. */
  readonly keepTerms: (terms: readonly { readonly key: string; readonly lineage: TermsRecord['lineage'] }[]) => Promise<ReadonlyMap<string, number>>;
  /** Only where nothing has taken the terms away since the generation that was read. */
  readonly assignTerms: (assigned: readonly { readonly node: number; readonly generation: number; readonly termsId: number }[]) => Promise<void>;
  readonly listTermsIds: () => Promise<number[]>;
  readonly listTerms: (ids: readonly number[]) => Promise<TermsRecord[]>;
  /** Ids of all versions whose terms are read. */
  readonly listIndexed: () => Promise<string[]>;
  /** How many versions have which terms. */
  readonly countByTerms: () => Promise<readonly { readonly termsId: number; readonly versions: number }[]>;
  /** Digests of the licence entries by which the terms were read, by id. */
  readonly findBasis: () => Promise<Readonly<Record<string, string>>>;
  /** Takes away the terms of everything that a changed licence reaches, and of what shares a sample with it; null: of everything. */
  readonly changeBasis: (basis: Readonly<Record<string, string>>, changed: readonly string[] | null) => Promise<void>;
}

/** Takes away the terms of the nodes that `nodes` selects. */
export const takeTermsAway = (nodes: Prisma.Sql): Prisma.Sql => Prisma.sql`update version_terms set terms_id = null, generation = generation + 1 where node in (${nodes})`;

export const createTermsRepository = (session: Session): TermsRepository => ({
  listPending: async (limit) =>
    PendingVersion.array().parse(
      await session.$queryRaw`
        select node, generation, version_id as id, model_name || '@' || version as ref
        from version_terms join version_search using (node) where terms_id is null order by node limit ${limit}`,
    ),
  countPending: async () => (await session.$queryRaw<{ count: number }[]>`select count(*)::int as count from version_terms where terms_id is null`)[0]?.count ?? 0,

  keepTerms: async (terms) => {
    const keys = terms.map(({ key }) => key);
    const known = await session.$queryRaw<{ id: number; key: string }[]>`select id, key from lineage_terms where key = any(${keys}::text[])`;
    const ids = new Map(known.map(({ id, key }) => [key, id]));
    const fresh = terms.filter(({ key }) => !ids.has(key));
    if (fresh.length === 0) return ids;
    await session.lineageTerms.createMany({ data: fresh.map(({ key, lineage }) => ({ key, lineage: json(lineage) })), skipDuplicates: true });
    const added = await session.$queryRaw<{ id: number; key: string }[]>`select id, key from lineage_terms where key = any(${fresh.map(({ key }) => key)}::text[])`;
    for (const { id, key } of added) ids.set(key, id);
    return ids;
  },

  assignTerms: async (assigned) =>
    void (await session.$executeRaw`
      update version_terms set terms_id = given.terms_id
      from unnest(${assigned.map(({ node }) => node)}::int[], ${assigned.map(({ generation }) => generation)}::int[], ${assigned.map(({ termsId }) => termsId)}::int[]) as given (node, generation, terms_id)
      where version_terms.node = given.node and version_terms.generation = given.generation and exists (select from lineage_terms where id = given.terms_id)`),

  listTermsIds: async () => (await session.$queryRaw<{ id: number }[]>`select id from lineage_terms`).map(({ id }) => id),
  listTerms: async (ids) => (ids.length === 0 ? [] : TermsRecord.array().parse(await session.$queryRaw`select id, lineage from lineage_terms where id = any(${[...ids]}::int[])`)),
  listIndexed: async () => (await session.$queryRaw<{ id: string }[]>`select version_id as id from version_search join version_terms using (node) where terms_id is not null order by node`).map(({ id }) => id),
  countByTerms: async () => session.$queryRaw<{ termsId: number; versions: number }[]>`select terms_id as "termsId", count(*)::int as versions from version_terms where terms_id is not null group by terms_id`,

  findBasis: async () => z.record(z.string(), z.string()).parse((await session.lineageTermsBasis.findUniqueOrThrow({ where: { id: 1 } })).licenses),

  changeBasis: async (basis, changed) => {
    await session.lineageTermsBasis.update({ where: { id: 1 }, data: { licenses: json(basis) } });
    if (changed === null) {
      await session.$executeRaw(takeTermsAway(Prisma.sql`select node from version_terms where terms_id is not null`));
      await session.$executeRaw`delete from lineage_terms`;
      return;
    }
    // A licence can also be named as a word of an expression.
    const stale = await session.$queryRaw<{ id: number }[]>`
      select id from lineage_terms
      where exists (select from jsonb_array_elements(lineage) as of_lineage (version) where regexp_split_to_array(coalesce(version ->> 'license', ''), '[\\s()]+') && ${changed}::text[])`;
    const ids = stale.map(({ id }) => id);
    await session.$executeRaw(takeTermsAway(Prisma.sql`select node from version_terms where terms_id = any(${ids}::int[])`));
    await session.$executeRaw(takeTermsAway(Prisma.sql`${walkLinks(Prisma.sql`select node from version_search where licenses && ${changed}::text[]`, 'descendants')} select node from closure`));
    await session.$executeRaw`delete from lineage_terms where id = any(${ids}::int[])`;
  },
});
