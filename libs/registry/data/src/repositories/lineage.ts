import { z } from 'zod';
import { Prisma } from '../generated/client.ts';
import { LineageRecord } from '../records.ts';
import type { Session } from './session.ts';
import type { VersionKey } from './versions.ts';
import { walkLinks } from './walk-links.ts';
import type { LineageSide } from './walk-links.ts';

export interface LineageRepository {
  /**
   * The version and what it was made from, or what was made from it, nearest first; `most` at most, so that one that is popular beyond measure stays readable.
   * Empty: it is not registered.
   */
  readonly listNearest: (of: VersionKey, side: LineageSide, most: number) => Promise<LineageRecord[]>;
  /** How many registered versions these were made from, themselves included; counts no further than `most`. */
  readonly countAncestors: (of: readonly VersionKey[], most: number) => Promise<number>;
  /** Whether some registered version was made from it, though it may not be registered itself. */
  readonly isBaseModel: (of: VersionKey) => Promise<boolean>;
  /** Everything under one of these licences, alone or in an expression, and what was made from it; `most` at most. */
  readonly listUnderLicense: (license: string, most: number) => Promise<LineageRecord[]>;
  /** Everything registered that these were made from, themselves included. */
  readonly listAncestors: (ids: readonly string[]) => Promise<LineageRecord[]>;
}

/**
 * Columns of a {@link LineageRecord} for the nodes of a table `found`, in its order. Base models are arrays of text, in the order in which they were declared:
 * for ten thousand versions that takes half the time of JSON.
 */
const recordsOfFound = Prisma.sql`
  select version.id, version.model_name || '@' || version.version as ref, version.model_name as model, version.version, model.publisher, version.license,
    version.released_on as "releasedOn", version.multimodal, version.conflicting_licenses as "conflictingLicenses",
    exists (select from publisher_verification where version_id = version.id) as "publisherVerified",
    array(select relation || ' ' || parent_model || '@' || parent_version from lineage_edge where child_id = version.id order by position) as "baseModels"
  from found join version_search on version_search.node = found.node join version on version.id = version_search.version_id join model on model.name = version.model_name
  order by found.place
`;

/** `finetune llama@1`: neither names nor versions have spaces. */
const BaseModelText = z.string().transform((text) => {
  const space = text.indexOf(' ');
  return { relation: text.slice(0, space), ref: text.slice(space + 1) };
});
const LineageRow = LineageRecord.extend({ baseModels: z.array(BaseModelText.pipe(LineageRecord.shape.baseModels.element)) });

const nodesOf = (of: readonly VersionKey[]): Prisma.Sql =>
  Prisma.sql`select node from version_search where (model_name, version) in (select * from unnest(${of.map(({ model }) => model)}::text[], ${of.map(({ version }) => version)}::text[]))`;

export const createLineageRepository = (session: Session): LineageRepository => {
  const listFound = async (closure: Prisma.Sql, most: number): Promise<LineageRecord[]> =>
    LineageRow.array().parse(
      await session.$queryRaw`${closure}, found as materialized (select node, row_number() over () as place from (select node from closure limit ${most}) nearest) ${recordsOfFound}`,
    );
  return {
    listNearest: (of, side, most) => listFound(walkLinks(nodesOf([of]), side), most),
    countAncestors: async (of, most) => {
      const [row] = await session.$queryRaw<{ count: number }[]>`${walkLinks(nodesOf(of), 'ancestors')} select count(*)::int as count from (select node from closure limit ${most}) nearest`;
      return row?.count ?? 0;
    },
    isBaseModel: async ({ model, version }) => (await session.lineageEdge.findFirst({ where: { parentModel: model, parentVersion: version }, select: { childId: true } })) !== null,
    listUnderLicense: (license, most) => listFound(walkLinks(Prisma.sql`select node from version_search where licenses @> ${[license]}::text[]`, 'descendants'), most),
    listAncestors: (ids) => listFound(walkLinks(Prisma.sql`select node from version_search where version_id = any(${ids}::text[])`, 'ancestors'), 1_000_000),
  };
};
