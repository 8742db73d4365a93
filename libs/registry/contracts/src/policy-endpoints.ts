import { PolicyName } from '@weighbridge/registry-domain';
import { defineEndpoints } from '@weighbridge/shared-contracts';
import { z } from 'zod';
import { NewPolicyRevision, Policy, PolicyCheck, PolicyHistory, PolicyText, PolicyTrial, PolicyTrialResult } from './policy.ts';

const policyParams = z.object({ name: PolicyName });

/** Policies are the whole organisation's: every key may read them, platform administrators write them. */
export const policyEndpoints = defineEndpoints({
  listPolicies: { method: 'get', path: '/v1/policies', role: 'viewer', summary: 'The policies of the organisation, at their newest revision', response: z.object({ data: z.array(Policy) }) },
  getPolicy: { method: 'get', path: '/v1/policies/{name}', role: 'viewer', summary: 'A policy with all its revisions', params: policyParams, response: PolicyHistory },
  putPolicy: { method: 'put', path: '/v1/policies/{name}', role: 'admin', summary: 'Adds a revision of a policy, the first one too (platform administrators only)', params: policyParams, body: NewPolicyRevision, response: Policy },
  validatePolicy: { method: 'post', path: '/v1/policies/validate', role: 'viewer', summary: 'Says whether a text is a policy, and where it is not', body: z.strictObject({ text: PolicyText }), response: PolicyCheck },
  tryPolicy: {
    method: 'post',
    path: '/v1/policies/try',
    role: 'admin',
    summary: 'Which decisions on deployed versions a text would change, without storing it (platform administrators only)',
    body: PolicyTrial,
    response: PolicyTrialResult,
  },
});
