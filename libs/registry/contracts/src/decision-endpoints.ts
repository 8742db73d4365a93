import { defineEndpoints, pageOf, pageQuery } from '@weighbridge/shared-contracts';
import { ProjectId } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { Approval, DatedDecision, DecisionRequest, NewApproval } from './decision.ts';

const projectQuery = { project: ProjectId.optional() };

export const decisionEndpoints = defineEndpoints({
  decide: { method: 'post', path: '/v1/decisions', role: 'viewer', summary: 'May this version be used for that?', body: DecisionRequest, response: DatedDecision },
  createApproval: { method: 'post', path: '/v1/approvals', role: 'admin', summary: 'Approves a use whose decision is review, with a reason and an end', body: NewApproval, response: Approval, status: 201 },
  listApprovals: { method: 'get', path: '/v1/approvals', role: 'viewer', summary: 'Approvals of a project', query: z.object({ ...pageQuery, ...projectQuery }), response: pageOf(Approval) },
});
