import { LicenseComparison, LicenseId, LicenseRecognition } from '@weighbridge/registry-domain';
import { defineEndpoints, pageOf, pageQuery } from '@weighbridge/shared-contracts';
import { z } from 'zod';
import { LicenseSigns } from './license-signs.ts';
import { LicenseInForce, LicenseListing, LicenseRevision, NewLicenseRevision } from './organisation-license.ts';

const licenseParams = z.object({ id: LicenseId });

export const licenseEndpoints = defineEndpoints({
  listLicenses: { method: 'get', path: '/v1/licenses', role: 'viewer', summary: 'The licences in force: the catalogue, and what the organisation added or amended', response: z.object({ data: z.array(LicenseListing) }) },
  getLicense: {
    method: 'get',
    path: '/v1/licenses/{id}',
    role: 'viewer',
    summary: 'A licence, to the clause, as it is in force or as a revision had it; revision 0 is the entry of the catalogue',
    params: licenseParams,
    query: z.object({ revision: z.coerce.number().int().min(0).max(1_000_000).optional() }),
    response: LicenseInForce,
  },
  listLicenseRevisions: {
    method: 'get',
    path: '/v1/licenses/{id}/revisions',
    role: 'viewer',
    summary: 'What the organisation said about a licence, newest first',
    params: licenseParams,
    query: z.object(pageQuery),
    response: pageOf(LicenseRevision),
  },
  reviseLicense: {
    method: 'post',
    path: '/v1/licenses/{id}/revisions',
    role: 'admin',
    summary: 'Adds a licence, amends an entry, or withdraws that (platform administrators only); decisions follow within 5 seconds',
    params: licenseParams,
    body: NewLicenseRevision,
    response: LicenseRevision,
    status: 201,
  },
  compareLicenses: {
    method: 'get',
    path: '/v1/license-comparisons',
    role: 'viewer',
    summary: 'Two licences side by side, topic by topic',
    query: z.object({ left: LicenseId, right: LicenseId }),
    response: LicenseComparison,
  },
  detectLicense: {
    method: 'post',
    path: '/v1/licenses/detect',
    role: 'viewer',
    summary: 'Recognises a licence by its text, by the tags of a model card or GGUF file, or by an SPDX expression',
    body: LicenseSigns,
    response: LicenseRecognition,
    // A text over its limit in characters is then told so, by field; JSON may write one character as six.
    maxBodyBytes: 8_388_608,
  },
});
