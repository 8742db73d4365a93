import type { KeyId, VersionId } from '@weighbridge/shared-domain';
import type { Version } from '../generated/client.ts';
import { Prisma } from '../generated/client.ts';
import { LineageRecord, VersionRecord } from '../records.ts';
import { indexVersions, readLineagesAnew } from './search-index.ts';
import { json, nullableJson } from './session.ts';
import type { Session } from './session.ts';

export interface VersionKey {
  readonly model: string;
  readonly version: string;
}

export interface VersionRepository {
  readonly addVersion: (version: VersionRecord) => Promise<void>;
  /** Keeps the first word on it. */
  readonly verifyPublisher: (verification: PublisherVerificationRecord) => Promise<void>;
  readonly findVersion: (model: string, version: string) => Promise<VersionRecord | null>;
  /** Whole, with what their models say of themselves; in no order. */
  readonly listVersions: (ids: readonly VersionId[]) => Promise<DescribedVersion[]>;
  /** Those of these versions that are registered, and everything registered that they were made from, in one statement; in no order. */
  readonly listLineage: (of: readonly VersionKey[]) => Promise<LineageRecord[]>;
  /** Which of these versions are registered, as `name@version`. */
  readonly findRegistered: (of: readonly VersionKey[]) => Promise<Set<string>>;
}

export type DescribedVersion = VersionRecord & { readonly description: string | null };

/** Why the publisher of a version is taken to be who its model says. */
export interface PublisherVerificationRecord {
  readonly versionId: VersionId;
  readonly reason: string;
  readonly verifiedBy: KeyId | null;
  readonly createdAt: Date;
}

type VersionRow = Version & {
  readonly model: { readonly publisher: string };
  readonly publisherVerification: { readonly versionId: string } | null;
  readonly edges: readonly { readonly parentModel: string; readonly parentVersion: string; readonly relation: string }[];
};

const withLineage = { model: { select: { publisher: true } }, publisherVerification: { select: { versionId: true } }, edges: { orderBy: { position: 'asc' } } } as const;

const fromRow = ({ model, modelName, edges, publisherVerification, ...row }: VersionRow): VersionRecord =>
  VersionRecord.parse({
    ...row,
    model: modelName,
    publisher: model.publisher,
    publisherVerified: publisherVerification !== null,
    baseModels: edges.map(({ parentModel, parentVersion, relation }) => ({ model: parentModel, version: parentVersion, relation })),
  });

/** Columns of a {@link LineageRecord}; the base models in the order in which they were declared. */
export const lineageColumns = Prisma.sql`
  version.id, version.model_name || '@' || version.version as ref, version.model_name as model, version.version, model.publisher, version.license,
  version.released_on as "releasedOn", version.multimodal, version.conflicting_licenses as "conflictingLicenses",
  exists (select from publisher_verification where version_id = version.id) as "publisherVerified",
  (select coalesce(jsonb_agg(jsonb_build_object('ref', parent_model || '@' || parent_version, 'relation', relation) order by position), '[]')
   from lineage_edge where child_id = version.id) as "baseModels"
`;

/** Ids of the versions that `roots` selects, and of everything that they were made from. Each version once, so diamonds and cycles end; fenced off as in walk-links.ts. */
export const lineageIds = (roots: Prisma.Sql): Prisma.Sql => Prisma.sql`
  with recursive closure (id) as (
    ${roots}
    union
    select step.id from closure cross join lateral (
      select parent.id from lineage_edge edge join version parent on parent.model_name = edge.parent_model and parent.version = edge.parent_version
      where edge.child_id = closure.id offset 0
    ) step
  )
`;

const isOneOf = (of: readonly VersionKey[]): Prisma.Sql =>
  Prisma.sql`(model_name, version) in (select * from unnest(${of.map(({ model }) => model)}::text[], ${of.map(({ version }) => version)}::text[]))`;

export const createVersionRepository = (session: Session): VersionRepository => ({
  addVersion: async (record) => {
    // The publisher is the model's.
    const { model, publisher: _, publisherVerified: __, baseModels, architecture, artifacts, sources, provenance, artifactChecks, licenseFinding, ...version } = record;
    await session.version.create({
      data: { ...version, modelName: model, architecture: nullableJson(architecture), artifacts: json(artifacts), sources: json(sources), provenance: json(provenance), artifactChecks: json(artifactChecks), licenseFinding: nullableJson(licenseFinding) },
    });
    if (baseModels.length > 0)
      await session.lineageEdge.createMany({
        data: baseModels.map((base, position) => ({ childId: version.id, position, parentModel: base.model, parentVersion: base.version, relation: base.relation })),
      });
    await indexVersions(session, [record]);
  },

  verifyPublisher: async (verification) => {
    const { count } = await session.publisherVerification.createMany({ data: [verification], skipDuplicates: true });
    if (count > 0) await readLineagesAnew(session, [verification.versionId]);
  },

  findVersion: async (modelName, version) => {
    const row = await session.version.findUnique({ where: { modelName_version: { modelName, version } }, include: withLineage });
    return row === null ? null : fromRow(row);
  },

  listVersions: async (ids) => {
    const rows = await session.version.findMany({ where: { id: { in: [...ids] } }, include: { ...withLineage, model: { select: { publisher: true, description: true } } } });
    return rows.map((row) => ({ ...fromRow(row), description: row.model.description }));
  },

  listLineage: async (of) => {
    if (of.length === 0) return [];
    const rows = await session.$queryRaw`
      ${lineageIds(Prisma.sql`select id from version where ${isOneOf(of)}`)}
      select ${lineageColumns} from closure join version on version.id = closure.id join model on model.name = version.model_name
    `;
    return LineageRecord.array().parse(rows);
  },

  findRegistered: async (of) => {
    if (of.length === 0) return new Set();
    const rows = await session.$queryRaw<{ ref: string }[]>`select model_name || '@' || version as ref from version where ${isOneOf(of)}`;
    return new Set(rows.map(({ ref }) => ref));
  },
});
