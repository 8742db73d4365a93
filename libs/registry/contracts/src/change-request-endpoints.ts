import { defineEndpoints, pageOf, pageQuery } from '@weighbridge/shared-contracts';
import { ChangeRequestId, ModelName, ProjectId } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { ChangeApproval, ChangeRejection, ChangeRequest, ChangeRequestStatus, NewChangeRequest, RequestDrift } from './change-request.ts';

const requestParams = z.object({ id: ChangeRequestId });

export const changeRequestEndpoints = defineEndpoints({
  createChangeRequest: { method: 'post', path: '/v1/change-requests', role: 'editor', summary: 'Asks an administrator to approve a use whose decision is review', body: NewChangeRequest, response: ChangeRequest, status: 201 },
  listChangeRequests: {
    method: 'get',
    path: '/v1/change-requests',
    role: 'viewer',
    summary: 'What waits for a second person, and what came of it, newest first',
    query: z.object({ ...pageQuery, project: ProjectId.optional(), status: ChangeRequestStatus.optional(), kind: z.enum(['alias', 'use']).optional(), model: ModelName.optional() }),
    response: pageOf(ChangeRequest),
  },
  getChangeRequest: {
    method: 'get',
    path: '/v1/change-requests/{id}',
    role: 'viewer',
    summary: 'A change request, what has changed since it was made, and whether the key that asks may approve it',
    params: requestParams,
    response: z.object({
      request: ChangeRequest,
      changed: z.array(RequestDrift),
      /** Null: it may be approved with this key. Otherwise why not, in a sentence. */
      notApprovableBecause: z.string().nullable(),
    }),
  },
  approveChangeRequest: {
    method: 'post',
    path: '/v1/change-requests/{id}/approval',
    role: 'admin',
    summary: 'Approves another’s request; the last approval that is needed applies it, after everything was checked anew',
    params: requestParams,
    body: ChangeApproval,
    response: ChangeRequest,
  },
  rejectChangeRequest: { method: 'post', path: '/v1/change-requests/{id}/rejection', role: 'admin', summary: 'Rejects another’s request', params: requestParams, body: ChangeRejection, response: ChangeRequest },
  withdrawChangeRequest: { method: 'delete', path: '/v1/change-requests/{id}', role: 'editor', summary: 'Withdraws a request, with the key that made it', params: requestParams, response: z.undefined(), status: 204 },
});
