import { z } from 'zod';
import { Prisma } from '../generated/client.ts';
import type { Session } from './session.ts';
import type { VersionKey } from './versions.ts';

export type TagRecord = Readonly<Record<string, string>>;

export interface TagRepository {
  readonly listModelTags: (models: readonly string[]) => Promise<ReadonlyMap<string, TagRecord>>;
  /** By `name@version`; those without tags are left out. */
  readonly listVersionTags: (of: readonly VersionKey[]) => Promise<ReadonlyMap<string, TagRecord>>;
  /** Those that are not named are taken off. */
  readonly setModelTags: (model: string, tags: TagRecord) => Promise<void>;
  /** Those that are not named are taken off; searches find the new ones at once. */
  readonly setVersionTags: (of: VersionKey, tags: TagRecord) => Promise<void>;
}

/** What an index can hold: longer values are found by their key alone. */
const longestWord = 500;

/** Words by which a version is found: each key, and each key with its value. */
const tagWords = (tags: TagRecord): string[] => Object.entries(tags).flatMap(([key, value]) => [key, ...(value === '' ? [] : [`${key}:${value}`])]).filter((word) => word.length <= longestWord);

const TagRow = z.object({ of: z.string(), key: z.string(), value: z.string() });

function grouped(rows: unknown): ReadonlyMap<string, TagRecord> {
  const tags = new Map<string, Record<string, string>>();
  for (const { of, key, value } of TagRow.array().parse(rows)) {
    const known = tags.get(of);
    if (known === undefined) tags.set(of, { [key]: value });
    else known[key] = value;
  }
  return tags;
}

export const createTagRepository = (session: Session): TagRepository => ({
  listModelTags: async (models) =>
    models.length === 0 ? new Map() : grouped(await session.$queryRaw`select model_name as "of", key, value from model_tag where model_name = any(${models}::text[]) order by key`),

  listVersionTags: async (of) =>
    of.length === 0
      ? new Map()
      : grouped(
          await session.$queryRaw`
            select model_name || '@' || version as "of", key, value from version_tag
            where (model_name, version) in (select * from unnest(${of.map(({ model }) => model)}::text[], ${of.map(({ version }) => version)}::text[])) order by key`,
        ),

  setModelTags: async (modelName, tags) => {
    await session.modelTag.deleteMany({ where: { modelName } });
    await session.modelTag.createMany({ data: Object.entries(tags).map(([key, value]) => ({ modelName, key, value })) });
  },

  setVersionTags: async ({ model, version }, tags) => {
    const key = { modelName: model, version };
    await session.versionTag.deleteMany({ where: key });
    await session.versionTag.createMany({ data: Object.entries(tags).map(([name, value]) => ({ ...key, key: name, value })) });
    await session.versionSearch.updateMany({ where: key, data: { tagWords: tagWords(tags) } });
  },
});

/** Prisma's words for "all of these tags". */
export const hasTags = (words: readonly string[]): Prisma.Sql => Prisma.sql`version_search.tag_words @> ${words}::text[]`;
