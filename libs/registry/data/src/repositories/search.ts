import { Architecture } from '@weighbridge/registry-domain';
import { VersionId } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { Prisma } from '../generated/client.ts';
import type { PageRequest } from '../records.ts';
import { VersionRecord } from '../records.ts';
import { indexVersions } from './search-index.ts';
import type { Session } from './session.ts';
import { hasTags } from './tags.ts';

/** What all must hold. */
export interface VersionFilter {
  /** Parts of the reference or the publisher, in lower case. */
  readonly words: readonly string[];
  /** By letters and digits alone. */
  readonly publisherKey?: string | undefined;
  readonly license?: string | undefined;
  /** Ids of the terms of which it may have one; absent: any, and none yet. */
  readonly terms?: readonly number[] | undefined;
  readonly tags: readonly string[];
  readonly minParameters?: number | undefined;
  readonly maxParameters?: number | undefined;
  readonly format?: string | undefined;
  readonly deployed?: boolean | undefined;
}

export type VersionOrder = 'newest' | 'name' | 'largest' | 'smallest';

export const FoundVersionRecord = z.object({
  node: z.int(),
  id: VersionId,
  model: z.string(),
  version: z.string(),
  publisher: z.string(),
  license: z.string().nullable(),
  termsId: z.int().nullable(),
  parametersTotal: z.number().nullable(),
  formats: z.array(z.enum(['gguf', 'safetensors', 'other'])),
  aliases: z.array(z.string()),
  deployed: z.boolean(),
  releasedOn: z.string().nullable(),
  createdAt: z.date(),
});
export type FoundVersionRecord = z.infer<typeof FoundVersionRecord>;

export interface SearchRepository {
  /** The cursor is that of {@link searchCursor}. Gives one more than the limit if there are more. */
  readonly searchVersions: (filter: VersionFilter, order: VersionOrder, page: PageRequest) => Promise<FoundVersionRecord[]>;
  /** Those whose words are nearly alike, the most alike first. */
  readonly searchSimilar: (filter: VersionFilter, limit: number) => Promise<FoundVersionRecord[]>;
  /** Writes the index for versions that were registered before there was one; gives how many. */
  readonly indexSome: (limit: number) => Promise<number>;
}

/** What a page goes on after: what the order sorts by, and the node. */
export const searchCursor = (order: VersionOrder, { node, model, version, parametersTotal }: FoundVersionRecord): string =>
  order === 'newest' ? String(node) : order === 'name' ? `${model}@${version}` : `${parametersTotal ?? 0}:${node}`;

const orderings: Readonly<Record<VersionOrder, Prisma.Sql>> = {
  newest: Prisma.sql`version_search.node desc`,
  name: Prisma.sql`version_search.model_name, version_search.version`,
  largest: Prisma.sql`version_search.parameters_total desc, version_search.node desc`,
  smallest: Prisma.sql`version_search.parameters_total, version_search.node`,
};

/** The greatest number of a version in the index, an `integer` of PostgreSQL. */
const mostNodes = 2_147_483_647;

/** Undefined: a cursor that no page gave. */
function following(order: VersionOrder, after: string): Prisma.Sql | undefined {
  if (order === 'name') {
    const at = after.indexOf('@');
    return at <= 0 ? undefined : Prisma.sql`(version_search.model_name, version_search.version) > (${after.slice(0, at)}, ${after.slice(at + 1)})`;
  }
  const [node, size] = after.split(':').toReversed().map(Number);
  if (node === undefined || !Number.isInteger(node) || Math.abs(node) > mostNodes) return undefined;
  if (order === 'newest') return Prisma.sql`version_search.node < ${node}`;
  if (size === undefined || !Number.isFinite(size)) return undefined;
  return order === 'largest' ? Prisma.sql`(version_search.parameters_total, version_search.node) < (${size}::float8, ${node})` : Prisma.sql`(version_search.parameters_total, version_search.node) > (${size}::float8, ${node})`;
}

const likePattern = (word: string): string => `%${word.replace(/[\\%_]/g, '\\$&')}%`;

/** How many of the trigrams of a word and of what is like it are in common, at least. The second is asked where the first finds nothing: one letter of six that is left out keeps half. */
const likenesses = ['0.6', '0.45'] as const;
/** Of those that are like it, so many are compared to show the most alike first. */
const mostCompared = 1_000;

const findPage = (conditions: readonly Prisma.Sql[], ordering: Prisma.Sql, limit: number): Prisma.Sql => Prisma.sql`
  select version_search.*, version_terms.terms_id from version_search join version_terms using (node) where ${allOf(conditions)} order by ${ordering} limit ${limit}
`;

const isDeployed = Prisma.sql`exists (select from deployment where deployment.model_name = version_search.model_name and deployment.version = version_search.version and deployment.status = 'active' and deployment.block is null)`;

/** Everything but the words. */
function conditionsOf({ publisherKey, license, terms, tags, minParameters, maxParameters, format, deployed }: VersionFilter): Prisma.Sql[] {
  return [
    ...(publisherKey === undefined ? [] : [Prisma.sql`version_search.publisher_key = ${publisherKey}`]),
    ...(license === undefined ? [] : [Prisma.sql`version_search.licenses @> ${[license]}::text[]`]),
    ...(terms === undefined ? [] : [Prisma.sql`version_terms.terms_id = any(${terms}::int[])`]),
    ...(tags.length === 0 ? [] : [hasTags(tags)]),
    ...(minParameters === undefined ? [] : [Prisma.sql`version_search.parameters_total >= ${minParameters}::float8`]),
    ...(maxParameters === undefined ? [] : [Prisma.sql`version_search.parameters_total <= ${maxParameters}::float8`]),
    ...(format === undefined ? [] : [Prisma.sql`version_search.formats @> ${[format]}::text[]`]),
    ...(deployed === undefined ? [] : [deployed ? isDeployed : Prisma.sql`not ${isDeployed}`]),
  ];
}

/** Models that have a version for which all of it holds. */
export const modelsWith = (filter: VersionFilter): Prisma.Sql => Prisma.sql`
  exists (select from version_search join version_terms using (node) where version_search.model_name = model.name and ${allOf([...filter.words.map(hasWord), ...conditionsOf(filter)])})
`;

const hasWord = (word: string): Prisma.Sql => Prisma.sql`version_search.text like ${likePattern(word)}`;
const allOf = (conditions: readonly Prisma.Sql[]): Prisma.Sql => (conditions.length === 0 ? Prisma.sql`true` : Prisma.join([...conditions], ' and '));

const UnindexedVersion = VersionRecord.pick({ id: true, model: true, version: true, publisher: true, license: true, artifacts: true }).extend({ architecture: Architecture.nullable() });

export const createSearchRepository = (session: Session): SearchRepository => {
  /** The page is found first, so that only its rows are looked up elsewhere. */
  const listPage = async (page: Prisma.Sql, ordering: Prisma.Sql): Promise<FoundVersionRecord[]> =>
    FoundVersionRecord.array().parse(
      await session.$queryRaw`
        ${page}
        select version_search.node, version.id, version_search.model_name as model, version_search.version, model.publisher, version.license, version_search.terms_id as "termsId",
          version_search.parameters_total as "parametersTotal", version_search.formats, version.released_on as "releasedOn", version.created_at as "createdAt",
          array(select alias.name from alias where alias.model_name = version_search.model_name and alias.version = version_search.version order by alias.name) as aliases,
          ${isDeployed} as deployed
        from page as version_search join version on version.id = version_search.version_id join model on model.name = version_search.model_name order by ${ordering}`,
    );
  // How alike words must be is a setting of the server. It is set for this statement alone, and before the index is asked, which waits for it.
  const listSimilar = (filter: VersionFilter, likeness: string, limit: number): Promise<FoundVersionRecord[]> => {
    const ordering = Prisma.sql`${Prisma.join(filter.words.map((word) => Prisma.sql`word_similarity(${word}, version_search.text)`), ' + ')} desc, version_search.node desc`;
    const conditions = [...filter.words.map((word) => Prisma.sql`${word} <% version_search.text`), ...conditionsOf(filter), Prisma.sql`threshold.chosen is not null`];
    const page = Prisma.sql`
      with threshold as materialized (select set_config('pg_trgm.word_similarity_threshold', ${likeness}, true) as chosen),
      alike as materialized (
        select found.* from threshold cross join lateral (
          select version_search.*, version_terms.terms_id from version_search join version_terms using (node) where ${allOf(conditions)} limit ${mostCompared}
        ) found
      ),
      page as materialized (select * from alike as version_search order by ${ordering} limit ${limit})`;
    return listPage(page, ordering);
  };
  return {
    searchVersions: async (filter, order, { limit, after }) => {
      const beyond = after === undefined ? Prisma.sql`true` : following(order, after);
      if (beyond === undefined) return [];
      const sized = order === 'largest' || order === 'smallest' ? [Prisma.sql`version_search.parameters_total is not null`] : [];
      const found = findPage([...filter.words.map(hasWord), ...conditionsOf(filter), ...sized, beyond], orderings[order], limit + 1);
      return listPage(Prisma.sql`with page as materialized (${found})`, orderings[order]);
    },

    searchSimilar: async (filter, limit) => {
      for (const likeness of likenesses) {
        const rows = await listSimilar(filter, likeness, limit);
        if (rows.length > 0) return rows;
      }
      return [];
    },

    indexSome: async (limit) => {
      const rows = UnindexedVersion.array().parse(
        await session.$queryRaw`
          select version.id, model_name as model, version, publisher, license, architecture, artifacts from version join model on model.name = version.model_name
          where not exists (select from version_search where version_id = version.id) order by version.id limit ${limit}`,
      );
      if (rows.length > 0) await indexVersions(session, rows);
      return rows.length;
    },
  };
};
