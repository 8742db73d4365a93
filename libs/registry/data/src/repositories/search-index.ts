import { canonicalPublisher, licenseIdsOf, modelCard } from '@weighbridge/registry-domain';
import { Prisma } from '../generated/client.ts';
import type { VersionRecord } from '../records.ts';
import type { Session } from './session.ts';
import { takeTermsAway } from './terms.ts';
import { walkLinks } from './walk-links.ts';

export type IndexedVersion = Pick<VersionRecord, 'id' | 'model' | 'version' | 'publisher' | 'license' | 'architecture' | 'artifacts'>;

/**
 * Writes what versions are searched and walked by. A version that others name as their base model already changes what those come with, so their lineages, and
 * those of everything made from them, are read anew.
 */
export async function indexVersions(session: Session, versions: readonly IndexedVersion[]): Promise<void> {
  const ids = versions.map(({ id }) => id as string);
  // One parameter: a row of nine for each of two thousand versions takes ten times as long.
  await session.$executeRaw`
    insert into version_search (version_id, model_name, version, publisher_key, text, licenses, parameters_total, formats, tag_words)
    select id, model, version, publisher, text, licenses, parameters, formats, '{}'
    from jsonb_to_recordset(${JSON.stringify(versions.map(searchRow))}::jsonb)
      as row (id text, model text, version text, publisher text, text text, licenses text[], parameters float8, formats text[])
    on conflict do nothing`;
  await session.$executeRaw`insert into version_terms (node) select node from version_search where version_id = any(${ids}::text[]) order by node on conflict do nothing`;
  // From each version to its few edges, whatever the planner knows of tables that were just filled: the other way round compares every edge with every id.
  await session.$executeRaw`
    insert into lineage_link (child, parent)
    select child.node, found.node
    from unnest(${ids}::text[]) as given (id) join version_search child on child.version_id = given.id cross join lateral (
      select parent.node from lineage_edge edge join version_search parent on parent.model_name = edge.parent_model and parent.version = edge.parent_version
      where edge.child_id = child.version_id offset 0
    ) found
    on conflict do nothing`;
  const waited = await session.$executeRaw`
    insert into lineage_link (child, parent)
    select found.node, parent.node
    from unnest(${ids}::text[]) as given (id) join version_search parent on parent.version_id = given.id cross join lateral (
      select child.node from lineage_edge edge join version_search child on child.version_id = edge.child_id
      where edge.parent_model = parent.model_name and edge.parent_version = parent.version offset 0
    ) found
    on conflict do nothing`;
  if (waited > 0) await readLineagesAnew(session, ids);
}

/** Of these versions, and of everything that was made from them. */
export async function readLineagesAnew(session: Session, ids: readonly string[]): Promise<void> {
  await session.$executeRaw(takeTermsAway(Prisma.sql`${walkLinks(Prisma.sql`select node from version_search where version_id = any(${ids}::text[])`, 'descendants')} select node from closure`));
}

const searchRow = ({ id, model, version, publisher, license, architecture, artifacts }: IndexedVersion) => ({
  id,
  model,
  version,
  publisher: canonicalPublisher(publisher),
  text: `${model}@${version} ${publisher}`.toLowerCase(),
  licenses: licenseIdsOf(license),
  parameters: architecture === null ? null : modelCard(architecture).parametersTotal,
  formats: [...new Set(artifacts.map(({ format }) => format))],
});
