import { defineEndpoints, pageOf, pageQuery } from '@weighbridge/shared-contracts';
import { ApprovalId, ProjectId } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { Approval, DatedDecision, DecisionRequest, NewApproval } from './decision.ts';

const projectQuery = { project: ProjectId.optional() };

export const decisionEndpoints = defineEndpoints({
  decide: { method: 'post', path: '/v1/decisions', role: 'viewer', summary: 'May this version be used for that?', body: DecisionRequest, response: DatedDecision },
  createApproval: { method: 'post', path: '/v1/approvals', role: 'admin', summary: 'Approves a use whose decision is review, with a reason and an end', body: NewApproval, response: Approval, status: 201 },
  revokeApproval: {
    method: 'delete',
    path: '/v1/approvals/{id}',
    role: 'admin',
    summary: 'Ends an approval before its time; the use is refused again within 5 seconds',
    params: z.object({ id: ApprovalId }),
    query: z.object({ reason: z.string().trim().min(1).max(2_000).optional() }),
    response: z.undefined(),
    status: 204,
  },
  listApprovals: { method: 'get', path: '/v1/approvals', role: 'viewer', summary: 'Approvals of a project', query: z.object({ ...pageQuery, ...projectQuery }), response: pageOf(Approval) },
});
