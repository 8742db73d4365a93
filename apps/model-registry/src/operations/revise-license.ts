import type { LicenseRevision, NewLicenseRevision } from '@weighbridge/registry-contracts';
import type { LicenseRevisionRecord } from '@weighbridge/registry-data';
import { findInBook, licenseCatalogue } from '@weighbridge/registry-domain';
import type { License, LicenseBook } from '@weighbridge/registry-domain';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { AppError } from '@weighbridge/shared-domain';
import type { FieldFault } from '@weighbridge/shared-domain';
import type { z } from 'zod';
import { licenseRevisionView } from '../api-views.ts';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps } from '../change-registry.ts';
import { licenseNotFound, readBook } from '../license-shelf.ts';

type Revision = z.output<typeof NewLicenseRevision> & { readonly id: string; readonly caller: Caller };

/**
 * The organisation's next word on a licence. Throws `auth.forbidden` for keys of a project, since a licence binds all of them, `resource.conflict` when
 * another revision came in between, `resource.not_found` when there is nothing to withdraw.
 */
export async function reviseLicense(deps: ChangeDeps, { id, caller, license, reason, expectedRevision }: Revision): Promise<LicenseRevision> {
  const entry = license ?? null;
  if (caller.projectId !== null) throw new AppError('auth.forbidden', `key ${caller.keyId} belongs to a project`, { detail: 'Licences hold for all projects: only a platform administrator may revise them.' });
  return changeRegistry(deps, caller, async (change, audit) => {
    const newest = await change.licenses.findNewestRevision(id);
    if (entry === null && newest === null && !licenseCatalogue.has(id)) throw licenseNotFound(id);
    refuseOutdated(id, newest?.revision ?? 0, expectedRevision);
    if (entry === null && (newest === null || newest.entry === null)) throw new AppError('resource.wrong_state', `nothing of ${id} to withdraw`, { detail: `The organisation has no entry of "${id}" in force, so there is nothing to withdraw.` });
    if (entry !== null) refuseMisnamed(id, entry, await readBook(change));
    const revision: LicenseRevisionRecord = { license: id, revision: expectedRevision + 1, amends: licenseCatalogue.has(id), entry, reason, createdBy: caller.keyId, createdAt: deps.now() };
    await change.licenses.addRevision(revision);
    const action = entry === null ? 'license.withdrawn' : revision.amends ? 'license.amended' : 'license.added';
    await audit({ action, subject: id, projectId: null, details: { revision: revision.revision } });
    return licenseRevisionView(revision);
  });
}

function refuseOutdated(id: string, newest: number, expected: number): void {
  if (newest === expected) return;
  throw new AppError('resource.conflict', `${id} is at revision ${newest}, not ${expected}`, {
    detail: `The newest revision of "${id}" is ${newest}, and not ${expected}. Read it, and send the change again on top of it.`,
    extensions: { revision: newest },
  });
}

/** An entry is of the id that it is stored under, and takes no name that means another licence. */
function refuseMisnamed(id: string, entry: License, book: LicenseBook): void {
  const faults: FieldFault[] = [];
  if (entry.id !== id) faults.push({ pointer: '/body/license/id', message: `must be "${id}", as in the path` });
  const taken = (word: string, pointer: string) => {
    const other = findInBook(word, book);
    if (other !== undefined && other.id !== id) faults.push({ pointer, message: `"${word}" means ${other.id} already` });
  };
  taken(entry.name, '/body/license/name');
  for (const [index, tag] of entry.hfTags.entries()) taken(tag, `/body/license/hfTags/${index}`);
  if (!book.get(id) && !id.startsWith('LicenseRef-')) faults.push({ pointer: '/body/license/id', message: 'must begin with "LicenseRef-": other ids are for licences that SPDX lists' });
  if (faults.length > 0) throw new AppError('request.invalid', `licence ${id} is misnamed`, { faults, detail: `Not valid: ${faults.map(({ pointer, message }) => `${pointer.slice(1).replaceAll('/', '.')}: ${message}`).join('; ')}.` });
}
