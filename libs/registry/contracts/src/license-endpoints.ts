import { License, LicenseId, LicenseSummary } from '@weighbridge/registry-domain';
import { defineEndpoints } from '@weighbridge/shared-contracts';
import { z } from 'zod';
import { LicenseMatch } from './decision.ts';

export const licenseEndpoints = defineEndpoints({
  listLicenses: { method: 'get', path: '/v1/licenses', role: 'viewer', summary: 'The licence catalogue', response: z.object({ data: z.array(LicenseSummary) }) },
  getLicense: { method: 'get', path: '/v1/licenses/{id}', role: 'viewer', summary: 'A licence, to the clause', params: z.object({ id: LicenseId }), response: License },
  detectLicense: {
    method: 'post',
    path: '/v1/licenses/detect',
    role: 'viewer',
    summary: 'Recognises a licence by its text',
    body: z.strictObject({ text: z.string().min(1).max(1_000_000) }),
    response: z.object({ matches: z.array(LicenseMatch) }),
    maxBodyBytes: 4_194_304,
  },
});
