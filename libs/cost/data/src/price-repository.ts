import type { PriceEntry, PriceTarget } from '@weighbridge/cost-domain';
import type { Prisma, PrismaClient } from './generated/client.ts';
import { priceFromRow, priceToRow, uuidOf, uuidOrNull } from './mapping.ts';

export type FactsClient = PrismaClient | Prisma.TransactionClient;

export interface PricePage {
  readonly model?: string | undefined;
  /** Id of the last entry of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** The targets that an entry can have: a part left out stands for all. */
export interface PriceScope {
  readonly model: string;
  readonly version: PriceTarget['version'] | null;
  readonly deploymentId: PriceTarget['deploymentId'] | null;
}

export interface PriceRepository {
  insertPrices(entries: readonly PriceEntry[]): Promise<void>;
  /** Those that exist, by id. */
  findPrices(ids: readonly string[]): Promise<Map<string, PriceEntry>>;
  /** The newest entry of each target that is in force at an instant; newest written first. */
  listPricesAt(at: Date, page: PricePage): Promise<PriceEntry[]>;
  /** Every entry there ever was, newest written first. */
  listPriceHistory(page: PricePage): Promise<PriceEntry[]>;
  /** What admission needs: the entries in force now, and those that will be. */
  listPricesFrom(now: Date): Promise<PriceEntry[]>;
  /** Whether an attempt that this target covers has ended at or after an instant. */
  hasUsageSince(scope: PriceScope, from: Date): Promise<boolean>;
}

export function createPriceRepository(client: FactsClient): PriceRepository {
  const findByIds = async (ids: readonly string[]) => {
    const rows = await client.priceEntry.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: 'desc' } });
    return rows.map(priceFromRow);
  };
  return {
    insertPrices: async (entries) => void (await client.priceEntry.createMany({ data: entries.map(priceToRow) })),
    findPrices: async (ids) => new Map((await findByIds(ids.map(uuidOf))).map((entry) => [entry.id, entry])),
    listPricesAt: async (at, { model = null, after, limit }) => {
      const rows = await client.$queryRaw<{ id: string }[]>`
        select id from (
          select distinct on (model, version, deployment_id) id from price_entry
           where effective_from <= ${at} and (${model}::text is null or model = ${model})
           order by model, version, deployment_id, effective_from desc, created_at desc, id desc
        ) as in_force
        where ${uuidOrNull(after)}::uuid is null or id < ${uuidOrNull(after)}::uuid
        order by id desc limit ${limit}`;
      return findByIds(rows.map(({ id }) => id));
    },
    listPriceHistory: async ({ model, after, limit }) => {
      const where = { ...(model !== undefined && { model }), ...(after !== undefined && { id: { lt: uuidOf(after) } }) };
      const rows = await client.priceEntry.findMany({ where, orderBy: { id: 'desc' }, take: limit });
      return rows.map(priceFromRow);
    },
    listPricesFrom: async (now) => {
      const rows = await client.$queryRaw<{ id: string }[]>`
        (select distinct on (model, version, deployment_id) id from price_entry where effective_from <= ${now}
          order by model, version, deployment_id, effective_from desc, created_at desc, id desc)
        union all select id from price_entry where effective_from > ${now}`;
      return findByIds(rows.map(({ id }) => id));
    },
    hasUsageSince: async ({ model, version, deploymentId }, from) => {
      // The rollups are few and mostly say no; only where they say perhaps, the events are looked through.
      const [rollup] = await client.$queryRaw<{ some: boolean }[]>`
        select exists (select from usage_rollup
          where hour >= date_trunc('hour', ${from}::timestamptz, 'UTC') and model = ${model} and (${version}::text is null or version = ${version})) as some`;
      if (rollup?.some !== true) return false;
      const [event] = await client.$queryRaw<{ some: boolean }[]>`
        select exists (select from usage_event
          where occurred_at >= ${from} and model = ${model} and (${version}::text is null or version = ${version})
            and (${uuidOrNull(deploymentId)}::uuid is null or deployment_id = ${uuidOrNull(deploymentId)}::uuid)) as some`;
      return event?.some === true;
    },
  };
}
