import { defineEndpoints } from '@weighbridge/shared-contracts';
import { z } from 'zod';
import { EndUserReport, EndUserUsage } from './end-users.ts';

export const endUserEndpoints = defineEndpoints({
  reportEndUsers: { method: 'put', path: '/v1/end-user-counts', role: 'service', summary: 'Takes in what the gateway has counted; the same report twice changes nothing', body: EndUserReport, response: z.undefined(), status: 204 },
  listEndUsers: {
    method: 'get',
    path: '/v1/end-users',
    role: 'viewer',
    summary: 'Distinct end users by licence family and month, against the limits of its licences (keys of the platform only)',
    query: z.object({ /** Months back from now, the running one included. */ months: z.coerce.number().int().min(1).max(13).default(2) }),
    response: z.object({ data: z.array(EndUserUsage) }),
  },
});
