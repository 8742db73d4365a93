import type { LicenseInForce } from '@weighbridge/registry-contracts';
import { compareLicenses as compare, licenseCatalogue } from '@weighbridge/registry-domain';
import type { LicenseComparison } from '@weighbridge/registry-domain';
import type { LicenseRevisionRecord } from '@weighbridge/registry-data';
import type { RegistryDeps } from '../deps.ts';
import { inForce, licenseNotFound } from '../license-shelf.ts';
import { pageRequest } from '../page-request.ts';
import { invalidField } from '../refusals.ts';

type ReadDeps = Pick<RegistryDeps, 'registry'>;

/** Everything in force: the catalogue in its order, then what the organisation added. */
export async function listLicenses({ registry }: ReadDeps): Promise<LicenseInForce[]> {
  const newest = new Map((await registry.licenses.listNewestRevisions()).map((revision) => [revision.license, revision]));
  return [...new Set([...licenseCatalogue.keys(), ...newest.keys()])].map((id) => inForce(id, newest.get(id) ?? null)).filter((license) => license !== null);
}

/** As it is in force, or as a revision of the organisation had it; 0 is the entry of the catalogue. */
export async function readLicense({ registry }: ReadDeps, { id, revision }: { readonly id: string; readonly revision?: number | undefined }): Promise<LicenseInForce> {
  const asked = revision === undefined ? await registry.licenses.findNewestRevision(id) : revision === 0 ? null : await registry.licenses.findRevision(id, revision);
  if (revision !== undefined && revision > 0 && (asked === null || asked.entry === null)) throw licenseNotFound(`${id} (revision ${revision})`);
  const license = inForce(id, asked);
  if (license === null) throw licenseNotFound(id);
  return license;
}

export async function compareLicenses(deps: ReadDeps, { left, right }: { readonly left: string; readonly right: string }): Promise<LicenseComparison> {
  return compare(await readLicense(deps, { id: left }), await readLicense(deps, { id: right }));
}

/** What the organisation said about it, newest first; nothing about an entry that only ships. Throws `resource.not_found` for what nobody knows. */
export async function readRevisions({ registry }: ReadDeps, { id, page }: { readonly id: string; readonly page: { readonly limit: number; readonly cursor?: string | undefined } }): Promise<LicenseRevisionRecord[]> {
  if (page.cursor !== undefined && !/^[1-9][0-9]{0,8}$/.test(page.cursor)) throw invalidField('/query/cursor', 'must be one that the list gave');
  const revisions = await registry.licenses.listRevisions(id, pageRequest(page));
  if (revisions.length === 0 && page.cursor === undefined && !licenseCatalogue.has(id)) throw licenseNotFound(id);
  return revisions;
}
