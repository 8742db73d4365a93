import type { ProjectId } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { Prisma } from '../generated/client.ts';
import { AliasRecord, ModelOverview, ModelRecord, VersionOverview } from '../records.ts';
import type { PageRequest } from '../records.ts';
import { modelsWith } from './search.ts';
import type { VersionFilter } from './search.ts';
import type { Session } from './session.ts';

export interface ModelSearch {
  /** Part of the name or the publisher, whatever the case. */
  readonly text: string | undefined;
  /** Models with a version under this licence. */
  readonly license: string | undefined;
  /** Models with a version for which all of it holds. */
  readonly version?: VersionFilter;
}

export interface ModelRepository {
  readonly addModel: (model: ModelRecord) => Promise<void>;
  readonly findModel: (name: string) => Promise<ModelRecord | null>;
  readonly findModelOverview: (name: string) => Promise<ModelOverview | null>;
  /** By name; the cursor is a name. Gives one more than the limit if there are more. */
  readonly listModels: (search: ModelSearch, page: PageRequest) => Promise<ModelOverview[]>;
  /** Versions of a model, the one registered last first; the cursor is an id. Gives one more than the limit if there are more. */
  readonly listVersions: (name: string, page: PageRequest) => Promise<VersionOverview[]>;
  readonly setOwner: (model: string, ownerId: ProjectId | null) => Promise<void>;
}

const OverviewRow = ModelOverview.extend({ versions: z.coerce.number().int(), aliases: z.array(AliasRecord.extend({ updatedAt: z.coerce.date() })) });

/** One statement whatever the length of the page; the lateral parts run along the indexes of `version`, `alias` and `deployment`. */
const overviewColumns = Prisma.sql`
  model.name, model.publisher, model.description, model.owner_id as "ownerId", model.created_at as "createdAt",
  of_model.versions, latest.version as "latestVersion", of_model.licenses, aliased.aliases,
  exists (select from deployment where deployment.model_name = model.name) as deployed
`;
const overviewJoins = Prisma.sql`
  cross join lateral (
    select count(*) as versions, coalesce(jsonb_agg(distinct license), '[]') as licenses from version where model_name = model.name
  ) of_model
  left join lateral (select version from version where model_name = model.name order by id desc limit 1) latest on true
  cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_object('name', alias.name, 'version', alias.version, 'updatedAt', alias.updated_at, 'approvals', protection.approvals) order by alias.name), '[]') as aliases
    from alias left join alias_protection protection on protection.model_name = alias.model_name and protection.name = alias.name where alias.model_name = model.name
  ) aliased
`;

export const createModelRepository = (session: Session): ModelRepository => ({
  addModel: async (model) => void (await session.model.create({ data: model })),
  findModel: async (name) => ModelRecord.nullable().parse(await session.model.findUnique({ where: { name } })),

  findModelOverview: async (name) => {
    const rows = await session.$queryRaw<unknown[]>`select ${overviewColumns} from model ${overviewJoins} where model.name = ${name}`;
    return rows[0] === undefined ? null : OverviewRow.parse(rows[0]);
  },

  // A substring has no use for a b-tree. The page is read along the primary key until it is full; model families are thousands, not millions.
  listModels: async ({ text, license, version }, { limit, after }) => {
    const pattern = text === undefined ? undefined : `%${text.replace(/[\\%_]/g, '\\$&')}%`;
    const conditions = [
      Prisma.sql`true`,
      ...(after === undefined ? [] : [Prisma.sql`model.name > ${after}`]),
      ...(pattern === undefined ? [] : [Prisma.sql`(model.name ilike ${pattern} or model.publisher ilike ${pattern})`]),
      ...(license === undefined ? [] : [Prisma.sql`exists (select from version where model_name = model.name and (license = ${license} or (license like '% %' and ${license} = any(regexp_split_to_array(license, '[() +]+')))))`]),
      ...(version === undefined ? [] : [modelsWith(version)]),
    ];
    const rows = await session.$queryRaw`
      select ${overviewColumns}
      from (select * from model where ${Prisma.join(conditions, ' and ')} order by name limit ${limit + 1}) model ${overviewJoins}
      order by model.name
    `;
    return OverviewRow.array().parse(rows);
  },

  listVersions: async (modelName, { limit, after }) =>
    VersionOverview.array().parse(
      await session.version.findMany({
        where: { modelName, ...(after !== undefined && { id: { lt: after } }) },
        orderBy: { id: 'desc' },
        take: limit + 1,
        select: { id: true, version: true, license: true, releasedOn: true, architecture: true, createdAt: true },
      }),
    ),

  setOwner: async (name, ownerId) => void (await session.model.update({ where: { name }, data: { ownerId } })),
});
