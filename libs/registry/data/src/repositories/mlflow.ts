import { ModelName, VersionName } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { Prisma } from '../generated/client.ts';
import type { Session } from './session.ts';
import type { VersionKey } from './versions.ts';

/** One condition of a search; all of them must hold. `like` and `ilike` take `%` and `_`. */
export type MlflowCondition =
  | { readonly field: 'name'; readonly comparator: MlflowComparator; readonly value: string }
  /** Of a version, as MLflow's clients told it; a version without it meets no condition on it. */
  | { readonly field: 'runId' | 'source'; readonly comparator: MlflowComparator | 'in'; readonly value: string | readonly string[] }
  | { readonly field: 'number'; readonly comparator: '=' | '!=' | '>' | '>=' | '<' | '<='; readonly value: number }
  /** Of the thing itself; a thing without the tag meets none but `absentOr`: it has not that value, or not the tag. */
  | { readonly field: 'tag'; readonly key: string; readonly comparator: MlflowComparator | 'absentOr'; readonly value: string };
export type MlflowComparator = '=' | '!=' | 'like' | 'ilike';

export interface MlflowSearch {
  readonly conditions: readonly MlflowCondition[];
  readonly order: readonly { readonly by: 'name' | 'number' | 'createdAt'; readonly descending: boolean }[];
  readonly limit: number;
  /** How many to pass over. */
  readonly offset: number;
}

const Tag = z.object({ key: z.string(), value: z.string() });
const Instant = z.coerce.date();

export const MlflowVersionRecord = z.object({
  model: ModelName,
  version: VersionName,
  /** 1, 2, 3, … in the order of registration. */
  number: z.int(),
  license: z.string().nullable(),
  createdAt: Instant,
  sources: z.array(z.object({ title: z.string(), url: z.string().nullable() })),
  tags: z.array(Tag),
  aliases: z.array(z.object({ name: z.string(), updatedAt: Instant })),
  /** What MLflow's clients said of it; of a version that none of them registered, nothing. */
  source: z.string().nullable(),
  runId: z.string().nullable(),
  runLink: z.string().nullable(),
  description: z.string().nullable(),
});
export type MlflowVersionRecord = z.infer<typeof MlflowVersionRecord>;

export const MlflowModelRecord = z.object({
  name: ModelName,
  publisher: z.string(),
  description: z.string().nullable(),
  createdAt: Instant,
  tags: z.array(Tag),
  aliases: z.array(z.object({ name: z.string(), number: z.int(), updatedAt: Instant })),
  /** Of the newest version under no alias that is a stage; null: there is none. */
  newestUnstaged: z.int().nullable(),
});
export type MlflowModelRecord = z.infer<typeof MlflowModelRecord>;

export type MlflowDetails = Pick<MlflowVersionRecord, 'source' | 'runId' | 'runLink' | 'description'>;

/** Models and versions as MLflow's clients ask for them: by number, with tags and aliases, in one statement a page. */
export interface MlflowRepository {
  readonly findModel: (name: string, stages: readonly string[]) => Promise<MlflowModelRecord | null>;
  /** Gives one more than the limit if there are more. */
  readonly searchModels: (search: MlflowSearch, stages: readonly string[]) => Promise<MlflowModelRecord[]>;
  /** Those that exist, in no order. */
  readonly findVersions: (of: readonly { readonly model: string; readonly number: number }[]) => Promise<MlflowVersionRecord[]>;
  /** Gives one more than the limit if there are more. */
  readonly searchVersions: (search: MlflowSearch) => Promise<MlflowVersionRecord[]>;
  readonly describeModel: (name: string, description: string | null) => Promise<void>;
  readonly addDetails: (of: VersionKey, details: MlflowDetails) => Promise<void>;
  readonly describeVersion: (of: VersionKey, description: string | null) => Promise<void>;
}

const versionColumns = Prisma.sql`
  version.model_name as model, version.version, version.number, version.license, version.created_at as "createdAt", version.sources,
  (select coalesce(jsonb_agg(jsonb_build_object('key', key, 'value', value) order by key), '[]') from version_tag tag where tag.model_name = version.model_name and tag.version = version.version) as tags,
  (select coalesce(jsonb_agg(jsonb_build_object('name', name, 'updatedAt', updated_at) order by name), '[]') from alias where alias.model_name = version.model_name and alias.version = version.version) as aliases,
  details.source, details.run_id as "runId", details.run_link as "runLink", details.description
`;
const detailsJoin = Prisma.sql`left join mlflow_details details on details.model_name = version.model_name and details.version = version.version`;

const modelColumns = (stages: readonly string[]) => Prisma.sql`
  model.name, model.publisher, model.description, model.created_at as "createdAt",
  (select coalesce(jsonb_agg(jsonb_build_object('key', key, 'value', value) order by key), '[]') from model_tag tag where tag.model_name = model.name) as tags,
  (select coalesce(jsonb_agg(jsonb_build_object('name', alias.name, 'number', version.number, 'updatedAt', alias.updated_at) order by alias.name), '[]')
   from alias join version on version.model_name = alias.model_name and version.version = alias.version where alias.model_name = model.name) as aliases,
  (select version.number from version where version.model_name = model.name
     and not exists (select from alias where alias.model_name = version.model_name and alias.version = version.version and alias.name = any(${stages}::text[]))
   order by version.number desc limit 1) as "newestUnstaged"
`;

const numberComparators = { '=': Prisma.sql`=`, '!=': Prisma.sql`<>`, '>': Prisma.sql`>`, '>=': Prisma.sql`>=`, '<': Prisma.sql`<`, '<=': Prisma.sql`<=` };
const textComparators = { '=': Prisma.sql`=`, '!=': Prisma.sql`<>`, like: Prisma.sql`like`, ilike: Prisma.sql`ilike` };
/** A backslash in a pattern is a backslash: MLflow has no escapes. */
const compared = (left: Prisma.Sql, comparator: MlflowComparator, value: string | readonly string[]): Prisma.Sql =>
  comparator === 'like' || comparator === 'ilike' ? Prisma.sql`${left} ${textComparators[comparator]} ${value} escape ''` : Prisma.sql`${left} ${textComparators[comparator]} ${value}`;

/** `tagged`: the table of tags and what joins it to the row. */
function conditionSql(condition: MlflowCondition, name: Prisma.Sql, tagged: Prisma.Sql): Prisma.Sql {
  switch (condition.field) {
    case 'name':
      return compared(name, condition.comparator, condition.value);
    case 'number':
      return Prisma.sql`version.number::bigint ${numberComparators[condition.comparator]} ${condition.value}::bigint`;
    case 'runId':
    case 'source': {
      const column = condition.field === 'runId' ? Prisma.sql`details.run_id` : Prisma.sql`details.source`;
      const { comparator, value } = condition;
      const test = comparator === 'in' ? Prisma.sql`${column} = any(${[value].flat()}::text[])` : compared(column, comparator, value);
      return Prisma.sql`(version.model_name, version.version) in (select details.model_name, details.version from mlflow_details details where ${test})`;
    }
    case 'tag': {
      const { key, comparator, value } = condition;
      const has = (test: Prisma.Sql) => Prisma.sql`exists (select from ${tagged} and tag.key = ${key} and ${test})`;
      if (comparator === 'absentOr') return Prisma.sql`not ${has(Prisma.sql`tag.value = ${value}`)}`;
      return has(compared(Prisma.sql`tag.value`, comparator, value));
    }
  }
}

const where = (conditions: readonly MlflowCondition[], name: Prisma.Sql, tagged: Prisma.Sql): Prisma.Sql => Prisma.join([Prisma.sql`true`, ...conditions.map((condition) => conditionSql(condition, name, tagged))], ' and ');

/** The order that was asked for, and then one that is total, so that pages neither repeat nor leave out. */
function orderSql(order: MlflowSearch['order'], columns: Readonly<Record<MlflowSearch['order'][number]['by'], Prisma.Sql>>, last: readonly Prisma.Sql[]): Prisma.Sql {
  return Prisma.join([...order.map(({ by, descending }) => (descending ? Prisma.sql`${columns[by]} desc` : Prisma.sql`${columns[by]} asc`)), ...last]);
}

const modelTags = Prisma.sql`model_tag tag where tag.model_name = model.name`;
const versionTags = Prisma.sql`version_tag tag where tag.model_name = version.model_name and tag.version = version.version`;
const modelOrder = { name: Prisma.sql`model.name`, number: Prisma.sql`model.name`, createdAt: Prisma.sql`model.created_at` };
const versionOrder = { name: Prisma.sql`version.model_name`, number: Prisma.sql`version.number`, createdAt: Prisma.sql`version.created_at` };

export const createMlflowRepository = (session: Session): MlflowRepository => ({
  findModel: async (name, stages) => {
    const rows = await session.$queryRaw<unknown[]>`select ${modelColumns(stages)} from model where model.name = ${name}`;
    return rows[0] === undefined ? null : MlflowModelRecord.parse(rows[0]);
  },

  searchModels: async ({ conditions, order, limit, offset }, stages) => {
    const rows = await session.$queryRaw`
      select ${modelColumns(stages)}
      from (select * from model where ${where(conditions, Prisma.sql`model.name`, modelTags)} order by ${orderSql(order, modelOrder, [Prisma.sql`model.name asc`])} limit ${limit + 1} offset ${offset}) model
      order by ${orderSql(order, modelOrder, [Prisma.sql`model.name asc`])}
    `;
    return MlflowModelRecord.array().parse(rows);
  },

  findVersions: async (of) => {
    if (of.length === 0) return [];
    const rows = await session.$queryRaw`
      select ${versionColumns} from unnest(${of.map(({ model }) => model)}::text[], ${of.map(({ number }) => number)}::int[]) wanted (model, number)
      join version on version.model_name = wanted.model and version.number = wanted.number ${detailsJoin}
    `;
    return MlflowVersionRecord.array().parse(rows);
  },

  searchVersions: async ({ conditions, order, limit, offset }) => {
    const last = [Prisma.sql`version.created_at desc`, Prisma.sql`version.model_name asc`, Prisma.sql`version.number desc`];
    const rows = await session.$queryRaw`
      select ${versionColumns}
      from (select * from version where ${where(conditions, Prisma.sql`version.model_name`, versionTags)} order by ${orderSql(order, versionOrder, last)} limit ${limit + 1} offset ${offset}) version ${detailsJoin}
      order by ${orderSql(order, versionOrder, last)}
    `;
    return MlflowVersionRecord.array().parse(rows);
  },

  addDetails: async ({ model, version }, details) => void (await session.mlflowDetails.create({ data: { modelName: model, version, ...details } })),
  describeVersion: async ({ model, version }, description) =>
    void (await session.mlflowDetails.upsert({ where: { modelName_version: { modelName: model, version } }, create: { modelName: model, version, description }, update: { description } })),
  describeModel: async (name, description) => void (await session.model.update({ where: { name }, data: { description } })),
});
